"""Addresses within a built site: each leads to a page, and to the one place on it that is called so."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from explainer.problems import ERROR, ContentError, Problem
from explainer.reading.parser import read_text
from explainer.rendering.edition import Edition
from explainer.schema.pages import Page
from explainer.story.pictures import FOLDER

TAG = re.compile(r"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)


ATTRIBUTE = re.compile(r"""\s([\w:.@-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


ADDRESSES = {"href", "src", "action", "poster"}


ELSEWHERE = re.compile(r"(?:\w+:)?//")


BROKEN = "#"  # which no path can be


PICTURE = re.compile(r"\.(?:png|jpe?g|webp|gif|avif|svg)$", re.IGNORECASE)


HOST = "//site/"  # stands for wherever the site is published


def dead_links(edition: Edition, site: Path, docs: Path) -> Iterator[Problem]:
    """The addresses on pages of the built `site`, in any language, that lead nowhere, and the places that share one; each as a problem of its page's template."""
    pages = {
        f"{language}/{edition.urls[page.id]}": page
        for language in edition.story.languages
        for page in edition.story.pages.values()
    }
    texts = {url: _file(site, url).read_text("utf-8") for url in pages}
    return dead_in(pages, texts, lambda path: _file(site, path).is_file(), docs)


def dead_in(
    pages: Mapping[str, Page],
    texts: Mapping[str, str],
    exists: Callable[[str], bool],
    docs: Path,
) -> Iterator[Problem]:
    """Find dead links and repeated ids in pages that may not have been written yet.

    Args:
        pages: The pages by their path on the site.
        texts: The HTML of each page, by the same paths.
        exists: Whether the site has a path.
        docs: The folder of page templates.
    """
    found = {url: list(_attributes(text)) for url, text in texts.items()}
    places = {
        url: Counter(value for name, value in attributes if name == "id")
        for url, attributes in found.items()
    }
    for url, page in pages.items():
        for place in sorted(place for place, times in places[url].items() if times > 1):
            yield _repeated(page, place, docs)
        leads: dict[str, str | None] = {}  # most addresses of a page differ in their anchors alone
        for address in sorted({value for name, value in found[url] if name != "id"}):
            start, _, anchor = address.partition("#")
            path = (
                leads[start]
                if start in leads
                else leads.setdefault(start, _path(url, start, exists))
            )
            if path == BROKEN or anchor and path in places and unquote(anchor) not in places[path]:
                yield at_template(
                    page,
                    docs,
                    (address, f"#{anchor}", anchor),
                    f"the page has a link that leads nowhere: {address}",
                    link_hint(start, "to a page that there is, and to an id that is on it"),
                    "dead-link",
                )


def _repeated(page: Page, place: str, docs: Path) -> Problem:
    """An id that a page has twice: a problem of the section that has it, or else of the template."""
    message = f'two places on this page are called "{place}"'
    if place in page.sections:
        return page.problem(
            message,
            "sections",
            place,
            key=True,
            hint="a record shown on the page, or its template, has this id: rename the section",
            code="repeated-id",
        )
    hint = "an id of a record, of a heading or of the page's own parts: choose another"
    return at_template(page, docs, (place,), message, hint, "repeated-id", last=True)


def at_template(
    page: Page,
    docs: Path,
    wanted: Iterable[str],
    message: str,
    hint: str,
    code: str,
    last: bool = False,
) -> Problem:
    """Put a problem where a page's template has the first wanted words that it has, else at its start.

    The words stand whole: `#main` is not in `#main-points`. `last` takes the last place of several.
    """
    line = column = 1
    try:
        template = read_text(docs / page.template, page.template)
    except ContentError:
        template = ""
    found = (
        list(re.finditer(rf"(?<![\w:-]){re.escape(words)}(?![\w:-])", template))
        for words in wanted
        if words.strip("#")
    )
    matches = next(filter(None, found), None)
    if matches:
        start = matches[-1 if last else 0].start()
        line = template.count("\n", 0, start) + 1
        column = start - template.rfind("\n", 0, start)
    return Problem(f"{docs.name}/{page.template}", line, column, ERROR, message, hint, code)


def link_hint(address: str, hint: str) -> str:
    """Return the hint for a broken link; one to a picture says where pictures belong."""
    if PICTURE.search(address):
        return (
            f"a picture lies in docs/{FOLDER}/, has its record in pictures.yml,"
            " and is shown by {{ picture(id) }}"
        )
    return hint


def _path(url: str, address: str, exists: Callable[[str], bool]) -> str | None:
    """What an address on a page leads to, as a path of the site; NOWHERE where nothing is there, None for what is elsewhere."""
    if ELSEWHERE.match(address):  # and perhaps none that can be taken apart
        return None
    target = urlsplit(urljoin(HOST + url, address))
    if target.netloc != "site" or target.scheme:
        return None
    path = unquote(target.path.removeprefix("/"))
    return path if exists(path) else BROKEN


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
