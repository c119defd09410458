"""Text is text: whatever an editor types is shown as typed, everywhere, and does nothing.

`injections.py` puts payloads into every text of a story that has every field of the model. The site is built for real
and opened in a real browser, without its Content Security Policy: what is not run does not depend on it. Its
pages must be, element for element and attribute for attribute, those of a site with harmless words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree import ElementTree as xml

import pytest
from PIL import Image

from explainer.checks.run import load_checked
from explainer.problems import ContentError, Problem
from explainer.reading.parser import read
from explainer.rendering.edition import Edition
from explainer.rendering.page_view import PageView
from explainer.rendering.template_functions import template_functions
from explainer.schema.field_types import ADDRESS as ADDRESS_FORM
from explainer.story.loader import load_story
from explainer.story.passage_report import PassageReport
from explainer.story.traversal import all_texts
from mkdocs_adapter.preview import show_problems
from support.browser import served
from support.mutations import dump
from support.project import SECOND_STORY, Project, copy_of
from support.xss_payloads import (
    ADDRESS,
    GROUPS,
    KEY,
    LANGUAGES,
    RUN,
    TELLING,
    TEMPLATES,
    TEXT,
    TYPED,
    Place,
    fields,
    inject,
    lay_out,
    places,
    story,
    value,
)

BUILDS = [
    dict(zip(LANGUAGES, names, strict=True))
    for names in zip(*[iter(GROUPS)] * len(LANGUAGES), strict=True)
]
MARKER = re.compile(r"Zq[a-j]{4}z")

LOOK = """async () => {
  for (const details of document.querySelectorAll("details")) details.open = true
  const all = [], seen = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    if (parent.closest("script, style, svg text")) continue  // a picture breaks its labels; its <desc> holds them whole
    all.push(walker.currentNode.data)
    if (parent.checkVisibility()) seen.push(walker.currentNode.data)
  }
  const source = await (await fetch(location.href)).text()
  const isLine = (element) => element.matches("svg text") && [...element.attributes].every(({ name }) => ["class", "text-anchor", "x", "y"].includes(name))
  const elements = [...new DOMParser().parseFromString(source, "text/html").querySelectorAll("*")]
  return {
    all: all.join(""), seen: seen.join(""), title: document.querySelector("title").textContent,
    skeleton: elements.filter((element) => !isLine(element)).map((element) => [element.tagName, ...[...element.attributes].map(({ name }) => name).sort()].join(" ")),
    attributes: elements.flatMap((element) => [...element.attributes].map(({ name, value }) => [element.tagName, name, value])),
    links: [...document.querySelectorAll("[href], [src], [action], [cite], [data]")].map((element) => element.href || element.src || element.action || element.cite || element.data).map((link) => new URL(link.baseVal ?? link, location).protocol),
    data: [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => script.textContent),
  }
}"""


@dataclass
class Visit:
    """A site as it was found in a browser: what each page holds, what it asked for, and what ran."""

    pages: dict[str, dict] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)
    executed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    found: dict[str, list] = field(default_factory=dict)  # by language, what a search gives


def visited(browser, project: Project) -> Visit:
    """Open every page of a site, and search in every language."""
    visit, here = Visit(), ""
    names = sorted(
        path.relative_to(project.site).as_posix() for path in project.site.rglob("*.html")
    )
    context = browser.new_context(bypass_csp=True)
    context.expose_function("__pwned", lambda *_: visit.executed.append(here))
    page = context.new_page()
    page.on("dialog", lambda dialog: (visit.executed.append(here), dialog.dismiss()))
    page.on(
        "console",
        lambda message: (
            visit.errors.append(f"{here}: {message.text}") if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: visit.errors.append(f"{here}: {error}"))
    with served(project.site) as address:
        page.on(
            "request",
            lambda request: visit.asked.setdefault(here, set()).add(
                re.sub(r"assets/[0-9a-f]+/", "assets/*/", request.url.removeprefix(address))
            ),
        )
        for here in names:
            if here == "index.html":  # leads on at once
                page.route(
                    address,
                    lambda route: route.fulfill(
                        body=re.sub(
                            "location.replace.*",
                            "",
                            (project.site / "index.html").read_text("utf-8"),
                        ),
                        content_type="text/html; charset=utf-8",
                    ),
                )
            page.goto(f"{address}{here.removesuffix('index.html')}")
            visit.pages[here] = page.evaluate(LOOK)
            page.mouse.move(200, 300)
        for language in LANGUAGES:
            here = f"search in {language}"
            page.goto(f"{address}{language}/")
            page.keyboard.press("/")
            page.keyboard.type("zq")
            page.wait_for_selector(".results a", timeout=20_000)
            visit.found[language] = page.evaluate(
                "[[...document.querySelectorAll('.results *')].map((element) => element.tagName), [...document.querySelectorAll('.results a, .results span')].map((title) => title.textContent)]"
            )
        page.wait_for_timeout(200)
    context.close()
    return visit


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory):
    """Make a project of a story's data."""

    def project(name: str, files: dict[str, object]) -> Project:
        made = copy_of(tmp_path_factory.mktemp(name) / "project", SECOND_STORY)
        made.sources = ""  # the passages are payloads: no source has them
        for template, text in TEMPLATES.items():
            (made.root / "docs" / template).write_text(text, "utf-8")
        lay_out(files, made.root / "content")
        return made

    return project


