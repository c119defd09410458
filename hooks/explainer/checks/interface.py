"""Check the words of the interface: every phrase that pages use is there, with its placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

from explainer.checks.translations import describe_difference, deviating_languages
from explainer.problems import ERROR, WARNING, ContentError, Problem, closest_match, suggest
from explainer.reading.parser import read_text
from explainer.reading.template_files import templates_in
from explainer.schema.record import Record
from explainer.schema.records import Fact, Organization, Person, Product, Source, SourceNote, Update
from explainer.schema.settings import Phrase
from explainer.story.passage_report import FOUND, UNCHECKED
from explainer.story.story import Story

COMPONENTS = Path(__file__).resolve().parents[2] / "theme"


# The phrases that Python code uses by name, with the values that it gives.
PHRASES_USED_IN_CODE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("checked-on", ("date",)),
    ("interim", ("office",)),
    ("not-found", ()),
    ("report-subject", ("id",)),
    ("search-found", ("count",)),
    ("search-none", ()),
    ("tenure-title", ("office",)),
)


# The phrases that templates use by names that they put together.
PHRASES_USED_BY_VALUE = (
    *(f"changes-{change}" for change in ("added", "overtaken", "changed", "removed", "none")),
    *(f"passage-{state}" for state in (FOUND, UNCHECKED)),
    "meaning-overtaken",
    "unknown",
    "ongoing",
    "permalink",
    "translated",
)


# A phrase in a template: t('read-on') or t("page-of", page=…); the theme's own are lang.t(…).
USE = re.compile(
    r"""(?<!lang\.)\bt\(\s*["'](?P<key>[a-z]+(?:-[a-z]+)*)["']\s*(?:\)|,(?P<values>[^{}\n]*))"""
)


VALUE_NAME = re.compile(r"(\w+)=")


PLACEHOLDER = re.compile(r"\{(\w+)\}")


# The names of the values that a phrase is given; None if they are not known.
ValueNames = set[str] | None


def check_phrases(story: Story, docs: Path) -> Iterator[Problem]:
    """Check that interface.yml has every phrase that pages use, with known placeholders.

    Args:
        story: The story with its phrases.
        docs: The folder of page templates.
    """
    templates = {path: _template(path) for path in templates_in(docs).values() if path.is_file()}
    used_in_templates = _used_phrases(templates.values())
    yield from _check_required(story, used_in_templates)
    for path, text in templates.items():
        yield from _check_template(story, f"{docs.name}/{path.relative_to(docs).as_posix()}", text)
    values = dict(required())
    for key, names in used_in_templates.items():
        values[key] = names | (values.get(key) or set())
    for phrase in story.phrases.values():
        yield from _check_placeholders(phrase, values.get(phrase.id))


def check_theme(story: Story, folders: Sequence[str]) -> Iterator[Problem]:
    """Check that the theme has its own words in every language.

    Args:
        story: The story with its languages.
        folders: The folders of the theme's templates; empty if they are not known.
    """
    for code in story.languages if folders else ():
        name = f"partials/languages/{code}.html"
        if not any(Path(folder, name).is_file() for folder in folders):
            yield story.settings.problem(
                f'the theme has no words in "{code}"',
                "languages",
                code,
                key=True,
                hint=f"write them in hooks/theme/{name}, after the theme's own",
                code="missing-theme-language",
            )


@cache
def required() -> Mapping[str, ValueNames]:
    """Return the phrases that every story needs, with the values that each is given."""
    components = _used_phrases(file.read_text("utf-8") for file in COMPONENTS.glob("**/*.html"))
    unknown_values = [
        *(f"status-{status}" for status in _choices(Fact, "status")),
        *(f"meaning-{status}" for status in _choices(Fact, "status")),
        *(f"note-{kind}" for kind in _choices(SourceNote, "kind")),
        *(f"update-{kind}" for kind in _choices(Update, "kind")),
        *(f"verified-{how}" for how in _choices(Source, "verified")),
        *(f"entities-{kind.kind_name}" for kind in (Person, Organization, Product)),
        *PHRASES_USED_BY_VALUE,
    ]
    phrases: dict[str, ValueNames] = {**dict.fromkeys(unknown_values), **components}
    for key, names in PHRASES_USED_IN_CODE:
        phrases[key] = set(names) | (phrases.get(key) or set())
    return phrases


def _choices(kind: type[Record], field: str) -> tuple[str, ...]:
    return get_args(kind.model_fields[field].annotation)


def _used_phrases(templates: Iterable[str]) -> dict[str, set[str]]:
    """Return the phrases that templates use by name, with the names of the values they give."""
    used: dict[str, set[str]] = {}
    for text in templates:
        for match in USE.finditer(text):
            names = VALUE_NAME.findall(match["values"] or "")
            used.setdefault(match["key"], set()).update(names)
    return used


def _template(path: Path) -> str:
    """Return the text of a template; empty if it cannot be read, which rendering reports."""
    try:
        return read_text(path, path.name, compose=False)
    except ContentError:
        return ""


def _check_required(story: Story, used_in_templates: Iterable[str]) -> Iterator[Problem]:
    unused = set(story.phrases) - set(required()) - set(used_in_templates)
    for key in sorted(set(required()) - set(story.phrases)):
        message = f'the phrase "{key}" is missing'
        similar = closest_match(key, unused)
        if similar:
            yield story.phrases[similar].problem(
                message,
                key=True,
                hint=f'nothing uses "{similar}": did you mean "{key}"?',
                code="missing-phrase",
            )
        else:
            file, hint = story.file("interface.yml"), f"{key}: {{…}}, in every language"
            yield Problem(file, 1, 1, ERROR, message, hint, "missing-phrase")


def _check_template(story: Story, file: str, text: str) -> Iterator[Problem]:
    """Yield the phrases that a template uses and interface.yml does not have."""
    for match in USE.finditer(text):
        key, start = match["key"], match.start("key")
        if key not in story.phrases and key not in required():
            yield Problem(
                file,
                text.count("\n", 0, start) + 1,
                start - text.rfind("\n", 0, start),
                ERROR,
                f'interface.yml has no phrase "{key}"',
                suggest(key, story.phrases) or f"{key}: {{…}}, in every language",
                "missing-phrase",
            )


def _check_placeholders(phrase: Phrase, known: ValueNames) -> Iterator[Problem]:
    """Yield placeholders that get no value, or else those that not every language has."""
    placeholders = {code: set(PLACEHOLDER.findall(text)) for code, text in phrase.text.items()}
    unknown = {code: names - known for code, names in placeholders.items() if known is not None}
    for code, names in unknown.items():
        for name in sorted(names):
            yield phrase.problem(
                f"this phrase gets no value {{{name}}}",
                code,
                hint=suggest(name, known or ()) or "it gets no values: write the text in full",
                code="unknown-placeholder",
            )
    if not any(unknown.values()):
        for usual, code in deviating_languages(placeholders):
            yield phrase.problem(
                f"the values differ: {describe_difference(placeholders, usual, code)}",
                code,
                level=WARNING,
                hint="use the same values in each language: {name}",
                code="placeholders-differ",
            )
