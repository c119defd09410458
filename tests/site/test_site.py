"""The built site: two complete trees that say the same, and what stands beside them."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest

from explainer.story.loader import load_story
from support.project import RICH_STORY, Project
from support.words import lines_that_name, long_runs, names_of

STORY, _ = load_story(RICH_STORY / "content")
LANGUAGES = list(STORY.languages)
NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "a": "http://www.w3.org/2005/Atom",
}


class Outline(HTMLParser):
    """A page's language, ids, headings (by level and id), links and resources."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang, self.ids, self.headings, self.links, self.resources, self.text = (
            "",
            [],
            [],
            [],
            [],
            [],
        )
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        values = dict(attributes)
        self.lang = values.get("lang", "") if tag == "html" else self.lang
        if "id" in values:
            self.ids.append(values["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, values.get("id")))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in ("script", "img", "iframe", "source") and "src" in values:
            self.resources.append(values["src"])
        if tag == "link" and values.get("rel", "").strip() in ("stylesheet", "icon", "preload"):
            self.resources.append(values["href"])

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def pages(site: Path, language: str) -> dict[str, Path]:
    """The pages of a tree by their path in it."""
    tree = site / language
    return {str(path.relative_to(tree)): path for path in sorted(tree.rglob("*.html"))}


def noted(page: Path) -> dict[str, str]:
    """The notes of a page: the fact each is about, and its HTML."""
    notes = re.findall(
        r'<li id="n:\d+">(.*?)(?=<li id="n:|</ol>)', page.read_text("utf-8"), re.DOTALL
    )
    return {
        re.findall(r'href="[^"]*ledger/#([a-z0-9-]+)"', note.partition(":\n")[0])[-1]: note
        for note in notes
    }


@pytest.fixture(scope="session")
def outlines(built_project: Project) -> dict[str, Outline]:
    """Every page of the site by its path from the root."""
    site = built_project.site
    return {
        str(path.relative_to(site)): Outline(path.read_text("utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


def test_each_tree_speaks_its_own_language(outlines):
    for path, outline in outlines.items():
        if "/" in path:
            assert outline.lang == path.split("/")[0], path


def test_the_trees_have_the_same_pages(built_project):
    first, *others = (list(pages(built_project.site, language)) for language in LANGUAGES)
    assert len(first) == len(STORY.pages) + 1  # and the page not found
    for other in others:
        assert other == first


def test_translated_pages_have_the_same_headings_and_anchors(built_project, outlines):
    for name in pages(built_project.site, LANGUAGES[0]):
        first, *others = (outlines[f"{language}/{name}"] for language in LANGUAGES)
        for other in others:
            assert sorted(map(str, other.headings)) == sorted(map(str, first.headings)), name
            assert sorted(other.ids) == sorted(first.ids), name


def test_every_id_of_a_page_is_there_once(outlines):
    for path, outline in outlines.items():
        assert len(outline.ids) == len(set(outline.ids)), (
            path,
            [i for i in outline.ids if outline.ids.count(i) > 1],
        )


def test_every_heading_has_an_id_set_by_hand(outlines):
    for path, outline in outlines.items():
        if "404" not in path and "/" in path:
            assert all(id and re.fullmatch(r"[a-z0-9:-]+", id) for _, id in outline.headings), (
                path,
                outline.headings,
            )


def test_every_fact_is_in_prose_ledger_and_timeline(built_project, outlines):
    """In each language."""
    for language in LANGUAGES:
        told = {
            id
            for path in pages(built_project.site, language)
            for id in noted(built_project.site / language / path)
        }
        assert set(STORY.facts) <= told
        assert set(STORY.facts) <= set(outlines[f"{language}/ledger/index.html"].ids)
        assert set(STORY.facts) <= set(outlines[f"{language}/timeline/index.html"].ids)


def test_every_page_says_early_that_the_article_is_a_snapshot(built_project):
    for language in LANGUAGES:
        for name, path in pages(built_project.site, language).items():
            if name != "404.html":
                html = path.read_text("utf-8")
                assert html.index('class="notice"') < html.index("<h1"), name


def test_no_template_is_left_over_in_a_page(built_project):
    for path in built_project.site.rglob("*.html"):
        html = re.sub(r"<script.*?</script>", "", path.read_text("utf-8"), flags=re.DOTALL)
        for left in ("{{", "}}", "{%", "{#", "\ue000", "&lt;a ", "Undefined"):
            assert left not in html, (path, left)
        assert not re.search(r"\bNone\b", html), path


def test_nothing_on_a_page_comes_from_another_host(built_project, outlines):
    for path, outline in outlines.items():
        for resource in outline.resources:
            assert not urlsplit(resource).netloc, (path, resource)
    for path in built_project.site.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//", path.read_text("utf-8")), path


def test_pages_link_to_their_translations_without_scripts(outlines):
    for path, outline in outlines.items():
        if path.endswith("index.html") and "/" in path:
            language, rest = path.split("/", 1)
            here = urljoin("http://site/", path.removesuffix("index.html"))
            links = {urljoin(here, link) for link in outline.links}
            for other in LANGUAGES:
                if other != language:
                    assert (
                        urljoin("http://site/", f"{other}/{rest}".removesuffix("index.html"))
                        in links
                    ), path


def test_the_roots_pages_speak_every_language(built_project):
    for name in ("index.html", "404.html"):
        html = (built_project.site / name).read_text("utf-8")
        for language in LANGUAGES:
            assert f'lang="{language}"' in html
            assert f'hreflang="{language}"' in html


def test_the_sitemaps_name_every_page_with_its_counterparts(built_project):
    site = built_project.site
    index = ElementTree.parse(site / "sitemap.xml").getroot()
    locations = [element.text for element in index.findall("s:sitemap/s:loc", NAMESPACES)]
    assert [urlsplit(location).path for location in locations] == [
        f"/{language}/sitemap.xml" for language in LANGUAGES
    ]
    for language in LANGUAGES:
        urls = (
            ElementTree.parse(site / language / "sitemap.xml")
            .getroot()
            .findall("s:url", NAMESPACES)
        )
        assert len(urls) == len(STORY.pages)
        for url in urls:
            counterparts = url.findall("x:link", NAMESPACES)
            assert [link.get("hreflang") for link in counterparts] == [*LANGUAGES, "x-default"]
            for address in (
                url.find("s:loc", NAMESPACES).text,
                *(link.get("href") for link in counterparts),
            ):
                assert (site / urlsplit(address).path.lstrip("/") / "index.html").is_file(), address


def alternates(html: str) -> dict[str, str]:
    """The addresses that a page names as its versions in other languages."""
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))


@pytest.mark.parametrize("story", ["built_project", "built_second_story"])
def test_a_sitemap_names_the_same_alternates_as_its_pages(story, request):
    site = request.getfixturevalue(story).site
    for sitemap in site.glob("*/sitemap.xml"):
        for url in ElementTree.parse(sitemap).getroot().findall("s:url", NAMESPACES):
            path = urlsplit(url.find("s:loc", NAMESPACES).text).path
            html = (site / path.lstrip("/") / "index.html").read_text("utf-8")
            links = url.findall("x:link", NAMESPACES)
            assert {link.get("hreflang"): link.get("href") for link in links} == alternates(html)


@pytest.mark.parametrize("story", ["built_project", "built_second_story"])
def test_every_alternate_names_the_same_alternates_in_return(story, request):
    site = request.getfixturevalue(story).site
    for page in site.rglob("index.html"):
        named = alternates(page.read_text("utf-8"))
        assert "x-default" in named
        for address in named.values():
            counterpart = site / urlsplit(address).path.lstrip("/") / "index.html"
            assert alternates(counterpart.read_text("utf-8")) == named, page


def test_default_language_is_root_for_home_pages_only(
    built_project,
):
    """For inner pages, it is the story's first language."""
    for language in LANGUAGES:
        home = (built_project.site / language / "index.html").read_text("utf-8")
        inner = (built_project.site / language / "people" / "index.html").read_text("utf-8")
        assert urlsplit(alternates(home)["x-default"]).path == "/"
        assert urlsplit(alternates(inner)["x-default"]).path == f"/{LANGUAGES[0]}/people/"


@pytest.mark.parametrize("story", ["built_project", "built_second_story"])
def test_the_root_has_what_a_shared_link_shows(story, request):
    project = request.getfixturevalue(story)
    settings = load_story(project.root / "content")[0].settings
    own = next(iter(settings.languages))
    html = (project.site / "index.html").read_text("utf-8")
    shown = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))
    assert unescape(shown["og:title"]) == settings.question[own]
    assert unescape(shown["og:description"]) == settings.description[own]
    assert unescape(shown["description"]) == settings.description[own]
    assert shown["twitter:card"] == "summary_large_image"
    assert f'<link rel="canonical" href="{shown["og:url"]}">' in html
    assert (project.site / urlsplit(shown["og:image"]).path.lstrip("/")).is_file()


def test_each_search_index_holds_its_own_language_only(built_project):
    indexes = {
        language: (built_project.site / language / "search" / "search_index.json").read_text(
            "utf-8"
        )
        for language in LANGUAGES
    }
    for fact in STORY.facts.values():
        for language, index in indexes.items():
            for other in LANGUAGES:
                if other != language and fact.text[other] != fact.text[language]:
                    assert json.dumps(fact.text[other], ensure_ascii=False)[1:-1] not in index, (
                        language,
                        fact.id,
                    )


def test_facts_json_validates_against_its_schema_and_holds_every_fact(built_project):
    data = json.loads((built_project.site / "facts.json").read_text("utf-8"))
    schema = json.loads((built_project.site / "facts.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, cls=jsonschema.Draft202012Validator)
    assert [fact["id"] for fact in data["facts"]] == list(STORY.facts)
    for fact in data["facts"]:
        for language, url in fact["url"].items():
            page = built_project.site / urlsplit(url).path.lstrip("/") / "index.html"
            assert f'id="{urlsplit(url).fragment}"' in page.read_text("utf-8"), (language, url)


@pytest.mark.parametrize(
    "kind, key, value",
    [
        ("facts", "status", "certain"),
        ("facts", "date", "2023-1"),
        ("facts", "text", {}),
        ("facts", "asOf", "unknown"),
        ("facts", "extra", "value"),
        ("roles", "until", "later"),
        ("sources", "id", "Not an id"),
        ("entities", "kind", "animal"),
        ("updates", "facts", None),
    ],
)
def test_the_schema_of_facts_json_refuses_other_values(built_project, kind, key, value):
    data = json.loads((built_project.site / "facts.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(
        json.loads((built_project.site / "facts.schema.json").read_text("utf-8"))
    )
    data[kind][0][key] = value
    assert not validator.is_valid(data)


def test_the_schema_of_facts_json_requires_every_key(built_project):
    data = json.loads((built_project.site / "facts.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(
        json.loads((built_project.site / "facts.schema.json").read_text("utf-8"))
    )
    for kind in ("facts", "entities", "roles", "quotes", "sources", "updates"):
        for key in data[kind][0]:
            without = {name: value for name, value in data[kind][0].items() if name != key}
            assert not validator.is_valid({**data, kind: [without]}), (kind, key)


def test_each_language_has_a_valid_atom_feed_of_the_updates(built_project):
    for language in LANGUAGES:
        feed = ElementTree.parse(built_project.site / language / "feed.xml").getroot()
        for required in ("title", "id", "updated", "author/a:name"):
            assert feed.find(f"a:{required}", NAMESPACES).text
        entries = feed.findall("a:entry", NAMESPACES)
        assert len(entries) == len(STORY.updates)
        assert len({entry.find("a:id", NAMESPACES).text for entry in entries}) == len(entries)
        for entry in entries:
            assert re.fullmatch(
                r"\d{4}-\d\d-\d\dT00:00:00Z", entry.find("a:updated", NAMESPACES).text
            )


def test_json_ld_parses_and_its_references_exist(built_project):
    for language in LANGUAGES:
        for name, path in pages(built_project.site, language).items():
            found = re.findall(
                r'<script type="application/ld\+json">(.*?)</script>',
                path.read_text("utf-8"),
                re.DOTALL,
            )
            assert len(found) == (0 if name == "404.html" else 1), name
            for text in found:
                article = json.loads(text)
                assert article["@type"] == "NewsArticle"
                kinds = {node["@type"] for node in article.get("about", [])}
                assert kinds <= {"Person", "Organization", "Thing"}  # nothing is sold here
                for id in [article["@id"], *(node["@id"] for node in article.get("about", []))]:
                    target, anchor = urldefrag(id)
                    file = built_project.site / urlsplit(target).path.lstrip("/") / "index.html"
                    assert file.is_file(), id
                    assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), id


def test_the_home_pages_title_is_its_title_in_the_browser(built_project):
    for language in LANGUAGES:
        html = (built_project.site / language / "index.html").read_text("utf-8")
        title = unescape(re.search(r"<title>(.*?)</title>", html)[1])
        words = STORY.pages["home"].title[language], STORY.settings.title[language]
        assert title == " – ".join(words)


def test_one_fact_is_called_a_fact_and_several_facts(built_project):
    words = {
        "overtakes": ("overtakes", "overtakes-facts"),
        "fact-numbers": ("fact-in-ledger", "facts-in-ledger"),
    }
    listed = re.compile(r'class="(overtakes|fact-numbers)">([^<]+)((?:<a [^>]*>[^<]*</a>(?:, )?)+)')
    seen = set()
    for language in LANGUAGES:
        for path in pages(built_project.site, language).values():
            for kind, label, links in listed.findall(path.read_text("utf-8")):
                one = links.count("<a ") == 1
                assert label.strip() == STORY.phrases[words[kind][not one]].text[language]
                seen.add((kind, one))
    assert len(seen) == 4


def test_overtaken_fact_and_its_successor_link_to_each_other(built_project, outlines):
    """On every page that tells the fact."""
    for fact in STORY.facts.values():
        if not fact.overtaken:
            continue
        for language in LANGUAGES:
            for path in (f"{language}/ledger/index.html", f"{language}/timeline/index.html"):
                html = (built_project.site / path).read_text("utf-8")
                element = html[html.index(f'id="{fact.id}"') :]
                end = min(
                    (
                        i
                        for i in (
                            element.find("</article>"),
                            element.find('</li>\n  <li class="entry'),
                        )
                        if i > 0
                    ),
                    default=len(element),
                )
                assert f'#{fact.overtaken}"' in element[:end], (path, fact.id)
        ledger = (built_project.site / LANGUAGES[0] / "ledger" / "index.html").read_text("utf-8")
        later = ledger[ledger.index(f'<article class="ledger-fact" id="{fact.overtaken}"') :]
        assert f'href="#{fact.id}"' in later[: later.index("</article>")]
        timeline = (built_project.site / LANGUAGES[0] / "timeline" / "index.html").read_text(
            "utf-8"
        )
        later = timeline[timeline.index(f'<li id="{fact.overtaken}"') :]
        assert f'ledger/#{fact.id}"' in later[: later.index("</li>")]


def test_every_page_says_in_words_that_a_fact_was_overtaken(built_project):
    for language in LANGUAGES:
        word = STORY.phrases["overtaken"].text[language]
        for path in pages(built_project.site, language).values():
            for id, note in noted(path).items():
                if STORY.facts[id].overtaken:
                    assert word in note, (path, id)


def test_each_citation_says_how_far_it_was_checked(built_project):
    html = (built_project.site / LANGUAGES[0] / "ledger" / "index.html").read_text("utf-8")
    citations = [
        item
        for items in re.findall(r'<ul class="citations">(.*?)</ul>', html, re.DOTALL)
        for item in re.findall(r"<li>(.*?)</li>", items, re.DOTALL)
    ]
    assert len(citations) == sum(
        len({cited.source for cited in fact.cites}) for fact in STORY.facts.values()
    )
    words = [STORY.phrases[f"verified-{how}"].text[LANGUAGES[0]] for how in ("read", "cited")]
    states = [
        STORY.phrases[f"passage-{state}"].text[LANGUAGES[0]] for state in ("found", "unchecked")
    ]
    for citation in citations:
        assert any(word in citation for word in words), citation
        passages = re.findall(r'class="passage" lang="[a-z]+"', citation)
        assert (
            sum(citation.count(f"({state})") for state in states)
            == len(passages)
            == citation.count("passage")
        ), citation


def test_no_link_opens_a_new_window(built_project):
    for path in built_project.site.rglob("*.html"):
        assert not re.search(r"<a [^>]*target=", path.read_text("utf-8")), path


def test_figures_on_the_sources_page_match_the_check(built_project):
    printed = built_project.check().stdout
    for source in STORY.sources.values():
        if source.paragraphs:
            numbers = re.findall(
                r"\d+",
                next(line for line in printed.splitlines() if line.startswith(f"{source.id}: ")),
            )
            for language in LANGUAGES:
                html = (built_project.site / language / "sources" / "index.html").read_text("utf-8")
                template = STORY.phrases["coverage-figures"].text[language]
                expected = template.format(
                    passages=numbers[0], facts=numbers[1], carried=numbers[2], paragraphs=numbers[3]
                )
                assert expected in html


def test_the_newest_updates_date_is_on_every_page(built_project):
    assert STORY.latest_update
    for language in LANGUAGES:
        for name, path in pages(built_project.site, language).items():
            assert f'sources/#{STORY.latest_update.id}"' in path.read_text(
                "utf-8"
            ) or name.startswith("sources"), name


def test_no_file_quotes_a_source_at_length(built_second_story):
    """No built file holds more than eight words in a row of a source at hand."""
    assert long_runs(built_second_story) == []


def test_code_names_no_story_its_people_or_languages():
    assert lines_that_name(names_of(STORY) | {"Italian", "English", "italiano"}) == []


def test_foreign_words_are_marked_in_texts_links_and_headings(built_project):
    for code, setting in STORY.settings.languages.items():
        for other, words in setting.foreign.items():
            for word in words:
                pages = [
                    path.read_text("utf-8")
                    for path in (built_project.site / code).glob("*/index.html")
                ]
                marked = [
                    page
                    for page in pages
                    if re.search(rf'<span lang="{other}">{word}</span>', page, re.IGNORECASE)
                ]
                assert marked, word
    assert re.search(
        r'<a class="term"[^>]*>[^<]*<span lang="en">public benefit corporation</span>',
        (built_project.site / "it" / "partnership" / "index.html").read_text("utf-8"),
    )
