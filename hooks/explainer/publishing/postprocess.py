"""The last step of a page: set the CSP, remove what no reader needs."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from explainer.problems import ERROR, ContentError, Problem

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


H1_PERMALINK = re.compile(r'(<h1\b[^>]*>[^\n]*?)<a class="headerlink".*?</a>')


CHARSET = re.compile(r"""<meta\s+charset=["']?utf-8["']?\s*/?>""", re.IGNORECASE)


TAG = re.compile(r'<[a-z](?:[^<>"]|"[^"]*")*>')


SEARCH_EXCLUDE_ATTRIBUTE = re.compile(
    r'("[^"]*")| data-search-exclude(?:="")?'
)  # what is in quotation marks is an editor's words


STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def postprocess_pages(site: Path, policy: bool = True) -> None:
    """Finish every page of a built site, in place.

    Args:
        site: The folder of the site.
        policy: Whether pages get a Content Security Policy. It is off in a preview alone, whose
            live reload is a script inside the page.

    Raises:
        ContentError: A page has no place for the policy.
    """
    for path in sorted(site.rglob("*.html")):
        try:
            path.write_text(postprocess(path.read_text("utf-8"), policy), "utf-8")
        except ValueError as error:  # in a page that MkDocs copies as it is
            raise ContentError(
                [
                    Problem(
                        path.relative_to(site).as_posix(),
                        1,
                        1,
                        ERROR,
                        str(error),
                        "add it to the page's head, and save the page in UTF-8",
                        code="missing-charset",
                    )
                ]
            ) from error


def postprocess(html: str, policy: bool = True) -> str:
    """Return a finished page; ValueError if it has no place for the policy."""
    html = TAG.sub(lambda tag: SEARCH_EXCLUDE_ATTRIBUTE.sub(r"\1", tag[0]), html)
    html = H1_PERMALINK.sub(r"\1", html)  # a page's own heading needs none: the page has one
    html = "".join(
        part if part.startswith("<pre") else re.sub(r"\s*\n\s*", "\n", part)
        for part in re.split(r"(<pre\b.*?</pre>)", html, flags=re.DOTALL)
    )
    if policy:
        html, places = CHARSET.subn(lambda charset: f"{charset[0]}\n{_policy(html)}", html, count=1)
        if not places:
            raise ValueError(
                'there is no <meta charset="utf-8">, after which the Content Security Policy stands'
            )
    return html


def _policy(html: str) -> str:
    """Return the Content Security Policy (https://www.w3.org/TR/CSP3/) of a page.

    Everything comes from the page's own site; inline scripts and styles are allowed by their hash.
    """
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *_hashes(SCRIPT, html)],
        "style-src": ["'self'", *_hashes(STYLE, html)],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    content = ";".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def _hashes(element: re.Pattern[str], html: str) -> list[str]:
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in element.findall(html)
    ]
