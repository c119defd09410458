"""Every address in the built site leads somewhere: whatever file it is in, wherever the site is published."""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from conftest import PROJECT, SECOND_STORY, Project, copy_of, environment
from explainer.editing.external_links import ask, broken_links, external_urls
from explainer.story.loader import load_story

SUB = "https://example.org/a/sub/"


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
        and not _leads(site, base, address.url)
    ]


def _leads(site: Path, base: str, url: str) -> bool:
    target, anchor = urldefrag(url)
    if not target.startswith(base):
        return False
    file = unquote(urlsplit(target).path.removeprefix(urlsplit(base).path))
    path = site / (file + "index.html" if not file or file.endswith("/") else file)
    return path.is_file() and (not anchor or unquote(anchor) in _ids(path))


@functools.cache
def _ids(path: Path) -> set[str]:
    return Addresses(path.read_text("utf-8")).ids


@pytest.fixture(scope="session")
def sub_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both stories built to be published below a path of a host, one also with addresses that name files."""
    sites = {}
    for name, story in (
        ("the explainer", PROJECT),
        ("the second story", SECOND_STORY),
        ("the second story, file by file", SECOND_STORY),
    ):
        project = copy_of(tmp_path_factory.mktemp("sub") / "project", story)
        project.edit(
            "mkdocs.yml",
            "use_directory_urls: true",
            f"use_directory_urls: {str('file by file' not in name).lower()}",
        )
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        subprocess.run(
            command,
            cwd=project.root,
            env=environment(SITE_URL=SUB.rstrip("/")),
            check=True,
            capture_output=True,
        )
        sites[name] = project.site
    return sites


@pytest.fixture(
    params=[
        "the explainer",
        "the explainer, below a path",
        "the second story, below a path",
        "the second story, file by file, below a path",
    ]
)
def published(request) -> tuple[Path, str, list[Address]]:
    """A site, where it is published, and every address that it gives."""
    name = request.param.removesuffix(", below a path")
    site, base = (
        (request.getfixturevalue("sub_sites")[name], SUB)
        if name != request.param
        else (request.getfixturevalue("built_project").site, "https://explainer.example/")
    )
    return site, base, list(addresses(site, base))


KINDS = {
    "a href",
    "link canonical",
    "link hreflang",
    "link alternate",
    "link stylesheet",
    "link icon",
    "script src",
    "og:url",
    "og:image",
    "JSON-LD @id",
    "JSON-LD url",
    "feed id",
    "feed href",
    "sitemap loc",
    "sitemap href",
    "facts.json",
    "search",
}


def test_every_address_on_the_sites_own_host_leads_somewhere(published):
    site, base, given = published
    assert KINDS <= {address.kind for address in given if address.url.startswith(base)}
    assert broken(site, base, given) == []
    assert len(given) > 1000


def test_what_a_picture_is_filled_with_is_drawn_on_its_page(built_project: Project):
    site = built_project.site
    assert "url(#" not in next(site.glob("assets/*/explainer.css")).read_text(
        "utf-8"
    )  # two pictures on a page have each its own
    filled = {
        path: set(re.findall(r"url\(#([^)]+)\)", path.read_text("utf-8")))
        for path in site.rglob("*.html")
    }
    assert any(filled.values())
    for path, ids in filled.items():
        assert ids <= _ids(path), path


def test_a_link_that_leads_nowhere_would_be_found(sub_sites):
    site = sub_sites["the second story"]
    for url in ("", "fr/", "fr/ledger/", "fr/feed.xml", "fr/people/#page:main"):
        assert _leads(site, SUB, SUB + url), url
    for url in (
        SUB + "nowhere/",
        SUB + "fr/people/#nobody",
        SUB + "fr",
        "https://example.org/fr/",
        "https://example.org/a/",
    ):
        assert broken(site, SUB, [Address("index.html", "a href", url)]), url


def test_addresses_for_other_programs_are_absolute_wherever_the_site_is_published(published):
    """What leaves the site with a feed, a card or a record must say where it comes from."""
    site, base, _ = published
    for path in sorted(site.rglob("*.html")):
        for kind, url in Addresses(path.read_text("utf-8")).found:
            if kind.startswith(("og:", "JSON-LD", "link canonical", "link hreflang")):
                assert url.startswith(("https://", "http://")), (path, kind, url)
    for fact in json.loads((site / "facts.json").read_text("utf-8"))["facts"]:
        assert all(url.startswith(base) for url in fact["url"].values())


def test_each_page_calls_itself_by_its_address_and_its_counterparts_name_it_too(published):
    site, base, given = published
    by_page: dict[str, dict[str, set[str]]] = {}
    for address in given:
        if (
            address.file.endswith(".html")
            and not address.file.endswith("404.html")
            and address.file != "index.html"
        ):
            by_page.setdefault(short(base + address.file), {}).setdefault(address.kind, set()).add(
                short(address.url)
            )
    assert len(by_page) > 12
    for page, kinds in by_page.items():
        assert kinds["link canonical"] == kinds["og:url"] == {page}
        assert page in kinds["JSON-LD @id"]
        assert page in kinds["link hreflang"]
        for other in kinds["link hreflang"] - {base}:
            assert page in by_page[other]["link hreflang"]
    root = {address for address in given if address.file == "index.html"}
    named = {short(address.url) for address in root if address.kind == "link hreflang"}
    assert named - {base} == {
        page for page, kinds in by_page.items() if base in kinds["link hreflang"]
    }
    assert {address.url for address in root if address.kind in ("link canonical", "og:url")} == {
        base
    }


def test_every_page_is_in_the_sitemap_and_nothing_else_is(published):
    site, base, given = published
    pages = {
        short(base + path.relative_to(site).as_posix())
        for path in site.rglob("*.html")
        if path.name != "404.html"
    } - {base}
    assert {
        short(address.url)
        for address in given
        if address.kind == "sitemap loc" and "/" in address.file
    } == pages
    assert {
        address.url
        for address in given
        if address.kind == "sitemap loc" and "/" not in address.file
    } == {address.url for address in given if address.url.endswith("/sitemap.xml")}


# RFC 3986 as far as it concerns pages of other hosts: a name with a dot, no user, letters that need no encoding, whole percent-encodings.
WELL_FORMED = re.compile(
    r"https?://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(:\d+)?(/([\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?(\?([\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(#([\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)
MAIL = re.compile(
    r"mailto:[\w.+-]+@([a-z0-9-]+\.)+[a-z]{2,}(\?subject=([\w.~-]|%[0-9A-Fa-f]{2})*)?", re.ASCII
)


def test_every_address_of_another_host_is_well_formed(published):
    _, base, given = published
    others = {
        address.url for address in given if urlsplit(address.url).netloc != urlsplit(base).netloc
    }
    assert others
    for url in others:
        assert MAIL.fullmatch(url) or WELL_FORMED.fullmatch(url), url


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://example.org:80/a%20b?c=d&e#:~:text=f,g"]
)
def test_an_address_in_its_proper_form(url):
    assert WELL_FORMED.fullmatch(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://",
        "https://example",
        "https://a@example.org/",
        "https://example.org/ä",
        "https://example.org/a b",
        "https://example.org/%zz",
        "ftp://example.org/",
        "//example.org",
        "javascript:alert(1)",
    ],
)
def test_an_address_out_of_form(url):
    assert not WELL_FORMED.fullmatch(url)


def test_make_links_asks_for_every_other_host_that_the_site_leads_to(built_project: Project):
    given = addresses(built_project.site, "https://explainer.example/")
    linked = {
        urldefrag(address.url).url
        for address in given
        if address.url.startswith("http") and urlsplit(address.url).netloc != "explainer.example"
    }
    assert linked == set(external_urls(load_story(PROJECT / "content")[0]))


class Host(BaseHTTPRequestHandler):
    """A host as they are: some refuse HEAD, some programs, some send on, some say nothing."""

    asked: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        status = {
            "/here": 200,
            "/caf%C3%A9": 200,
            "/no-head": 405 if self.command == "HEAD" else 200,
            "/moved": 301,
            "/round": 302,
            "/people-only": 403,
        }.get(self.path, 404)
        if self.path == "/silent":
            self.server.shut.wait(10)
            return
        if self.path == "/garbled":
            self.wfile.write(b"hello\r\n\r\n")
            return
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", "/here" if status == 301 else "/round")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def host(monkeypatch):
    """The address of such a host."""
    monkeypatch.setenv("no_proxy", "*")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.shut = threading.Event()
    Host.asked.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shut.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/here", "/moved", "/no-head", "/café"])
def test_an_address_that_answers_is_well(host, path):
    assert ask(host + path, timeout=10) == ("", "")


@pytest.mark.parametrize(
    "path, words",
    [
        ("/gone", "404"),
        ("/round", "redirect"),
        ("/people-only", "403"),
        ("/silent", "timed out"),
        ("/garbled", "hello"),
    ],
)
def test_an_address_that_does_not_answer_says_how(host, path, words):
    wrong, hint = ask(host + path, timeout=1 if path == "/silent" else 10)
    assert words in wrong
    assert bool(hint) == (path == "/people-only")


@pytest.mark.parametrize(
    "address, words",
    [
        ("http://127.0.0.1:9/", "refused"),
        ("https://[", "Invalid"),
        ("http://nowhere.invalid/", "not known"),
        ("http://" + "a" * 70 + ".example/", "label"),
        ("http://127.0.0.1:port/", "port"),
    ],
)
def test_what_is_no_address_of_a_host_is_said_in_words(monkeypatch, address, words):
    monkeypatch.setenv("no_proxy", "*")
    wrong, _ = ask(address, timeout=10)
    assert (
        words in wrong or words == "not known" and wrong
    )  # each system has its own words for that


def test_the_links_of_a_story_are_asked_once_each_and_those_that_fail_are_named_with_their_place(
    host, second_story: Project
):
    sources = second_story.root / "content" / "sources.yml"
    text = re.sub(r"(?m)^  url: .*$", f"  url: {host}/here", sources.read_text("utf-8"))
    sources.write_text(text.replace("/here", "/gone#part", 1), "utf-8")
    second_story.edit(
        "content/story.yml",
        "report: mailto:corrections@ostrevange.example",
        f"report: {host}/people-only",
    )
    story, _ = load_story(second_story.root / "content")
    problems = list(broken_links(story, timeout=10, pause=0))
    line = text[: text.index(f"url: {host}")].count("\n") + 1
    assert [(problem.file, problem.line) for problem in problems][0] == (
        "content/sources.yml",
        line,
    )
    assert [problem.file for problem in problems] == ["content/sources.yml", "content/story.yml"]
    assert [path for command, path in Host.asked if command == "HEAD"] == [
        "/gone",
        "/here",
        "/people-only",
    ]
    result = second_story.run([sys.executable, "-m", "explainer", "links"])
    assert result.returncode == 1
    assert f"content/sources.yml:{line}:" in result.stdout and "404" in result.stdout
    assert "addresses asked: 2 warnings" in result.stdout
