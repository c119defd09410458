"""Prompts for the fields of a new record, with the allowed values, until an answer is valid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, get_args, get_origin

import click
from pydantic import ValidationError

from explainer.editing.new_record import KINDS, Field, fields, split, stub
from explainer.problems import suggest, with_article, with_hint
from explainer.reading.parser import parse
from explainer.schema import id_types
from explainer.schema.error_messages import validation_problems
from explainer.schema.field_types import JsonSchema
from explainer.schema.introspection import unwrap_annotation
from explainer.story.story import Story

NEXT = {"fact": "name it in content/pages.yml", "source": "cite it in a fact"}


def check_id(story: Story, id: str) -> None:
    """Raise ClickException where a new record cannot have an id.

    Offices and former ids of facts take ids too.
    """
    taken = {
        former: f"{fact.file}:{fact.line_at('was')}"
        for fact in story.facts.values()
        for former in fact.was
    }
    taken |= {
        office: f"{organization.file}:{organization.line_at('offices', office)}"
        for office, (organization, _) in story.offices.items()
    }
    taken |= story.ids
    if not id_types.ID.fullmatch(id):
        raise click.ClickException(
            f"ids are lower-case words with hyphens: {id_types.as_id(id) or 'like-this'}"
        )
    if len(id) > id_types.MAX_ID:
        raise click.ClickException(f"this id is longer than {id_types.MAX_ID} characters")
    if id in taken:
        raise click.ClickException(f'"{id}" is taken: {taken[id]}')


def parse_options(story: Story, kind: str, options: Iterable[str]) -> dict[str, str]:
    """Return the values of options such as `date=2023-11-20`, by path.

    Raises:
        ClickException: A record of the kind cannot hold a value.
    """
    languages, values = list(story.languages), {}
    paths = [field.path for field in fields(kind, languages)]
    for option in options:
        path, sign, value = option.partition("=")
        if not sign or path not in paths:
            raise click.ClickException(
                f"{with_article(kind)} has no field {path}; its fields: {', '.join(paths)}"
                if sign
                else f'"{option}" gives no value: {path}=…'
            )
        if value and (error := validation_error(kind, path, value, languages)):
            raise click.ClickException(f"{path}: {error}")
        values[path] = value
    return {path: value for path, value in values.items() if value}


def choose_subject(story: Story, subject: str | None, asked: bool) -> str:
    """Return which file of facts a fact goes to.

    Args:
        story: The story, whose subjects name the files.
        subject: The one named, if any; a single subject needs no name.
        asked: Whether to ask where none is named.

    Raises:
        ClickException: There is no such file, or none is named.
    """
    subjects = list(story.settings.subjects)
    if subject is None and len(subjects) == 1:
        return subjects[0]
    if subject is None and not asked:
        raise click.ClickException(
            f"which file does the fact go to? --subject with one of {', '.join(subjects)}"
        )
    if subject is None:
        return _prompt("subject", ", ".join(subjects), lambda answer: _no_subject(answer, subjects))
    if error := _no_subject(subject, subjects):
        raise click.ClickException(error)
    return subject


def _no_subject(answer: str, subjects: list[str]) -> str:
    return (
        ""
        if answer in subjects
        else with_hint(f'no subject is called "{answer}"', suggest(answer, subjects))
    )


def ask(story: Story, kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """Ask for the fields that a record needs and are not `given`; return both, by path."""
    click.echo("Enter alone leaves a field empty, for later.")
    languages, values = list(story.languages), dict(given)
    for field in fields(kind, languages):
        if field.asked and field.path not in values:
            said = [values.get(f"{field.text}.{language}") for language in languages if field.once]
            values[field.path] = _answer(story, kind, field, default=next(filter(None, said), ""))
    return {path: answer for path, answer in values.items() if answer}


def _answer(story: Story, kind: str, field: Field, default: str) -> str:
    doubted: set[str] = set()  # answers that name what there is not: it may be about to be written

    def error_of(answer: str) -> str:
        is_repeated = answer in doubted
        doubted.add(answer)
        return answer and (
            validation_error(kind, field.path, answer, list(story.languages))
            or ("" if is_repeated else _unknown(story, field, answer))
        )

    return _prompt(field.path, allowed_values(field), error_of, default)


def _prompt(
    name: str, allowed: str, error_of: Callable[[str], str], default: str | None = None
) -> str:
    """Ask for a value until `error_of` finds no error; `allowed` says what may stand there."""

    def checked(answer: str) -> str:
        if message := error_of(answer):
            raise click.UsageError(message)
        return answer

    return click.prompt(
        f"{name} ({allowed})" if allowed else name,
        default=default,
        show_default=bool(default),
        value_proc=checked,
    )


def allowed_values(field: Field) -> str:
    """Return what may stand in a field, in a few words; nothing where any text may."""
    return "; ".join(filter(None, (_form(field), "" if field.needed else "may stay empty")))


def _form(field: Field) -> str:
    bare, metadata = unwrap_annotation(field.info.annotation)
    if get_origin(bare) is Literal:
        return ", ".join(get_args(bare))
    if field.refers:
        return "ids, with commas between" if field.several else "an id"
    schema = next(
        (item.schema for item in [*field.info.metadata, *metadata] if isinstance(item, JsonSchema)),
        {},
    )
    listed = schema.get("examples")
    examples = [
        example
        for example in (listed if isinstance(listed, list) else ())
        if isinstance(example, str) and example != "…"
    ]
    words = [example for example in examples[1:] if example.isalpha()]
    return ", or ".join([f"as in {examples[0]}", *words]) if examples else ""


def validation_error(kind: str, path: str, answer: str, languages: list[str]) -> str:
    """Return why an answer is invalid at a path of a record; nothing where it is valid.

    The answer is parsed and validated in a stub of the record. Whether the ids that it names exist
    is not checked.
    """
    text = next(field.text for field in fields(kind, languages) if field.path == path)
    given = {f"{text}.{language}": answer for language in languages} if text else {path: answer}
    document, problems = parse(stub(kind, "new", given, languages), "answer.yml")
    data = document.data if isinstance(document.data, dict) else {}
    try:
        KINDS[kind].model_validate(data.get("new"), context={"languages": tuple(languages)})
    except ValidationError as error:
        problems += validation_problems(
            KINDS[kind],
            document,
            ("new",),
            [
                dict(detail)
                for detail in error.errors(include_url=False)
                if _is_at(path, detail["loc"])
            ],
        )
    return next((with_hint(problem.message, problem.hint) for problem in problems), "")


def _is_at(path: str, loc: tuple[int | str, ...]) -> bool:
    """Return whether a location inside a record, as pydantic gives it, is at a path or below."""
    return f"{'.'.join(step for step in loc if isinstance(step, str))}.".startswith(f"{path}.")


def _unknown(story: Story, field: Field, answer: str) -> str:
    """Return which id in an answer is unknown, in words; nothing where all are known."""
    if not field.refers:
        return ""
    kinds = field.refers.kinds
    known = {record.id for record in story.records() if record.kind_name in kinds} | (
        set(story.offices) if "office" in kinds else set()
    )
    known |= {id for id, kind in story.invalid_ids.items() if kind in kinds}
    for id in split(answer):
        if id not in known:
            return with_hint(
                with_hint(f'unknown {field.refers.name} "{id}"', suggest(id, known)),
                "the same again is taken, to be added later",
            )
    return ""


def next_step(kind: str, given: Mapping[str, str], languages: Iterable[str]) -> str:
    """Return what an editor does next with a new record of the values `given`."""
    empty = any(field.needed and not given.get(field.path) for field in fields(kind, languages))
    return ", then ".join(
        [
            *(["fill in what is empty"] if empty else []),
            *([NEXT[kind]] if kind in NEXT else []),
            "make check",
        ]
    )