def built(project: Project) -> Project:
    result = (
        project.build()
    )  # not strict: the languages hold different payloads, which is a warning
    assert result.returncode == 0, result.stdout
    assert "Traceback" not in result.stdout
    return project


@pytest.fixture(scope="module")
def harmless(make, browser) -> tuple[Project, Visit]:
    files = story()
    inject(files, dict.fromkeys(LANGUAGES, ""))
    project = built(make("harmless", files))
    return project, visited(browser, project)


@dataclass
class Attempt:
    """A site full of payloads, as found in a browser; and what was put where, by marker."""

    project: Project
    put: dict[str, tuple[Place, str]]
    visit: Visit
    payloads: int

    def summary(self) -> str:
        """Count what was put in, and what of it was executed."""
        fields = len({place.field for place, _ in self.put.values()})
        return (
            f"injections: {fields} fields × {self.payloads} payloads in {len(self.put)} places, "
            f"on {len(self.visit.pages)} pages; executed: {len(self.visit.executed)}"
        )

    def as_typed(self, text: str, where: str) -> Iterator[str]:
        """Assert that whatever a text holds of what was put in is whole and as typed, composed; yields the fields."""
        for match in MARKER.finditer(text):
            place, typed = self.put[match[0]]
            typed = unicodedata.normalize("NFC", typed)
            start = match.start() - typed.index(match[0])
            assert text[max(0, start) :].startswith(typed), (
                f"{where}: {place.field} in {place.file}\n{typed!r}\n{text[max(0, start) : match.end() + len(typed)]!r}"
            )
            yield place.field


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(number, id=", ".join(build.values())) for number, build in enumerate(BUILDS)
    ],
)
def attempt(request, make, browser) -> Attempt:
    files = story()
    put = inject(files, BUILDS[request.param])
    project = built(make("attempt", files))
    payloads = sum(len(GROUPS[group]) for group in BUILDS[request.param].values())
    return Attempt(project, put, visited(browser, project), payloads)


def strings(data: object) -> Iterator[str]:
    """Every text in some data, keys included."""
    if isinstance(data, str):
        yield data
    for key, inner in (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    ):
        yield from strings(key)
        yield from strings(inner)


# --- texts -----------------------------------------------------------------------------------------


def test_fields_that_tell_facts_are_checked_for_quotations(make):
    known, _ = load_story(make("telling", story()).root / "content")
    told = {
        (record.file.removeprefix("content/"), (*record._route, *route))
        for record, _, route in all_texts(known)
    }
    assert {
        place.field
        for place in places(story())
        if place.kind == TEXT and (place.file, place.route[:-1]) in told
    } == TELLING


def test_second_story_has_every_field_and_its_templates_every_function(make):
    assert {place.field for place in places(story()) if place.kind in (TEXT, ADDRESS)} == fields()
    project = make("complete", story())
    known, _ = load_story(project.root / "content")
    names = template_functions(
        PageView(Edition(known, known.languages["fr"], {}, PassageReport()), known.pages["home"]),
        project.root / "docs",
    )
    templates = " ".join(path.read_text("utf-8") for path in (project.root / "docs").glob("*.md"))
    assert [name for name in names if not re.search(rf"\b{name}\b", templates)] == []


