"""Which words of the interface are asked for, with which values: by components, by templates, by names built from the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

from explainer.checks.translations import deviating_languages, join_or_nothing
from explainer.problems import ERROR, WARNING, ContentError, Problem, closest_match, suggest
from explainer.reading.parser import read_text
from explainer.reading.template_files import templates_in
from explainer.schema.records import Fact, Organization, Person, Product, Source, SourceNote, Update
from explainer.story.passage_report import FOUND, UNCHECKED
from explainer.story.story import Story

HOOKS = Path(__file__).resolve().parents[2]


# The theme's own words, lang.t(…), are not asked for here.
ASKED = re.compile(
    r"""(?<!lang\.)\bt\(\s*["'](?P<key>[a-z]+(?:-[a-z]+)*)["']\s*(?:\)|,(?P<values>[^{}\n]*))"""
)


PLACEHOLDER = re.compile(r"\{(\w+)\}")


@cache
def required() -> dict[str, set[str] | None]:
    """The keys that must be in interface.yml, whatever the story, with the values each is given: None where that is not known."""
    sources = [*HOOKS.glob("theme/**/*.html"), *HOOKS.glob("explainer/**/*.py")]
    named = _asked(source.read_text("utf-8") for source in sources)
    built = {
        *(f"status-{status}" for status in _words(Fact, "status")),
        *(f"meaning-{status}" for status in (*_words(Fact, "status"), "overtaken")),
        *(f"note-{kind}" for kind in _words(SourceNote, "kind")),
        *(f"update-{kind}" for kind in _words(Update, "kind")),
        *(f"verified-{how}" for how in _words(Source, "verified")),
        *(f"passage-{state}" for state in (FOUND, UNCHECKED)),
        *(f"entities-{kind.kind_name}" for kind in (Person, Organization, Product)),
        *(f"changes-{what}" for what in ("added", "overtaken", "changed", "removed", "none")),
        "unknown",
        "ongoing",
        "permalink",
        "translated",
    }
    return dict.fromkeys(built) | named


def _words(kind: type, field: str) -> tuple[str, ...]:
    return get_args(kind.model_fields[field].annotation)


def check_theme(story: Story, folders: Sequence[str]) -> Iterator[Problem]:
    """The theme has a few words of its own in every language; `folders` hold its templates, and are none where it is not known."""
    for code in story.languages if folders else ():
        if not any(
            Path(folder, "partials", "languages", f"{code}.html").is_file() for folder in folders
        ):
            yield story.settings.problem(
                f'the theme has no words in "{code}"',
                "languages",
                code,
                key=True,
                hint=f"write them in hooks/theme/partials/languages/{code}.html, after the theme's own",
            )


def _asked(texts: Iterable[str]) -> dict[str, set[str]]:
    """The keys that code and templates ask for by name, with the names of the values that they give."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for match in ASKED.finditer(text):
            found.setdefault(match["key"], set()).update(
                re.findall(r"(\w+)=", match["values"] or "")
            )
    return found


def _template(path: Path) -> str:
    """A template's text as the file has it; empty where it cannot be read, which its rendering tells."""
    try:
        return read_text(path, path.name, compose=False)
    except ContentError:
        return ""


def check_phrases(story: Story, docs: Path) -> Iterator[Problem]:
    """Every word that a page will ask for is in interface.yml, with a place for the same values in every language."""
    templates = {path: _template(path) for path in templates_in(docs).values() if path.is_file()}
    spare = set(story.phrases) - set(required()) - set(_asked(templates.values()))
    for key in sorted(set(required()) - set(story.phrases)):
        meant = closest_match(key, spare)
        if meant:
            yield story.phrases[meant].problem(
                f'the phrase "{key}" is missing',
                key=True,
                hint=f'nothing asks for "{meant}": is it meant?',
            )
        else:
            yield Problem(
                story.file("interface.yml"),
                1,
                1,
                ERROR,
                f'the phrase "{key}" is missing',
                f"{key}: {{…}}, in every language",
            )
    for path, text in templates.items():
        for match in ASKED.finditer(text):
            if match["key"] not in story.phrases and match["key"] not in required():
                line, start = (
                    text.count("\n", 0, match.start()) + 1,
                    text.rfind("\n", 0, match.start()),
                )
                file = f"{docs.name}/{path.relative_to(docs).as_posix()}"
                yield Problem(
                    file,
                    line,
                    match.start("key") - start,
                    ERROR,
                    f'interface.yml has no phrase "{match["key"]}"',
                    suggest(match["key"], story.phrases)
                    or f"{match['key']}: {{…}}, in every language",
                )
    values = {
        **required(),
        **{
            key: names | (required().get(key) or set())
            for key, names in _asked(templates.values()).items()
        },
    }
    for phrase in story.phrases.values():
        places = {code: set(PLACEHOLDER.findall(text)) for code, text in phrase.text.items()}
        known = values.get(phrase.id)
        unknown = (
            [(code, name) for code in places for name in sorted(places[code] - known)]
            if known is not None
            else []
        )
        for code, name in unknown:
            yield phrase.problem(
                f"no value is called {{{name}}} in this phrase",
                code,
                hint=suggest(name, known) or "it is given no values",
            )
        for usual, code in deviating_languages(places) if not unknown else ():
            yield phrase.problem(
                f"the values differ: {join_or_nothing(places[usual] - places[code])} in {usual}, {join_or_nothing(places[code] - places[usual])} in {code}",
                code,
                level=WARNING,
                hint="each language has a place for the same values: {name}",
            )
