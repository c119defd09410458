"""Every address that a built site gives, and which of them lead nowhere."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree


class Address(NamedTuple):
    file: str  # where it is given, from the site's root
    kind: str  # how: the element and attribute, or the format
    url: str  # absolute


class Addresses(HTMLParser):
    """The addresses in a page, each with its kind, and the ids that an address can lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.script = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        values = dict(attributes)
        self.ids |= {values[name] for name in ("id", "name") if values.get(name)}
        self.script = values.get("type", "text/javascript") if tag == "script" else ""
        for name in ("href", "src", "cite", "action", "poster", "data", "content"):
            kind = (
                values.get("property") or values.get("name") or ""
                if name == "content"
                else f"{tag} {name}"
            )
            if tag == "link":
                kind = (
                    f"link {values.get('hreflang') and 'hreflang' or values.get('rel', '').strip()}"
                )
            if values.get(name) and (
                name != "content" or kind in ("og:url", "og:image", "twitter:image")
            ):
                self.found.append((kind, values[name]))

    def handle_endtag(self, tag: str) -> None:
        self.script = ""

    def handle_data(self, data: str) -> None:
        if self.script == "application/ld+json":
            self.found += [
                (f"JSON-LD {key}", value)
                for key, value in strings(json.loads(data))
                if key != "@context" and value.startswith("http")
            ]


def strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a JSON document, with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    for name, inner in (
        value.items()
        if isinstance(value, dict)
        else [(key, inner) for inner in value]
        if isinstance(value, list)
        else ()
    ):
        yield from strings(inner, name)


def short(url: str) -> str:
    """An address without `index.html`, which a host shows for a folder."""
    return re.sub(r"(^|/)index\.html(?=#|$)", r"\1", url)


def addresses(site: Path, base: str) -> Iterator[Address]:
    """Every address that a file of the site gives."""
    for path in sorted(site.rglob("*")):
        file = path.relative_to(site).as_posix()
        here = short(base + file)
        if path.name == "404.html":  # a page not found may stand at any address
            here = urljoin(base, "no/such/place/at/all/")
        if path.suffix == ".html":
            # A fragment alone is a place in the page itself, wherever that stands.
            found = [
                (kind, base + file + url if url.startswith("#") else url)
                for kind, url in Addresses(path.read_text("utf-8")).found
            ]
        elif path.suffix == ".xml":
            elements = list(ElementTree.parse(path).iter())
            found = [
                (f"{path.stem} href", element.get("href"))
                for element in elements
                if element.get("href")
            ]
            found += [
                (f"{path.stem} {element.tag.split('}')[1]}", element.text)
                for element in elements
                if element.tag.endswith(("}loc", "}id"))
            ]
        elif file == "facts.json":
            found = [
                ("facts.json", value)
                for _, value in strings(json.loads(path.read_text("utf-8")))
                if value.startswith("http")
            ]
        elif path.name == "search_index.json":
            here = urljoin(base, file.split("/")[0] + "/")
            found = [
                ("search", document["location"])
                for document in json.loads(path.read_text("utf-8"))["docs"]
            ]
        elif path.suffix == ".css":
            # A fragment alone is a place in the page that is styled, not in the style sheet (CSS Values 4, 4.5.2).
            found = [
                ("css", url)
                for url in re.findall(r"url\(['\"]?([^'\")]+)", path.read_text("utf-8"))
                if not url.startswith(("data:", "#"))
            ]
        else:
            continue
        yield from (Address(file, kind, urljoin(here, url)) for kind, url in found)


def broken(site: Path, base: str, given: list[Address]) -> list[Address]:
    """Which addresses on the site's own host lead to no file or to no place in it."""
    return [
        address
        for address in given
        if urlsplit(address.url).netloc == urlsplit(base).netloc
        and not leads(site, base, address.url)
    ]


def leads(site: Path, base: str, url: str) -> bool:
    target, anchor = urldefrag(url)
    if not target.startswith(base):
        return False
    file = unquote(urlsplit(target).path.removeprefix(urlsplit(base).path))
    path = site / (file + "index.html" if not file or file.endswith("/") else file)
    return path.is_file() and (not anchor or unquote(anchor) in ids_of(path))


@functools.cache
def ids_of(path: Path) -> set[str]:
    return Addresses(path.read_text("utf-8")).ids
