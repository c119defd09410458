"""Problems of records carry codes, which other code relies on instead of their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from explainer.codes import CODES
from explainer.problems import ContentError, Problem
from explainer.reading.parser import read
from explainer.schema.error_messages import validation_problems
from explainer.schema.record import Record
from explainer.schema.records import Fact, Role, Source
from explainer.story.loader import load_story
from support.project import Project

RECORDS: dict[type[Record], dict[str, str]] = {
    Fact: {
        "text": "{de: Die Stadt kaufte die Bahn., fr: La ville acheta le tram.}",
        "about": "[town]",
        "status": "confirmed",
        "date": "2022-06-14",
        "cites": "[{source: gazette}]",
    },
    Source: {
        "kind": "news",
        "title": "A title",
        "publisher": "A newspaper",
        "language": "fr",
        "published": "2022",
        "verified": "read",
    },
    Role: {
        "person": "mayor",
        "office": "mayor-of-town",
        "from": "2020",
        "until": "ongoing",
        "facts": "[elected]",
    },
}


def problems(tmp_path: Path, kind: type[Record], changes: dict[str, str | None]) -> list[Problem]:
    """Return the problems of a valid record whose keys are changed or, for None, left out."""
    fields = {key: text for key, text in (RECORDS[kind] | changes).items() if text is not None}
    file = tmp_path / "records.yml"
    lines = ["a-record:", *(f"  {key}: {text}" for key, text in fields.items())]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    document, unread = read(file, file.name)
    assert unread == []
    try:
        kind.model_validate(document.data["a-record"], context={"languages": ("de", "fr")})
    except ValidationError as error:
        details = error.errors(include_url=False)
        return list(validation_problems(kind, document, ("a-record",), details))
    return []


@pytest.mark.parametrize("kind", RECORDS)
def test_a_valid_record_has_no_problems(tmp_path, kind):
    assert problems(tmp_path, kind, {}) == []


@pytest.mark.parametrize(
    "kind, changes, codes",
    [
        (Fact, {"date": None}, ["missing-key"]),
        (Fact, {"colour": "red"}, ["unknown-key"]),
        (Fact, {"date": None, "dat": "2022"}, ["unknown-key"]),
        (Fact, {"date": ""}, ["missing-value"]),
        (Fact, {"about": "[town, ]\n  was:\n    -"}, ["missing-value"]),
        (Fact, {"status": "rumoured"}, ["invalid-choice"]),
        (Fact, {"status": "[confirmed]"}, ["wrong-type"]),
        (Fact, {"state": "maybe"}, ["invalid-choice"]),
        (Fact, {"date": "14/06/2022"}, ["invalid-date"]),
        (Fact, {"date": "[2022]"}, ["wrong-type"]),
        (Fact, {"about": "[Town Hall]"}, ["invalid-id"]),
        (Fact, {"about": "[]"}, ["list-length"]),
        (Fact, {"about": "town"}, ["wrong-type"]),
        (Fact, {"cites": "[gazette]"}, ["wrong-type"]),
        (Fact, {"overtaken": "{a: b}"}, ["wrong-type"]),
        (Fact, {"text": "Once for all."}, ["untranslated-text"]),
        (Fact, {"text": "{de: Nur das.}"}, ["missing-translation"]),
        (Fact, {"text": "{de: Das., fr: }"}, ["empty-text"]),
        (Fact, {"text": "{de: Das., fr: Ceci., en: This.}"}, ["unknown-language"]),
        (Source, {"author": '"a\\nb"'}, ["line-break"]),
        (Source, {"author": '"a\\u200bb"'}, ["invisible-character"]),
        (Source, {"author": "a" * 2001}, ["text-too-long"]),
        (Source, {"url": "example.org"}, ["invalid-format"]),
        (Source, {"published": "unknow"}, ["invalid-date"]),
        (Role, {"until": "[ongoing]"}, ["wrong-type"]),
    ],
)
def test_each_kind_of_mistake_has_its_code(tmp_path, kind, changes, codes):
    assert [problem.code for problem in problems(tmp_path, kind, changes)] == codes
    assert set(codes) <= set(CODES)


@pytest.mark.parametrize(
    "text, languages",
    [("{de: Das.}", ("fr",)), ("{fr: Ceci.}", ("de",)), ("{}", ("de", "fr"))],
)
def test_a_missing_translation_carries_its_languages(tmp_path, text, languages):
    (problem,) = problems(tmp_path, Fact, {"text": text})
    assert (problem.code, problem.languages) == ("missing-translation", languages)


def test_a_language_new_to_a_file_is_reported_once(second_story: Project):
    settings = second_story.root / "content" / "story.yml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("languages:\n", 'languages:\n  it: {locale: it-IT, quotes: ["«", "»"]}\n', 1),
        "utf-8",
    )
    with pytest.raises(ContentError) as error:
        load_story(second_story.root / "content")
    missing = [problem for problem in error.value.problems if problem.code == "missing-translation"]
    in_facts = [problem for problem in missing if problem.file == "content/facts/tramway.yml"]
    assert len(in_facts) == 1
    assert {problem.languages for problem in missing} == {("it",)}


def test_single_texts_without_a_language_are_reported_each(second_story: Project):
    file = second_story.root / "content" / "facts" / "tramway.yml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    english = [index for index, line in enumerate(lines) if line.startswith("    en: ")][:3]
    file.write_text(
        "".join(line for index, line in enumerate(lines) if index not in english), "utf-8"
    )
    _, found = load_story(second_story.root / "content")
    missing = [problem for problem in found if problem.code == "missing-translation"]
    assert [problem.languages for problem in missing] == [("en",)] * 3
