"""Nothing that content can hold breaks the generator: it loads and can be rendered, or has problems at file and line.

`fuzz.py` breaks real content by the thousand (`make fuzz`); here are some hundreds, properties of the modules that
read, and what had to be mended, each by itself.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml
from babel import Locale, localedata
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from explainer.checks.figures import Grammar
from explainer.checks.passages import find_passage, nearest_words
from explainer.checks.run import check_story, load_checked
from explainer.problems import Problem, suggest
from explainer.reading import parser
from explainer.reading.parser import read
from explainer.rendering.date_format import format_day_month, format_partial_date
from explainer.rendering.placeholders import BEGIN, END, begin_page, restore, store
from explainer.schema.dates import PartialDate
from explainer.story.loader import load_story
from explainer.story.mentions import LETTER, WORD, MentionFinder
from explainer.story.passage_report import PassageReport
from support.fuzz import (
    ENDS,
    OTHER,
    PROBLEMS,
    SAME,
    Bench,
    at_most,
    bad,
    environ,
    mutant,
    run,
    spread,
    sums,
)
from support.mutations import BOMBS, CHARACTERS, MUTATORS, slots
from support.project import SECOND_STORY


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "second", SECOND_STORY)


@pytest.mark.slow
def test_mutants_load_and_render_or_have_problems_with_position(
    report_line,
    seed,
):
    trials = run(range(2 * len(MUTATORS)), seed)
    report_line(f"fuzz, seed {seed}: {sums(trials)}")
    assert bad(trials) == []
    assert {trial.verdict.end for trial in trials} == {SAME, OTHER, PROBLEMS}, (
        "mutants of every kind"
    )


@pytest.mark.build
def test_site_built_from_a_mutant_is_whole_or_unchanged(report_line, seed):
    trials = run(spread(6), seed, build=True)
    report_line(f"fuzz, built for real, seed {seed}: {sums(trials)}")
    assert bad(trials) == []


def test_a_mutant_is_known_by_its_seed_and_number(bench):
    assert mutant([bench], 1, 17) == mutant([bench], 1, 17)
    assert mutant([bench], 1, 17) != mutant([bench], 2, 17)


# --- what had to be mended -------------------------------------------------------------------------


def told(bench: Bench, file: str, old: str, new: str, times: int = 1) -> tuple[str, str]:
    """How a change of one file of the second story ends, and what is said of it."""
    text = bench.originals[file].decode()
    assert old in text
    verdict = bench.judge({**bench.originals, file: text.replace(old, new, times).encode()})
    assert verdict.end in ENDS[:3], verdict.words
    return verdict.end, verdict.words


SEEN = "a character that cannot be seen stands here: U+"
REFUSED = {
    "a key called [key]": (
        "people.yml",
        "  name:",
        '  "[key]": x\n  name:',
        'content/people.yml:2:3: error: unknown key "[key]"',
    ),
    "a number of five thousand digits": (
        "facts/tramway.yml",
        "paragraph: 1",
        "paragraph: " + "9" * 5000,
        "content/facts/tramway.yml:11:18: error: ",
    ),
    "a subject too long for the name of a file": (
        "story.yml",
        "subjects:\n  tramway:",
        f"subjects:\n  {'x' * 300}:",
        "content/story.yml:31:3: error: the text is longer than 100 characters",
    ),
    "an id too long for an address": (
        "people.yml",
        "brammerling:",
        f"{'x' * 300}:",
        "content/people.yml:1:1: error: this id is longer than 100 characters",
    ),
    "a copy's name too long for a file": (
        "sources.yml",
        "text: journal.txt",
        f"text: {'x' * 300}",
        "content/sources.yml:8:9: error: the text is longer than 60 characters",
    ),
    "a year before all years": (
        "facts/tramway.yml",
        "date: 2009",
        "date: 0001",
        'content/facts/tramway.yml:8:9: error: "0001" is not in the calendar',
    ),
    "the last day there is": (
        "story.yml",
        "snapshot: 2021-03-01",
        "snapshot: 9999-12-31",
        'content/story.yml:33:11: error: "9999-12-31" is not in the calendar\n',
    ),
    "an address with characters that stand for markup inside the build": (
        "sources.yml",
        "url: https://",
        f"url: https://{BEGIN}0{END}",
        f"content/sources.yml:21:16: error: {SEEN}E000",
    ),
    "an address with such characters as codes": (
        "sources.yml",
        "url: https://ostrevange.example/tramway/acte-de-vente",
        'url: "https://a\\ue0000\\ue001"',
        "content/sources.yml:31:8: error: the text has an invisible character, U+E000",
    ),
    "an address that turns the text around": (
        "sources.yml",
        "url: https://",
        "url: https://\u202e",
        f"content/sources.yml:21:16: error: {SEEN}202E, right-to-left override",
    ),
    "a text turned around": (
        "people.yml",
        "name: Odile",
        "name: \u202eOdile",
        f"content/people.yml:2:9: error: {SEEN}202E, right-to-left override",
    ),
    "a text turned around by a code": (
        "people.yml",
        "name: Odile Brammerling",
        'name: "\\u202eOdile"',
        "content/people.yml:2:9: error: the text has an invisible character, U+202E",
    ),
    "a soft hyphen": (
        "people.yml",
        "name: Odile",
        "name: Odi\u00adle",
        f"content/people.yml:2:12: error: {SEEN}00AD, soft hyphen",
    ),
    "a joiner in letters that need none": (
        "people.yml",
        "name: Odile",
        "name: Odi\u200dle",
        f"content/people.yml:2:12: error: {SEEN}200D, zero width joiner",
    ),
    "a joiner that joins nothing": (
        "people.yml",
        "name: Odile",
        "name: \u200cOdile",
        f"content/people.yml:2:9: error: {SEEN}200C, zero width non-joiner",
    ),
    "a filler that shows as nothing": (
        "people.yml",
        "name: Odile",
        "name: \u3164Odile",
        f"content/people.yml:2:9: error: {SEEN}3164, hangul filler",
    ),
    "a line break in a text": (
        "people.yml",
        "name: Odile Brammerling",
        "name: |\n    Odile\n    Brammerling",
        "content/people.yml:2:9: error: the text has a line break in it",
    ),
    "a text of no-break spaces": (
        "people.yml",
        "name: Odile Brammerling",
        "name: \u00a0\u202f",
        "content/people.yml:2:9: error: the text is empty",
    ),
    "a translation into a language that the story lacks": (
        "quotes.yml",
        "en: the tramway",
        "it: il tram, en: the tramway",
        'content/quotes.yml:4:55: error: "it" is not a language of this story',
    ),
    "aliases in a language that the story lacks": (
        "glossary.yml",
        "    fr: [rég",
        "    it: [rég",
        'content/glossary.yml:4:5: error: "it" is not a language of this story',
    ),
    "an office with the id of a person": (
        "organizations.yml",
        "    ostrevange-mayor:",
        "    brammerling: {title: x}\n    ostrevange-mayor:",
        'content/organizations.yml:11:5: error: the id "brammerling" is taken',
    ),
    "fifty-one languages": (
        "story.yml",
        "languages:\n",
        "languages:\n"
        + "".join(
            f"  {a}{b}: {{locale: fr-FR, quotes: [a, b]}}\n" for a in "abcdefgh" for b in "stuvwxyz"
        ),
        "content/story.yml:2:1: error: more than 50 languages\n1 error",
    ),
    "endings without end": (
        "story.yml",
        "endings: [/s,",
        f"endings: [{'/s, ' * 60}",
        "content/story.yml:7:14: error: 62 entries in this list, which needs at most 50",
    ),
    "a directive": (
        "people.yml",
        "brammerling:",
        "%TAG ! x\n---\nbrammerling:",
        "content/people.yml:1:1: error: a text cannot begin with %",
    ),
    "facts that overtake each other in a circle": (
        "facts/tramway.yml",
        "  date: 2022-06-14",
        "  date: 2022-06-14\n  overtaken: buy-back-announced",
        '"buy-back-announced" overtakes itself in a circle\n    buy-back-announced → tramway-bought-back → buy-back-announced',
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_at_its_place(bench, what):
    file, old, new, expected = REFUSED[what]
    end, words = told(bench, file, old, new)
    assert end == PROBLEMS
    assert expected in words


def test_source_copy_in_another_encoding_is_a_problem(bench):
    copy = bench.originals["../sources/journal.txt"].replace("é".encode(), b"\xe9", 1)
    assert (
        "content/sources.yml:8:9: error: the copy journal.txt, line 1: the file is not UTF-8"
        in bench.judge({**bench.originals, "../sources/journal.txt": copy}).words
    )


@pytest.mark.parametrize("page", ["home", "ledger", "sources"])
def test_a_page_to_which_all_pages_lead_is_missed(bench, page):
    assert bench.facts
    story = {
        **bench.originals,
        "pages.yml": bench.originals["pages.yml"].replace(
            f"\n{page}:".encode() if page != "home" else b"home:", b"\nother:", 1
        ),
    }
    (bench.docs / ("index.md" if page == "home" else f"{page}.md")).rename(bench.docs / "other.md")
    assert f'content/pages.yml:1:1: error: there is no page "{page}"' in bench.judge(story).words


ACCEPTED = {
    "a first of the month that looks like a group of an expression": (
        "story.yml",
        "first-of-month: 1er",
        r"first-of-month: \1",
    ),
    "quotation marks that are letters": ("story.yml", 'quotes: ["‘", "’"]', "quotes: [ZZ, ZZZ]"),
    "a locale without words for millions": ("story.yml", "locale: en-GB", "locale: ja-JP"),
    "emoji and scripts with joiners": (
        "people.yml",
        "name: Odile Brammerling",
        "name: Odile Brammerling 👩\u200d💻 می\u200cخواهم क्\u200dष 🏳️\u200d🌈",
    ),
    "names of signs that expressions know": (
        "people.yml",
        "aliases: [Brammerling]",
        r"aliases: [Brammerling, '(a+)+$', '[', '\1', '.*', '|', '?']",
    ),
    "an update in a year that archives cannot hold": (
        "updates.yml",
        "date: 2024-02-10",
        "date: 2200",
    ),
    "an update before archives begin": ("updates.yml", "date: 2024-02-10", "date: 1900"),
}


@pytest.mark.parametrize("what", ACCEPTED)
def test_what_is_odd_but_can_be_is_rendered(bench, what):
    file, old, new = ACCEPTED[what]
    end, words = told(bench, file, old, new)
    assert end in ENDS[:2] or ": error: " not in words, (
        words
    )  # a text in another language than its locale is warned of


@pytest.mark.build
def test_unknown_and_unsupported_languages_are_problems_of_the_build(
    second_story,
):
    story = second_story.root / "content"
    for path in story.rglob("*.yml"):
        path.write_text(re.sub(r"\ben:", "qaa:", path.read_text("utf-8")), "utf-8")
    result = second_story.build("--strict")
    assert "Traceback" not in result.stdout
    assert 'content/story.yml:12:3: error: the theme has no words in "qaa"' in result.stdout
    assert "partials/languages/qaa.html" in result.stdout


@pytest.mark.parametrize(
    "name", sorted({Locale.parse(id).language for id in localedata.locale_identifiers()})
)
def test_every_language_that_babel_knows_can_be_a_storys(name):
    locale = Locale.parse(name)
    Grammar(locale).find("20 November 2023: 13,5 · 1.234.567 – 12 %, €1 million")
    for date in (PartialDate(2), PartialDate(9998, 12), PartialDate(2023, 11, 1)):
        assert format_partial_date(date, locale, r"\1")
        assert format_day_month(date, locale, r"\1")


def test_a_report_address_with_a_query_keeps_it(bench):
    story, report, _ = load_checked(bench.content, bench.docs)
    from explainer.rendering.edition import Edition
    from explainer.rendering.page_view import PageView

    (bench.content / "story.yml").write_text(
        (bench.content / "story.yml")
        .read_text("utf-8")
        .replace("mailto:corrections@ostrevange.example", "mailto:a@b.example?cc=c@b.example"),
        "utf-8",
    )
    story, report, _ = load_checked(bench.content, bench.docs)
    view = PageView(
        Edition(story, story.languages["en"], {id: "" for id in story.pages}, report),
        story.pages["home"],
    )
    assert (
        view.report_link(story.facts["tramway-sold"])
        == "mailto:a@b.example?cc=c@b.example&subject=Error%3A%20tramway-sold"
    )


def test_value_in_a_phrase_is_not_a_placeholder(bench):
    told(bench, "people.yml", "name: Odile Brammerling", "name: Odile {count} Brammerling")
    story, report, _ = load_checked(bench.content, bench.docs)
    from explainer.rendering.edition import Edition

    assert "Odile {count} Brammerling\u00a0: 3" in Edition(
        story, story.languages["fr"], {}, report
    ).t("facts-about", name=story.people["brammerling"].name["fr"], count=3)


def test_a_foreign_word_is_found_whose_letters_change_without_case(bench):
    told(
        bench,
        "story.yml",
        "    endings: [/s, y/ies",
        "    foreign: {de: [Straße]}\n    endings: [/s, y/ies",
    )
    story, _ = load_story(bench.content)
    assert list(MentionFinder(story, "en").by_language("The Straße, so called")) == [
        ("The ", None),
        ("Straße", "de"),
        (", so called", None),
    ]


def test_html_put_back_is_not_looked_at_again():
    begin_page()
    store(Markup("<script>"))
    token = store(Markup(f"<ul><li>{BEGIN}0{END}</li></ul>"))
    assert restore(f"<p>{token}</p>") == f"<ul><li>{BEGIN}0{END}</li></ul>"


def test_a_page_cannot_have_the_place_of_the_assets(bench):
    assert bench.facts
    (bench.docs / "timeline.md").rename(bench.docs / "assets.md")
    story = {
        **bench.originals,
        "pages.yml": bench.originals["pages.yml"].replace(b"\ntimeline:", b"\nassets:"),
    }
    assert (
        "content/pages.yml:72:1: error: docs/assets is the folder of styles and scripts, and cannot be a page"
        in bench.judge(story).words
    )


@pytest.mark.build
@pytest.mark.parametrize("id", ["404", "search", "feed", "fr", "0"])
def test_page_may_have_the_name_of_a_site_file(second_story, id):
    second_story.edit("content/pages.yml", "\ntimeline:", f"\n{id}:")
    second_story.edit("docs/index.md", '"timeline"', f'"{id}"')
    (second_story.root / "docs" / "timeline.md").rename(second_story.root / "docs" / f"{id}.md")
    result = second_story.build("--strict")
    assert result.returncode == 0, result.stdout
    assert (second_story.site / "fr" / id / "index.html").is_file()


LEAST = {
    "people.yml": b"{}\n",
    "organizations.yml": b"town: {name: Ville, description: founded}\n",
    "roles.yml": b"{}\n",
    "quotes.yml": b"{}\n",
    "glossary.yml": b"{}\n",
    "source-notes.yml": b"{}\n",
    "updates.yml": b"{}\n",
    "sources.yml": b"deed: {kind: document, title: Acte, publisher: unknown, language: fr, published: unknown, verified: read}\n",
    "facts/tramway.yml": b"founded:\n  text: {fr: Ville est ici., de: Ville ist hier., en: Ville is here.}\n  about: [town]\n  status: reported\n  date: 2001\n  cites: [{source: deed}]\n",
}


@pytest.mark.build
def test_the_least_that_a_story_can_be_is_built(bench):
    pages = yaml.load(bench.originals["pages.yml"], yaml.CBaseLoader)
    for page in pages.values():
        page.pop("sections", None)
        page.pop("lead", None)
    pages["home"]["lead"] = ["founded"]
    settings = yaml.load(bench.originals["story.yml"], yaml.CBaseLoader) | {"notice": "founded"}
    bench.lay_out(
        {
            **bench.originals,
            **LEAST,
            "pages.yml": yaml.safe_dump(pages, allow_unicode=True).encode(),
            "story.yml": yaml.safe_dump(settings, allow_unicode=True, sort_keys=False).encode(),
        }
    )
    result = bench.project.build("--strict")
    assert result.returncode == 0, result.stdout


# --- files that are none ---------------------------------------------------------------------------


def _pipe(path: Path) -> None:
    os.mkfifo(path)


ODD_FILES = {
    "a folder": Path.mkdir,
    "a pipe": _pipe,
    "a link to an endless file": lambda path: path.symlink_to("/dev/zero"),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a file that fails while it is read": lambda path: path.symlink_to("/proc/self/mem"),
}


@pytest.mark.parametrize("kind", ODD_FILES)
@pytest.mark.parametrize(
    "file",
    ["content/people.yml", "content/story.yml", "content/facts/tramway.yml", "sources/journal.txt"],
)
def test_device_in_place_of_a_file_is_a_problem(bench, kind, file):
    """Nothing is waited for."""
    path = bench.project.root / file
    path.unlink()
    ODD_FILES[kind](path)
    result = bench.project.check()
    assert result.returncode == 1
    assert "Traceback" not in result.stdout
    assert (
        f"{file}:1:1: error: "
        if "content" in file
        else "content/sources.yml:8:9: error: the copy journal.txt, line 1: "
    ) in result.stdout


@pytest.mark.parametrize(
    "name", [b"x\xff.yml", b"odd\nname.yml", "‮gpj.yml".encode(), b"facts\xe9", b"x" * 250]
)
def test_odd_file_name_is_printed_on_one_line(bench, name):
    Path(os.fsdecode(os.fsencode(bench.content) + b"/" + name)).touch()
    result = bench.project.check()
    assert result.returncode == 1
    assert "Traceback" not in result.stdout
    lines = [line for line in result.stdout.splitlines() if "nothing reads this file" in line]
    assert len(lines) == 1
    assert re.match(r"content/\S+:1:1: warning: ", lines[0])


# --- time and memory -------------------------------------------------------------------------------


def many(count: int, record: str) -> bytes:
    return "".join(record.replace("%", str(n)) for n in range(count)).encode()


FACT = "\nfact-%:\n  text: {fr: Texte % de Personne % Martin, de: Text % von Personne % Martin, en: Text % of Personne % Martin}\n  about: [person-%]\n  status: announced\n  date: 2021\n  cites: [{source: deed-of-sale}]\n"
GROWN = {
    "people whom facts name": {
        "people.yml": many(
            3000, "\nperson-%:\n  name: Personne % Martin\n  description: tramway-sold\n"
        ),
        "facts/tramway.yml": many(3000, FACT),
    },
    "unknown ids": {"facts/tramway.yml": many(6000, FACT)},
    "facts in a chain": {
        "facts/tramway.yml": many(4000, FACT.replace("\n  date", "\n  overtaken: fact-%0\n  date"))
    },
    "facts in a circle": {
        "facts/tramway.yml": b"".join(
            FACT.replace("\n  date", f"\n  overtaken: fact-{(n + 1) % 4000}\n  date")
            .replace("%", str(n))
            .encode()
            for n in range(4000)
        )
    },
    "holders of an office": {
        "roles.yml": many(
            8000,
            "\nrole-%:\n  person: brammerling\n  office: ostrevange-mayor\n  from: 2020\n  until: 2021\n  facts: [tramway-sold]\n",
        )
    },
    "sources": {
        "sources.yml": many(
            8000,
            "\nsource-%:\n  kind: document\n  title: Titre %\n  publisher: unknown\n  language: fr\n  published: 2020\n  verified: read\n",
        )
    },
    "quotes": {
        "quotes.yml": many(
            6000,
            "\nquote-%:\n  words: Mots %\n  language: fr\n  by: brammerling\n  date: 2022\n  cites: [{source: deed-of-sale}]\n",
        )
    },
    "opening quotation marks": {
        "updates.yml": many(
            120,
            "\nupdate-%:\n  date: 2022\n  kind: update\n  text: {fr: "
            + "« " * 900
            + ", de: "
            + "„" * 1900
            + ", en: "
            + "‘" * 1900
            + "}\n",
        )
    },
    "figures": {
        "updates.yml": many(
            250,
            "\nupdate-%:\n  date: 2022\n  kind: update\n  text: {fr: "
            + "1 234 " * 300
            + ", de: "
            + "1.234" * 350
            + ", en: '"
            + "1,234,567" * 200
            + "'}\n",
        )
    },
    "digits and spaces": {
        "updates.yml": many(
            250,
            "\nupdate-%:\n  date: 2022\n  kind: update\n  text: {fr: "
            + "9" * 1900
            + ", de: x"
            + " " * 1900
            + "x, en: "
            + "1–" * 900
            + "}\n",
        )
    },
    "months": {
        "updates.yml": many(
            250,
            "\nupdate-%:\n  date: 2022\n  kind: update\n  text: {fr: "
            + "1 mars " * 250
            + ", de: "
            + "1. März"
            + " " * 1800
            + "x, en: "
            + "May " * 450
            + "}\n",
        )
    },
    "a source in one paragraph": {"../sources/journal.txt": b"mot " * 400_000},
    "unknown keys of a record": {
        "people.yml": b"\nsomebody:\n  name: Personne\n" + many(20_000, "  kk%: x\n")
    },
    "names that begin alike": {
        "people.yml": many(
            600, "\nperson-%:\n  name: Martin " + "a " * 40 + "%\n  description: tramway-sold\n"
        ),
        "facts/tramway.yml": many(300, FACT.replace("Personne % Martin", "Martin " + "a " * 900)),
    },
    "texts that lack languages": {
        "glossary.yml": b"".join(
            b"\nterm-%d:\n  term: x\n  definition: {fr%s: x}\n"
            % (n, b"".join(b", x%c: y" % (97 + n % 26) for _ in range(1)))
            for n in range(9000)
        )
    },
    "sentences of a page": {
        "pages.yml": b"home:\n  title: x\n  label: x\n  description: x\n  lead:\n"
        + many(10_000, "    - {facts: [a%, b, c], text: {fr: x %, de: y %, en: z %}}\n")
    },
    "entities of each name": {
        "people.yml": many(
            2500,
            "\nperson-%:\n  name: Personne\n  aliases: [Personne % a, Personne % b]\n  description: tramway-sold\n",
        )
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("what", GROWN)
def test_content_a_hundred_times_larger_is_checked_whole(bench, what):
    bench.lay_out(
        {
            **bench.originals,
            **{
                file: (bench.originals[file] if file == "people.yml" else b"") + data
                for file, data in GROWN[what].items()
            },
        }
    )
    with (
        at_most(60),
        environ(EXPLAINER_SOURCES=bench.project.sources),
    ):  # seconds on a quiet machine
        story, _ = load_story(bench.content)
        assert len(check_story(story, bench.docs, PassageReport())) < 200_000


@pytest.mark.slow
@pytest.mark.parametrize("bomb", range(len(BOMBS)))
def test_a_bomb_does_not_go_off(tmp_path, bomb):
    path = tmp_path / "bomb.yml"
    path.write_text(BOMBS[bomb](), "utf-8")
    with at_most(30):
        document, problems = read(path, "bomb.yml")
    size = sum(
        len(str(key)) + (len(holder[key]) if isinstance(holder[key], str) else 0)
        for holder, key in slots(document.data)
    )
    assert problems or size <= 3 * path.stat().st_size, "no more comes out than went in"


# --- properties ------------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from(CHARACTERS + "ab:-[]{}'\"#&*!|>%@`\n\t ,?\\0")
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400) | ANY_TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))
@pytest.mark.parametrize("loader", [parser.Loader, yaml.SafeLoader])
def test_any_bytes_are_data_or_problems_at_their_place(tmp_path_factory, loader, data):
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_bytes(data)
    before, parser.Loader = parser.Loader, loader
    try:
        document, problems = read(path, "any.yml")
    finally:
        parser.Loader = before
    lines = len(re.split("\r\n|[\n\r\x85\u2028\u2029]", data.decode("utf-8", "replace")))
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert len(str(problem).splitlines()) <= 2
    assert problems or not document.broken


TREES = st.recursive(
    st.none() | ANY_TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            ANY_TEXT
            | st.sampled_from(
                ["text", "about", "facts", "name", "[key]", "fr", "description", "offices", "cites"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(
        [
            "people.yml",
            "story.yml",
            "pages.yml",
            "facts/tramway.yml",
            "interface.yml",
            "quotes.yml",
            "sources.yml",
        ]
    ),
    tree=TREES,
    whole=st.booleans(),
)
def test_any_tree_of_values_is_a_story_or_problems(tmp_path_factory, file, tree, whole):
    bench = _any_bench(tmp_path_factory)
    data = tree if whole else {**yaml.load(bench.originals[file], yaml.CBaseLoader), "any-id": tree}
    text = yaml.dump(data, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False)
    verdict = bench.judge({**bench.originals, file: text.encode("utf-8", "surrogatepass")})
    assert verdict.end in ENDS[:3], verdict.words


_BENCHES: dict[Path, Bench] = {}


def _any_bench(factory: pytest.TempPathFactory) -> Bench:
    folder = factory.getbasetemp() / "any-tree"
    return _BENCHES.get(folder) or _BENCHES.setdefault(folder, Bench(folder, SECOND_STORY))


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_problem_prints_as_two_printable_lines(file, message, hint):
    shown = str(Problem(file, 1, 1, "error", message, hint))
    assert len(shown.splitlines()) <= 2
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown
    )
    shown.encode("utf-8")


@given(ANY_TEXT)
def test_any_text_is_a_date_or_a_plain_problem(text):
    try:
        assert PartialDate.parse(text).first <= PartialDate.parse(text).last
    except ValueError as error:
        assert re.search('" is not (a date|in the calendar)', str(error))


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=30))
def test_a_hint_can_be_given_for_any_word(word, words):
    assert isinstance(suggest(word, words), str)


@given(ANY_TEXT, ANY_TEXT.filter(str.strip), st.none() | ANY_TEXT.filter(str.strip))
def test_any_passage_is_found_or_not(paragraph, start, end):
    assert str(find_passage(paragraph, start, end)).startswith(("None", "is ", "has "))
    assert nearest_words(paragraph, start) in " ".join(paragraph.split())


@given(ANY_TEXT)
def test_the_words_and_signs_of_a_text_are_the_text(text):
    parts = WORD.findall(text)
    assert "".join(parts) == text
    assert all(len(part) == 1 or all(map(LETTER.match, part)) for part in parts)


NAMES = (
    "Ada",
    "Ada B",
    "Ada B Lovelace",
    "B",
    "ada b",
    "C++",
    "C",
    "+",
    "d’Ada",
    "Ada-B",
    "_x",
    "Ünïon",
    "(a+)+$",
)


@pytest.mark.build
@given(
    st.lists(st.sampled_from([*NAMES, " ", "x", "’", "+", ", ", "a", "_"]), max_size=8).map(
        "".join
    ),
    st.lists(st.sampled_from(NAMES), unique=True),
    st.lists(st.sampled_from(NAMES), unique=True),
)
def test_mentions_match_one_expression_of_all_names(text, entities, terms):
    def either(names):
        return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)"

    one = re.compile(rf"(?<!\w)(?:(?P<entity>{either(entities)})|(?P<term>{either(terms)}))(?!\w)")
    expected = [(match.start(), match.end(), match.lastgroup) for match in one.finditer(text)]
    story, _ = load_story(SECOND_STORY / "content")
    assert [
        (mention.start, mention.end, mention.kind)
        for mention in names_of(story, entities, terms)._found(text)
    ] == expected


def names_of(story, entities, terms):
    """What finds some names of entities and terms, nothing else."""
    from types import SimpleNamespace

    people = {name: SimpleNamespace(id=name, name={"en": name}, aliases={}) for name in entities}
    glossary = {name: SimpleNamespace(id=name, term={"en": name}, aliases={}) for name in terms}
    names = MentionFinder(
        SimpleNamespace(entities=people, terms=glossary, quotes={}, settings=story.settings), "en"
    )
    names.terms = {name: name for name in terms}
    return names
