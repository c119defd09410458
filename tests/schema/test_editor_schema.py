"""What an editor's autocompletion is told: it fits the model, and lets through what the model lets through."""

from __future__ import annotations

import re

import jsonschema
import pytest
from referencing import Registry, Resource

from explainer.editing.editor_schema import ids, kinds, parts_in, schemas, stale
from explainer.reading.parser import read
from explainer.schema.record import Part
from explainer.story.loader import load_story
from support.project import PROJECT, RICH_STORY, SECOND_STORY, Project


def typed(data: object) -> object:
    """Data as an editor's YAML 1.2 reader has it: what looks like a number, or is true or false, is taken for that."""
    if isinstance(data, dict):
        return {key: typed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [typed(value) for value in data]
    if isinstance(data, str) and re.fullmatch(r"-?\d+|-?\d+e\d+", data):
        return float(data) if "e" in data else int(data)
    return data == "true" if data in ("true", "false") else data


def validator(name: str, content=RICH_STORY / "content"):
    registry = Registry().with_resource(
        "ids.json", Resource.from_contents(ids(load_story(content)[0]))
    )
    return jsonschema.Draft202012Validator(schemas()[name], registry=registry)


def test_what_is_committed_says_what_the_model_says():
    assert stale(PROJECT) == []


@pytest.mark.parametrize("name", kinds())
def test_each_schema_is_valid_and_fits_the_content(name: str):
    jsonschema.Draft202012Validator.check_schema(schemas()[name])
    for content in (RICH_STORY / "content", SECOND_STORY / "content"):
        files = (
            sorted((content / "facts").glob("*.yml"))
            if name == "facts"
            else [content / f"{name}.yml"]
        )
        for file in files:
            data, _ = read(file, file.name)
            assert [
                f"{list(error.path)}: {error.message}"
                for error in validator(name, content).iter_errors(typed(data.data))
            ] == []


@pytest.mark.parametrize(
    "change",
    [
        {"statsu": "confirmed"},
        {"status": "rumoured"},
        {"date": "20/11/2023"},
        {"about": []},
        {"cites": [{"paragraph": 1}]},
        {"state": "yes"},
    ],
)
def test_a_mistake_is_marked_while_it_is_typed(change: dict):
    fact = next(iter(typed(read(RICH_STORY / "content/facts/people.yml", "")[0].data).values()))
    assert not list(validator("facts").iter_errors({"a-fact": fact}))
    assert list(validator("facts").iter_errors({"a-fact": fact | change}))


@pytest.mark.parametrize(
    "change",
    [
        {"date": 2023},
        {"reviewed": 1000},
        {"reviewed": 1e34},
        {"state": True},
        {"text": {"it": 2023, "en": "2023"}},
        {"cites": [{"source": "article", "paragraph": 6}]},
    ],
)
def test_what_is_typed_bare_passes(change: dict):
    fact = next(iter(typed(read(RICH_STORY / "content/facts/people.yml", "")[0].data).values()))
    assert not list(validator("facts").iter_errors({"a-fact": fact | change}))


def test_existing_ids_are_completed_and_new_ids_pass():
    story, _ = load_story(RICH_STORY / "content")
    known = ids(story)["$defs"]
    assert known["fact"]["anyOf"][0]["enum"] == list(story.facts)
    assert known["office"]["anyOf"][0]["enum"] == list(story.offices)
    fact = next(iter(typed(read(RICH_STORY / "content/facts/people.yml", "")[0].data).values()))
    assert not list(validator("facts").iter_errors({"a-fact": fact | {"about": ["somebody-new"]}}))


def parts(part: type[Part]):
    """A record's class and those of its parts."""
    yield part
    for field in part.model_fields.values():
        for inner in parts_in(field.annotation):
            yield from parts(inner)


@pytest.mark.parametrize("name", kinds())
def test_every_field_has_a_description(name: str):
    for part in parts(kinds()[name]):
        for field, info in part.model_fields.items():
            assert info.description, f"{part.__name__}.{field}"


@pytest.mark.build
def test_check_and_build_write_ids_and_no_committed_file(
    second_story: Project,
):
    folder = second_story.root / ".schema"
    assert second_story.check().returncode == 0
    assert not folder.exists()  # where there are no schemas, nobody wants them
    folder.mkdir()
    assert second_story.check().returncode == 0
    assert [path.name for path in folder.iterdir()] == ["ids.json"]
    before = (folder / "ids.json").read_text()
    (folder / "ids.json").unlink()
    assert second_story.build("--strict").returncode == 0
    assert (folder / "ids.json").read_text() == before
    assert "tramway-sold" in before
    assert "/.schema/ids.json" in (PROJECT / ".gitignore").read_text().splitlines()
