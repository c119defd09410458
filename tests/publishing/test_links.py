"""Every address in the built site leads somewhere: whatever file it is in, wherever the site is published."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest

from explainer.editing.external_links import ask, broken_links, external_urls
from explainer.story.loader import load_story
from support.addresses import Address, Addresses, addresses, broken, ids_of, leads, short
from support.project import RICH_STORY, SECOND_STORY, Project, copy_of, environment

SUB = "https://example.org/a/sub/"


@pytest.fixture(scope="session")
def sub_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both stories built to be published below a path of a host, one also with addresses that name files."""
    sites = {}
    for name, story in (
        ("the explainer", RICH_STORY),
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


@pytest.mark.build
def test_every_address_on_the_sites_own_host_leads_somewhere(published):
    site, base, given = published
    assert KINDS <= {address.kind for address in given if address.url.startswith(base)}
    assert broken(site, base, given) == []
    assert len(given) > 1000


def test_values_of_a_picture_are_drawn_on_its_page(built_project: Project):
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
        assert ids <= ids_of(path), path


@pytest.mark.build
def test_a_link_that_leads_nowhere_would_be_found(sub_sites):
    site = sub_sites["the second story"]
    for url in ("", "fr/", "fr/ledger/", "fr/feed.xml", "fr/people/#page:main"):
        assert leads(site, SUB, SUB + url), url
    for url in (
        SUB + "nowhere/",
        SUB + "fr/people/#nobody",
        SUB + "fr",
        "https://example.org/fr/",
        "https://example.org/a/",
    ):
        assert broken(site, SUB, [Address("index.html", "a href", url)]), url


@pytest.mark.build
def test_addresses_for_other_programs_are_absolute(published):
    """What leaves the site with a feed, a card or a record must say where it comes from."""
    site, base, _ = published
    for path in sorted(site.rglob("*.html")):
        for kind, url in Addresses(path.read_text("utf-8")).found:
            if kind.startswith(("og:", "JSON-LD", "link canonical", "link hreflang")):
                assert url.startswith(("https://", "http://")), (path, kind, url)
    for fact in json.loads((site / "facts.json").read_text("utf-8"))["facts"]:
        assert all(url.startswith(base) for url in fact["url"].values())


@pytest.mark.build
def test_each_page_and_its_translations_agree_on_its_address(published):
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


@pytest.mark.build
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


@pytest.mark.build
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


def test_make_links_requests_every_other_host_of_the_site(built_project: Project):
    given = addresses(built_project.site, "https://explainer.example/")
    linked = {
        urldefrag(address.url).url
        for address in given
        if address.url.startswith("http") and urlsplit(address.url).netloc != "explainer.example"
    }
    assert linked == set(external_urls(load_story(RICH_STORY / "content")[0]))


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


@pytest.mark.build
@pytest.mark.parametrize("path", ["/here", "/moved", "/no-head", "/café"])
def test_an_address_that_answers_is_well(host, path):
    assert ask(host + path, timeout=10) == ("", "")


@pytest.mark.build
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
def test_invalid_host_is_reported_in_words(monkeypatch, address, words):
    monkeypatch.setenv("no_proxy", "*")
    wrong, _ = ask(address, timeout=10)
    assert (
        words in wrong or words == "not known" and wrong
    )  # each system has its own words for that


@pytest.mark.build
def test_links_are_requested_once_and_failures_named_with_position(host, second_story: Project):
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
