"""Checks of ids: each that is named exists, and none stands for two things."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.problems import ERROR, MAX_SUGGESTIONS, Problem, suggest, with_article
from explainer.schema.files import FILES
from explainer.schema.introspection import references
from explainer.story.story import Story

FEW = 3  # slips with one likely cause, from which on it is told instead of them


FILES_OF = {
    **{kind.kind_name: name for name, (_, kind) in FILES.items()},
    "fact": "the folder facts",
    "office": "organizations.yml, under `offices`",
}


def check_references(story: Story) -> Iterator[Problem]:
    """Every id that a record names exists, and is of a kind that may stand there."""
    known: dict[str, set[str]] = {"office": set(story.offices)}
    for record in story.records():
        known.setdefault(record.kind_name, set()).add(record.id)
    kind_of = {id: kind for kind, ids in known.items() for id in ids}
    not_known = story.unreadable_kinds | (
        {"office"} if "organization" in story.incomplete_kinds else set()
    )
    no_file = story.missing_kinds | ({"office"} if "organization" in story.missing_kinds else set())
    slips = [
        (record, id, refers, route)
        for record in (story.settings, *story.records())
        for id, refers, route in references(record)
        if not any(id in known.get(kind, ()) for kind in refers.kinds)
        and id not in story.invalid_ids
        and not not_known & set(refers.kinds)
    ]
    lost: dict[
        str, list[Problem]
    ] = {}  # for a kind without a file, the places that may name what was in it
    for number, (record, id, refers, route) in enumerate(slips):
        candidates = (
            set().union(*(known.get(kind, ()) for kind in refers.kinds))
            if number < MAX_SUGGESTIONS
            else ()
        )
        hint = (
            suggest(id, candidates)
            or f"the ids are in {', '.join(FILES_OF[kind] for kind in refers.kinds)}"
        )
        absent = (
            no_file & set(refers.kinds)
            if id not in kind_of and not hint.startswith("did you mean")
            else set()
        )
        message = (
            f'"{id}" is {with_article(kind_of[id])}, not {with_article(refers.name)}'
            if id in kind_of
            else f'unknown {refers.name} "{id}"'
        )
        lost.setdefault(min(absent, default=""), []).append(
            record.problem(message, *route, hint=hint)
        )
    for kind, problems in lost.items():
        if kind and len(problems) > FEW:
            first = problems[0]
            yield Problem(
                story.file(FILES_OF[kind].split(",")[0]),
                1,
                1,
                ERROR,
                "the file is not there",
                f"put it back, or mend its name: {len(problems)} places name what it may have held, the first in {first.file}:{first.line}",
            )
        else:
            yield from problems


def check_offices(story: Story) -> Iterator[Problem]:
    """An office's id is unique over the whole story, as those of records are."""
    taken = {
        record.id: f"{record.file}:{record.line}"
        for record in story.records()
        if record.kind_name != "page"
    }
    for organization in story.organizations.values():
        for id in organization.offices:
            if id in taken:
                yield organization.problem(
                    f'the id "{id}" is taken',
                    "offices",
                    id,
                    key=True,
                    hint=f"by {taken[id]}: ids are unique over the whole story",
                )
            taken.setdefault(id, f"{organization.file}:{organization.line_at('offices', id)}")


def check_former_ids(story: Story) -> Iterator[Problem]:
    """A fact's former ids still lead to it, so that none may lead elsewhere as well."""
    taken = {record.id: with_article(record.kind_name) for record in story.records()}
    for fact in story.facts.values():
        for index, former in enumerate(fact.was):
            if former in taken:
                yield fact.problem(
                    f'"{former}" is the id of {taken[former]}, so it cannot be a former id',
                    "was",
                    index,
                    hint="`was` holds the ids that this fact had before, and nothing has now",
                )
            taken[former] = f'a fact before, of "{fact.id}"'
