"""Carry values through Markdown unread: what comes from YAML is never interpreted as markup.

A template's `{{ … }}` puts out HTML. Written into Markdown as it is, its asterisks and brackets would be
read as markup; so each value travels as a token (two private-use characters around its hexadecimal form),
and a postprocessor, the last to run, puts the HTML back. Tokens carry their value: nothing is kept aside.
"""

from __future__ import annotations

import re

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markupsafe import Markup, escape

BEGIN, END = "\ue000", "\ue001"
TOKEN = re.compile(f"{BEGIN}([0-9a-f]*){END}")
BLOCK = re.compile(f"<p>{BEGIN}([0-9a-f]*){END}</p>")
PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def shield(value: object) -> Markup:
    """The token for a value; what is not Markup is escaped first. Ids and numbers mean the same in Markdown and pass."""
    html = str(escape(value))
    return Markup(html if PLAIN.fullmatch(html) else f"{BEGIN}{html.encode().hex()}{END}")


def unshield(text: str) -> str:
    """Text with every token replaced by its HTML; a paragraph that holds one block-level token alone is unwrapped."""
    text = BLOCK.sub(lambda match: _html(match) if _html(match).lstrip().startswith(BLOCK_TAGS) else match[0], text)
    return TOKEN.sub(_html, text)


BLOCK_TAGS = tuple(f"<{tag}" for tag in ("p", "div", "section", "article", "aside", "ol", "ul", "dl", "table", "figure", "blockquote", "nav", "form", "h2", "h3", "details"))


def _html(match: re.Match[str]) -> str:
    return bytes.fromhex(match[1]).decode()


class ShieldExtension(Extension):
    """The Markdown extension that puts the HTML back."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        md.postprocessors.register(_Unshield(md), "unshield", -100)


class _Unshield(Postprocessor):
    def run(self, text: str) -> str:
        return unshield(text)