def at_once(visit: Visit) -> dict[str, set[str]]:
    """What pages asked for, but for the picture: it is loaded as a reader comes near it."""
    return {name: asked - {"assets/*/pictures/tram.png"} for name, asked in visit.asked.items()}


@pytest.mark.build
def test_nothing_runs_and_nothing_else_is_asked_for(attempt, harmless):
    assert attempt.visit.executed == []
    assert attempt.visit.errors == harmless[1].errors
    assert at_once(attempt.visit) == at_once(harmless[1])
    assert {protocol for page in attempt.visit.pages.values() for protocol in page["links"]} <= {
        "http:",
        "https:",
        "mailto:",
    }


@pytest.mark.build
def test_payloads_change_no_element_or_attribute_of_a_page(attempt, harmless):
    """Pages have those that they have with harmless words."""
    assert set(attempt.visit.pages) == set(harmless[1].pages)
    for name, page in attempt.visit.pages.items():
        assert page["skeleton"] == harmless[1].pages[name]["skeleton"], name
    for language, (tags, _) in attempt.visit.found.items():
        assert set(tags) <= {"LI", "A", "P", "MARK", "SPAN"}, language


LOOKED_FOR = {
    "organization.aliases",
    "person.aliases",
    "product.aliases",
    "term.aliases",
}  # in texts, which hold none here
PICTURED = {
    "product.chip.steps.label",
    "page.sections.grid.rows.cells.label",
}  # in lines, and whole in the picture's description


SPOKEN = {"picture.alt"}  # in an attribute


@pytest.mark.build
def test_texts_are_shown_as_typed(attempt):
    there, seen = set(), set()
    for name, page in attempt.visit.pages.items():
        there |= set(attempt.as_typed(page["all"], name))
        seen |= set(attempt.as_typed(page["seen"], name))
        list(attempt.as_typed(page["title"], f"{name}, title"))
    given = {place.field for place, _ in attempt.put.values()}
    assert given - there == LOOKED_FOR | SPOKEN
    assert given - seen == LOOKED_FOR | SPOKEN | PICTURED


@pytest.mark.build
def test_attributes_hold_texts_as_typed(attempt):
    held = set()
    for name, page in attempt.visit.pages.items():
        for tag, attribute, text in page["attributes"]:
            held |= set(
                attempt.as_typed(
                    unquote(text) if attribute in ("href", "cite") else text,
                    f"{name}: <{tag} {attribute}>",
                )
            )
    assert held >= SPOKEN


@pytest.mark.build
def test_search_shows_titles_as_typed(attempt):
    for language, (_, titles) in attempt.visit.found.items():
        assert any(MARKER.search(title) for title in titles)
        for title in titles:
            list(attempt.as_typed(title, f"search in {language}"))


@pytest.mark.build
def test_data_feeds_and_site_maps_hold_texts_as_typed(attempt):
    site = attempt.project.site
    for name, page in attempt.visit.pages.items():
        for data in page["data"]:
            for text in strings(json.loads(data)):
                list(attempt.as_typed(text, f"{name}, JSON-LD"))
    for text in strings(json.loads((site / "facts.json").read_text("utf-8"))):
        list(attempt.as_typed(text, "facts.json"))
    for path in site.rglob("*.xml"):
        for element in xml.parse(path).iter():
            for text in (element.text or "", *element.attrib.values()):
                list(attempt.as_typed(text, path.name))
        assert (b"Zq" in path.read_bytes()) == (path.name == "feed.xml")


@pytest.mark.build
def test_share_images_are_pictures(attempt):
    for language in LANGUAGES:
        with Image.open(attempt.project.site / language / "share.png") as image:
            image.load()
            assert image.size == (1200, 630)


# --- what is not text ------------------------------------------------------------------------------


def refused(content, docs) -> list[Problem]:
    with pytest.raises(ContentError) as raised:
        load_checked(content, docs)
    return raised.value.problems


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_typed_values_refuse_every_payload_at_their_position(make, group):
    """The settings by themselves: without them, nothing else is looked at."""
    project = make("typed", story())
    content, docs = project.root / "content", project.root / "docs"
    for payload in (*GROUPS[group], value(0, group)):
        for ours in (True, False):
            files = story()
            put = [
                place
                for place in list(places(files))
                if place.kind == TYPED and (place.file == "story.yml") == ours
            ]
            for place in put:
                place.put(payload)
            lay_out(files, content)
            problems = {(problem.file, problem.line) for problem in refused(content, docs)}
            marks = {file: read(content / file, file)[0] for file in files}
            for place in put:
                is_name = place.field == "source.text" and re.fullmatch(
                    r"[\w.\u0300-\u036f-]+", payload
                )  # of a file, which readers never see
                assert (
                    is_name
                    or (f"content/{place.file}", marks[place.file].position(place.route)[0])
                    in problems
                ), (place.field, payload)


