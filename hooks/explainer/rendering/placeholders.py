"""Carry values through Markdown unread: what comes from YAML is never interpreted as markup.

A template's `{{ … }}` puts out HTML. Written into Markdown as it is, its asterisks and brackets would be read as
markup; so each value is kept aside, and a token (two private-use characters, which no text may hold, around a
number) travels in its place, until a postprocessor, the last to run, puts the HTML back.
"""

from __future__ import annotations

import re

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markupsafe import Markup, escape

BEGIN, END = "\ue000", "\ue001"


TOKEN = re.compile(f"{BEGIN}([0-9]+){END}")


# A paragraph of tokens alone, or a token.
FOUND = re.compile(rf"<p>(?P<alone>\s*(?:{BEGIN}[0-9]+{END}\s*)+)</p>|{TOKEN.pattern}")


PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


BLOCK_TAGS = tuple(
    f"<{tag}"
    for tag in (
        "p",
        "div",
        "section",
        "article",
        "aside",
        "ol",
        "ul",
        "dl",
        "table",
        "figure",
        "blockquote",
        "nav",
        "form",
        "h2",
        "h3",
        "details",
        "link",
        "script",
    )
)


VALUES: list[str] = []  # the values of the page that is being made


def begin_page() -> None:
    """Forget the values of the page before: its HTML is made by now."""
    VALUES.clear()


def store(value: object) -> Markup:
    """The token for a value; what is not Markup is escaped first. Ids and numbers mean the same in Markdown and pass."""
    html = str(escape(value))
    if not html or PLAIN.fullmatch(html):
        return Markup(html)
    VALUES.append(html)
    return Markup(f"{BEGIN}{len(VALUES) - 1}{END}")


def restore(text: str) -> str:
    """Text with every token replaced by its HTML; a paragraph that holds nothing but blocks, or one among such, is unwrapped.

    In one pass: what a value holds is not looked at again.
    """
    return FOUND.sub(_html, text)


def _html(match: re.Match[str]) -> str:
    if not match["alone"]:
        return VALUES[int(match[2])]
    parts = [VALUES[int(number)] for number in TOKEN.findall(match["alone"])]
    if any(part.lstrip().startswith(BLOCK_TAGS) for part in parts):
        return "\n".join(parts)
    return f"<p>{TOKEN.sub(lambda token: VALUES[int(token[1])], match['alone'])}</p>"


class ShieldExtension(Extension):
    """The Markdown extension that puts the HTML back."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.postprocessors.register(_Unshield(md), "unshield", -100)


class _Unshield(Postprocessor):
    def run(self, text: str) -> str:
        return restore(text)
