"""The last step of a page: its policy, nothing that no reader needs."""

from __future__ import annotations

import base64
import hashlib

from explainer.publishing.postprocess import postprocess

PAGE = '<!doctype html>\n<head>\n<meta charset="utf-8">\n<script>go()</script>\n<script src="../assets/1234/a.js"></script>\n</head>\n<p data-search-exclude>\n\n  a\n</p>'


def test_policy_allows_inline_scripts_by_hash_alone():
    digest = base64.b64encode(hashlib.sha256(b"go()").digest()).decode()
    html = postprocess(PAGE)
    assert f"script-src 'self' 'sha256-{digest}';" in html
    assert "default-src 'self'" in html
    assert "unsafe" not in html


def test_the_policy_comes_before_anything_that_it_governs():
    html = postprocess(PAGE)
    assert html.index("Content-Security-Policy") < html.index("<script")


def test_a_preview_has_no_policy():
    assert "Content-Security-Policy" not in postprocess(PAGE, policy=False)


def test_marks_for_the_search_that_somebody_has_typed_stay():
    html = '<p title="a data-search-exclude b" data-search-exclude>a data-search-exclude=1 b</p><a href="x" data-search-exclude="" title="y">c</a>'
    assert (
        postprocess(html, policy=False)
        == '<p title="a data-search-exclude b">a data-search-exclude=1 b</p><a href="x" title="y">c</a>'
    )


def test_blank_lines_and_search_marks_go_preformatted_text_stays():
    assert "<p>\na\n</p>" in postprocess(PAGE)
    assert "<pre>a\n\n  b</pre>" in postprocess(PAGE + "<pre>a\n\n  b</pre>")