@pytest.mark.slow
@pytest.mark.parametrize(
    "field_name", sorted({place.field for place in places(story()) if place.kind == KEY})
)
def test_keys_with_a_form_refuse_every_payload(make, field_name):
    """Keys that are ids, numbers, dates or languages refuse it at its position."""
    project = make("keys", story())
    content = project.root / "content"
    for payload in (value(0, group) for group in GROUPS):
        files = story()
        place = next(
            place
            for place in list(places(files))
            if place.kind == KEY and place.field == field_name
        )
        place.put(payload)
        lay_out(files, content)
        line = read(content / place.file, place.file)[0].position(
            (*place.route[:-1], unicodedata.normalize("NFC", payload)), key=True
        )[0]
        assert (f"content/{place.file}", line) in {
            (problem.file, problem.line) for problem in refused(content, project.root / "docs")
        }, payload


def test_foreign_quotation_marks_are_refused_in_facts(make):
    files = story()
    files["facts/tramway.yml"]["tramway-sold"]["text"]["fr"] = GROUPS["attributes"][0]
    project = make("marks", files)
    assert any(
        problem.file == "content/facts/tramway.yml"
        and problem.message.startswith('the quotation mark " ')
        for problem in refused(project.root / "content", project.root / "docs")
    )


# --- addresses -------------------------------------------------------------------------------------

ALLOWED = [
    "https://evil.example/?a=1&b=2&lt;=3&quot;onload=__pwned()",
    "http://evil.example/",
    "https://evil.example/%22%3E%3Cscript%3E__pwned()%3C/script%3E",
    "https://evil.example/#:~:text=a,b",
    "https://user:pass@evil.example:8080/ü?q=ä#frag",
    "https://evil.example/*a*_b_[c](d)~~e~~",
    "https://evil.example/(x);!$&=:@,+",
    "https://evil.example/javascript:__pwned()",
    "https://[::1",
    "https://evil.example/%zz%0d%0aSet-Cookie:a",
    "https://#",
]
REFUSED = [
    f"javascript:{RUN}",
    f"JAVASCRIPT:{RUN}",
    f"java\tscript:{RUN}",
    f" javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/",
    "/etc/passwd",
    "evil.example",
    "ftp://evil.example/",
    "blob:https://evil.example/",
    "https://",
    "https:/evil.example",
    "https:evil.example",
    f'https://evil.example/" onclick={RUN} x="',
    f"https://evil.example/' onclick={RUN}",
    "https://evil.example/<script>",
    "https://evil.example/a b",
    "https://evil.example/{{7*7}}",
    "https://evil.example/`",
    "https://evil.example/\\",
    "https://evil.example/^|",
    "https://evil.example/\u202egpj",
    "https://evil.example/\u200b",
    "https://evil.example/\ue0000\ue001",
    "https://evil.example/\x00",
    "https://evil.example/\u00a0",
    f"https://evil.example/\n{RUN}",
    "https://evil.example/" + "a" * 2000,
    *(
        payload
        for group in GROUPS.values()
        for payload in group
        if not re.match(rf"https?://{ADDRESS_FORM}", payload)
    ),
]


def addresses(files: dict[str, object]) -> list[Place]:
    return [place for place in list(places(files)) if place.kind == ADDRESS]


@pytest.mark.slow
def test_an_address_that_is_none_is_refused_at_its_place(make, report_line):
    files = story()
    project, put = make("addresses", files), addresses(files)
    content, tried = project.root / "content", 0
    for address in REFUSED:
        for place in put:
            place.put(address)
        lay_out({file: files[file] for file in ("sources.yml", "story.yml")}, content)
        problems = {
            (problem.file, problem.line) for problem in refused(content, project.root / "docs")
        }
        for place in put:
            if place.field != "story.report" or not re.match(rf"mailto:{ADDRESS_FORM}", address):
                assert (
                    f"content/{place.file}",
                    read(content / place.file, place.file)[0].position(place.route)[0],
                ) in problems, (place.field, address)
                tried += 1
    report_line(
        f"injections: {len(REFUSED)} addresses that are none, refused at file and line in {tried} places"
    )


