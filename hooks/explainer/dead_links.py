"""Addresses within a built site: each leads to a page, and to the one place on it that is called so."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from .edition import Edition
from .pictures import FOLDER
from .problem import ERROR, Problem

TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""\s([\w:.@-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
ADDRESSES = {"href", "src", "action", "poster"}
ELSEWHERE = re.compile(r"(?:\w+:)?//")
NOWHERE = "#"  # which no path can be
PICTURE = re.compile(r"\.(?:png|jpe?g|webp|gif|avif|svg)$", re.IGNORECASE)
HOST = "//site/"  # stands for wherever the site is published


def dead_links(edition: Edition, site: Path, docs: Path) -> Iterator[Problem]:
    """The addresses on pages of the built `site`, in any language, that lead nowhere, and the places that share one; each as a problem of its page's template."""
    pages = {
        f"{language}/{edition.urls[page.id]}": page
        for language in edition.story.tongues
        for page in edition.story.pages.values()
    }
    found = {url: list(_attributes(_file(site, url).read_text("utf-8"))) for url in pages}
    places = {
        url: Counter(value for name, value in attributes if name == "id")
        for url, attributes in found.items()
    }
    for url, page in pages.items():
        file = f"{docs.name}/{page.template}"
        for place in sorted(place for place, times in places[url].items() if times > 1):
            yield Problem(
                file,
                1,
                1,
                ERROR,
                f'two places on this page are called "{place}"',
                "an id of a record, of a heading or of the page's own parts: choose another",
            )
        leads: dict[str, str | None] = {}  # most addresses of a page differ in their anchors alone
        for address in sorted({value for name, value in found[url] if name != "id"}):
            start, _, anchor = address.partition("#")
            path = (
                leads[start] if start in leads else leads.setdefault(start, _path(url, start, site))
            )
            if path == NOWHERE or anchor and path in places and unquote(anchor) not in places[path]:
                yield Problem(
                    file,
                    1,
                    1,
                    ERROR,
                    f"the page has a link that leads nowhere: {address}",
                    _hint(start),
                )


def _hint(address: str) -> str:
    if PICTURE.search(address):
        return f"a picture lies in docs/{FOLDER}/, has its record in pictures.yml, and is shown by {{{{ picture(id) }}}}"
    return "to a page that there is, and to an id that is on it"


def _path(url: str, address: str, site: Path) -> str | None:
    """What an address on a page leads to, as a path of the site; NOWHERE where nothing is there, None for what is elsewhere."""
    if ELSEWHERE.match(address):  # and perhaps none that can be taken apart
        return None
    target = urlsplit(urljoin(HOST + url, address))
    if target.netloc != "site" or target.scheme:
        return None
    path = unquote(target.path.removeprefix("/"))
    return path if _file(site, path).is_file() else NOWHERE


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """The attributes of a page's tags that name a place or lead to one."""
    for tag in TAG.findall(text):
        for name, *values in ATTRIBUTE.findall(
            tag
        ):  # all of them, one after the other: a value may hold what looks like one
            if name.lower() in ADDRESSES or name.lower() == "id":
                yield name.lower(), html.unescape("".join(values))


def _file(site: Path, url: str) -> Path:
    return site / (f"{url}index.html" if not url or url.endswith("/") else url)
