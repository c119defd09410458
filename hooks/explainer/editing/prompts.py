"""Asking an editor for a new record: what may stand in each field is said beforehand, and an answer that cannot stand is asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, get_args, get_origin

import click
from pydantic import ValidationError

from explainer.editing.new_record import KINDS, Field, fields, split, stub
from explainer.problems import suggest, with_article, with_hint
from explainer.reading.parser import parse
from explainer.schema import field_types, id_types
from explainer.schema.error_messages import validation_problems
from explainer.schema.introspection import unwrap_annotation
from explainer.story.story import Story

NEXT = {"fact": "name it in content/pages.yml", "source": "cite it in a fact"}


def check_id(story: Story, id: str) -> None:
    """Raise ClickException, in words, where a new record cannot have an id. Offices, and ids that facts had before, take one too."""
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
    """The values that options such as `date=2023-11-20` give, by path. Raises ClickException where a record of the kind cannot hold one."""
    languages, found = list(story.languages), {}
    paths = [field.path for field in fields(kind, languages)]
    for option in options:
        path, sign, value = option.partition("=")
        if not sign or path not in paths:
            raise click.ClickException(
                f"{with_article(kind)} has no field {path}; its fields: {', '.join(paths)}"
                if sign
                else f'"{option}" gives no value: {path}=…'
            )
        if value and (wrong := validation_error(kind, path, value, languages)):
            raise click.ClickException(f"{path}: {wrong}")
        found[path] = value
    return {path: value for path, value in found.items() if value}


def choose_subject(story: Story, subject: str | None, asked: bool) -> str:
    """Which file of facts a fact goes to: the one named, the only one, or, where somebody can be `asked`, what is answered.

    Raises ClickException where there is no such file, or no telling.
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
    if wrong := _no_subject(subject, subjects):
        raise click.ClickException(wrong)
    return subject


def _no_subject(answer: str, subjects: list[str]) -> str:
    return (
        ""
        if answer in subjects
        else with_hint(f'no subject is called "{answer}"', suggest(answer, subjects))
    )


def ask(story: Story, kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """Ask at the terminal for what a record of a kind must hold and is not `given`, by path; returns both together."""
    click.echo("Enter alone leaves a field empty, for later.")
    languages, found = list(story.languages), dict(given)
    for field in fields(kind, languages):
        if field.asked and field.path not in found:
            said = [found.get(f"{field.text}.{language}") for language in languages if field.once]
            found[field.path] = _answer(story, kind, field, default=next(filter(None, said), ""))
    return {path: answer for path, answer in found.items() if answer}


def _answer(story: Story, kind: str, field: Field, default: str) -> str:
    doubted = set()  # answers that name what there is not: it may be about to be written

    def wrong(answer: str) -> str:
        known = answer in doubted
        doubted.add(answer)
        return answer and (
            validation_error(kind, field.path, answer, list(story.languages))
            or ("" if known else _unknown(story, field, answer))
        )

    return _prompt(field.path, allowed_values(field), wrong, default)


def _prompt(name: str, may: str, wrong: Callable[[str], str], default: str | None = None) -> str:
    """Ask for a value until nothing is `wrong` with the answer; `may` says what may stand there."""

    def checked(answer: str) -> str:
        if message := wrong(answer):
            raise click.UsageError(message)
        return answer

    return click.prompt(
        f"{name} ({may})" if may else name,
        default=default,
        show_default=bool(default),
        value_proc=checked,
    )


def allowed_values(field: Field) -> str:
    """What may stand in a field, in a few words; nothing where any text may."""
    return "; ".join(filter(None, (_form(field), "" if field.needed else "may stay empty")))


def _form(field: Field) -> str:
    bare, more = unwrap_annotation(field.info.annotation)
    if get_origin(bare) is Literal:
        return ", ".join(get_args(bare))
    if field.refers:
        return "ids, with commas between" if field.several else "an id"
    told = next(
        (
            one.schema.get("examples", [])
            for one in [*field.info.metadata, *more]
            if isinstance(one, field_types.JsonSchema)
        ),
        [],
    )
    examples = [example for example in told if isinstance(example, str) and example != "…"]
    words = [example for example in examples[1:] if example.isalpha()]
    return ", or ".join([f"as in {examples[0]}", *words]) if examples else ""


def validation_error(kind: str, path: str, answer: str, languages: list[str]) -> str:
    """Why an answer cannot stand at a path of a record, in the check's words; nothing where it can.

    It is written, read and validated as the record would be: which of the ids that it may name there are, is not asked.
    """
    text = next(field.text for field in fields(kind, languages) if field.path == path)
    given = {f"{text}.{language}": answer for language in languages} if text else {path: answer}
    document, problems = parse(stub(kind, "new", given, languages), "answer.yml")
    try:
        KINDS[kind].model_validate(document.data["new"], context={"languages": tuple(languages)})
    except ValidationError as error:
        problems += validation_problems(
            KINDS[kind],
            document,
            ("new",),
            [detail for detail in error.errors(include_url=False) if _is_at(path, detail["loc"])],
        )
    return next((with_hint(problem.message, problem.hint) for problem in problems), "")


def _is_at(path: str, loc: tuple) -> bool:
    """Whether a place inside a record, as the model gives it, is at a path or below."""
    return f"{'.'.join(step for step in loc if isinstance(step, str))}.".startswith(f"{path}.")


def _unknown(story: Story, field: Field, answer: str) -> str:
    """Which of the ids in an answer there is not, in words."""
    kinds = field.refers.kinds if field.refers else ()
    known = {record.id for record in story.records() if record.kind_name in kinds} | (
        set(story.offices) if "office" in kinds else set()
    )
    known |= {id for id, kind in story.invalid_ids.items() if kind in kinds}
    for id in split(answer) if kinds else ():
        if id not in known:
            return with_hint(
                with_hint(f'unknown {field.refers.name} "{id}"', suggest(id, known)),
                "the same again is taken, to be added later",
            )
    return ""


def next_step(kind: str, given: Mapping[str, str], languages: Iterable[str]) -> str:
    """What an editor does once a record is there, of which some values were given, by path."""
    empty = any(field.needed and not given.get(field.path) for field in fields(kind, languages))
    return ", then ".join(
        [
            *(["fill in what is empty"] if empty else []),
            *([NEXT[kind]] if kind in NEXT else []),
            "make check",
        ]
    )