@pytest.mark.build
def test_valid_address_is_linked_as_typed_and_not_requested(make, browser):
    files = story()
    inject(files, dict.fromkeys(LANGUAGES, ""))
    given = addresses(files)
    sources = [place for place in given if place.field == "source.url"]
    extra = {
        f"more-{n}": {
            "kind": "document",
            "title": "x",
            "publisher": "x",
            "language": "fr",
            "published": "unknown",
            "verified": "cited",
            "url": url,
        }
        for n, url in enumerate(ALLOWED)
    }
    files["sources.yml"] |= extra
    files["facts/tramway.yml"]["tramway-sold"]["cites"] += [{"source": id} for id in extra]
    files["facts/tramway.yml"]["tramway-bought-back"]["cites"] += [
        {"source": id, "paragraph": "1", "from": "« x, y-z »", "to": "#:~:text=&"} for id in extra
    ]
    report = next(place for place in given if place.field == "story.report")
    report.put("mailto:a@evil.example?cc=b@evil.example&body=%22%3E")
    project = built(make("allowed", files))
    context = browser.new_context(bypass_csp=True)
    page, asked, executed = context.new_page(), [], []
    context.expose_function("__pwned", lambda *_: executed.append(page.url))
    page.on("request", lambda request: asked.append(request.url))
    with served(project.site) as address:
        links: set[str] = set()
        for name in ("fr/ledger/", "fr/sources/", "fr/", "fr/everything/"):
            page.goto(f"{address}{name}")
            links |= set(
                page.eval_on_selector_all(
                    "a[href], [cite]",
                    "all => all.map(a => a.getAttribute('href') || a.getAttribute('cite'))",
                )
            )
        assert {url for url in asked if not url.startswith(address)} == set()
    context.close()
    assert executed == []
    assert len(sources) == 4
    for url in ALLOWED:
        assert url in links
        assert (
            f"{url.split('#')[0]}#:~:text=%C2%AB%20x%2C%20y%2Dz%20%C2%BB,%23%3A~%3Atext%3D%26"
            in links
        )
    assert "mailto:a@evil.example?cc=b@evil.example&body=%22%3E" in links
    assert any(
        link.startswith("mailto:a@evil.example?cc=b@evil.example&body=%22%3E&subject=Zq")
        for link in links
    )
    data = json.loads((project.site / "facts.json").read_text("utf-8"))
    assert set(ALLOWED) <= {source["url"] for source in data["sources"]}


# --- problems --------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", GROUPS)
def test_a_preview_shows_what_is_wrong_as_typed(make, browser, group):
    files = story()
    files["updates.yml"]["mended"]["kind"] = value(0, group)
    project = make("preview", files)
    (problem, *_) = refused(project.root / "content", project.root / "docs")
    show_problems(project.site, str(problem), [])
    page = browser.new_page()
    executed: list[str] = []
    page.expose_function("__pwned", lambda *_: executed.append(group))
    with served(project.site) as address:
        page.goto(address)
        assert page.eval_on_selector_all(
            "body *", "all => all.map(element => element.tagName)"
        ) == ["H1", "PRE", "P"]
        assert page.text_content("pre") == str(problem)
    page.close()
    assert executed == []


@pytest.mark.build
def test_the_payloads_would_run_where_text_were_markup(browser):
    """What is counted as harmless here is not so because the payloads are."""
    page = browser.new_page()
    executed: list[str] = []
    page.expose_function("__pwned", lambda *_: executed.append(""))
    page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://127.0.0.1:1/")
    for payload in (
        *GROUPS["elements"][:8],
        *GROUPS["ends"][:4],
        '<p title="' + GROUPS["attributes"][0] + '">',
        f"<p title='{GROUPS['attributes'][1]}'>",
    ):
        page.set_content(f"<!doctype html><body><p>{payload}</p>")
        page.wait_for_timeout(20)
    page.close()
    assert len(executed) >= 8
    assert dump({"a": GROUPS}) != b""
