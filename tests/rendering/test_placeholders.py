"""What comes from YAML passes through Markdown unread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup, escape

from explainer.rendering.placeholders import ShieldExtension, store


def rendered(text: str) -> str:
    return Markdown(extensions=["attr_list", "toc", ShieldExtension()]).convert(text)


@pytest.mark.parametrize(
    "text",
    [
        "*a*",
        "# a",
        "1. a",
        "<b>a</b>",
        "[a](b)",
        "{{ a }}",
        "a & b",
        "    a",
        "&lt;",
        "---",
        "| a |",
        "`a`",
        "\\*",
        "![a](b)",
        "{#a}",
    ],
)
def test_markup_in_a_value_is_shown_as_typed(text):
    assert rendered(f"Before {store(text)} after.") == f"<p>Before {escape(text)} after.</p>"


@given(st.text())
def test_any_text_comes_out_as_it_went_in(text):
    assert rendered(f"a{store(text)}b") == f"<p>a{escape(text)}b</p>"


def test_a_heading_keeps_its_anchor_and_its_words():
    md = Markdown(extensions=["attr_list", "toc", ShieldExtension()])
    assert (
        md.convert(f"## {store('L’intesa: *che cosa* dice')} {{#{store('deal')}}}")
        == '<h2 id="deal">L’intesa: *che cosa* dice</h2>'
    )
    assert md.toc_tokens[0]["id"] == "deal"


def test_block_stands_alone_outside_paragraphs():
    assert (
        rendered(f"{store(Markup('<ul><li>a</li></ul>'))}\n\nEnd.")
        == "<ul><li>a</li></ul>\n<p>End.</p>"
    )


def test_blocks_one_below_the_other_are_not_wrapped_either():
    block, nothing = Markup("<div>a</div>"), store("")
    assert (
        rendered(f"{store(block)}\n{store(block)}\n{nothing}\n\nEnd.")
        == "<div>a</div>\n<div>a</div>\n<p>End.</p>"
    )


def test_what_has_nothing_to_show_leaves_nothing():
    assert rendered(f"{store('')}\n{store(Markup(''))}\n\nEnd.") == "<p>End.</p>"
