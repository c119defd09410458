"""Links between the pages of a built site: each leads to a page, and to a place that is on it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from .edition import Edition
from .problem import ERROR, Problem

ID = re.compile(r"""\bid=["']?([^"'\s>]+)""")
HREF = re.compile(r"""<a\b[^>]*?\bhref=["']?([^"'\s>]+)""")
ELSEWHERE = re.compile(r"(?:\w+:)?//")
HOST = "//site/"  # stands for wherever the site is published


def dead_links(edition: Edition, site: Path, docs: Path) -> Iterator[Problem]:
    """The links on pages of the built `site`, in any language, that lead nowhere; each as a problem of its page's template."""
    pages = {f"{language}/{edition.urls[page.id]}": page for language in edition.story.tongues for page in edition.story.pages.values()}
    texts = {url: _file(site, url).read_text("utf-8") for url in pages}
    places = {url: set(map(html.unescape, ID.findall(text))) for url, text in texts.items()}
    for url, page in pages.items():
        for href in sorted(set(HREF.findall(texts[url]))):
            if ELSEWHERE.match(href):  # and perhaps none that can be taken apart
                continue
            target = urlsplit(urljoin(HOST + url, html.unescape(href)))
            if target.netloc != "site" or target.scheme:
                continue
            path, anchor = unquote(target.path.removeprefix("/")), unquote(target.fragment)
            if not _file(site, path).is_file() or anchor and path in places and anchor not in places[path]:
                yield Problem(f"{docs.name}/{page.template}", 1, 1, ERROR, f"the page has a link that leads nowhere: {href}", "to a page that there is, and to an id that is on it")


def _file(site: Path, url: str) -> Path:
    return site / (f"{url}index.html" if not url or url.endswith("/") else url)
