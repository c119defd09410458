"""Load a story: every file of `content/` read, its records validated, and what is wrong with them gathered."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from explainer.problems import ERROR, WARNING, ContentError, Problem, closest_match, suggest
from explainer.reading.document import Document
from explainer.reading.leftovers import is_leftover
from explainer.reading.parser import read
from explainer.schema import records
from explainer.schema.error_messages import validation_problems
from explainer.schema.field_types import LANGUAGE
from explainer.schema.files import FILES, REQUIRED
from explainer.schema.id_types import ID, MAX_ID, as_id
from explainer.schema.introspection import keys_at, required_keys
from explainer.schema.pages import Page
from explainer.schema.record import Record
from explainer.schema.settings import Phrase, Settings
from explainer.story.story import Story

MAX_LANGUAGES = 50  # a plain string stands for a text in each


GROUP_AFTER = 3  # texts of a file, from which on that it has none in a language is one thing to say


def load_story(content: Path) -> tuple[Story, list[Problem]]:
    """Read a story from the folder `content`.

    Returns the story and every problem of every file; where some are errors, the story has holes. Raises
    ContentError where there is no story at all, for want of its settings.
    """
    if not content.is_dir():
        raise ContentError(
            [
                Problem(
                    content.name,
                    1,
                    1,
                    ERROR,
                    "there is no such folder",
                    "the facts are read from it",
                )
            ]
        )
    loader = _StoryLoader(content)
    story = loader.load()
    if story is None:
        raise ContentError(loader.problems)
    return story, loader.problems


class _StoryLoader:
    """Reads file after file, gathering problems on the way."""

    def __init__(self, content: Path) -> None:
        self.content = content
        self.documents: dict[str, Document] = {}  # by name, as problems have it
        self.problems: list[Problem] = []
        self.context: dict = {}
        self.ids: dict[str, str] = {}  # id -> where it was first used
        self.invalid_ids: dict[str, str] = {}
        self.unreadable_kinds: set[str] = set()
        self.missing_kinds: set[str] = set()

    def load(self) -> Story | None:
        settings = self.settings()
        collections = {
            attribute: self.file(name, kind) for name, (attribute, kind) in FILES.items()
        }
        facts: dict[str, records.Fact] = {}
        for subject in (
            settings.subjects
            if settings
            else sorted(
                path.stem
                for path in (self.content / "facts").glob("*.yml")
                if not _is_passed_over(path)
            )
        ):
            found = self.file(f"facts/{subject}.yml", records.Fact)
            for fact in found.values():
                fact._subject = subject
            facts.update(found)
        self.unexpected(settings)
        self.problems = list(self.gathered())
        return (
            Story(
                settings,
                facts=facts,
                invalid_ids=self.invalid_ids,
                unreadable_kinds=self.unreadable_kinds,
                missing_kinds=self.missing_kinds,
                ids=self.ids,
                **collections,
            )
            if settings
            else None
        )

    def read(self, name: str) -> Document:
        # Problems name files as an editor sees them, from the project's root.
        path, name = self.content / name, f"{self.content.name}/{name}"
        if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.content)):
            document, problems = read(path, name)
        else:  # whatever a link leads to, such as a file that only this machine has
            document, problems = (
                Document(name, broken=True),
                [
                    Problem(
                        name,
                        1,
                        1,
                        ERROR,
                        "this is a link that leads out of the content",
                        "put the file itself in its place",
                    )
                ],
            )
        self.problems += problems
        self.documents[document.file] = document
        return document

    def settings(self) -> Settings | None:
        """The story's own record; its languages shape the validation of everything else."""
        document = self.read("story.yml")
        data = {} if document.broken or not isinstance(document.data, dict) else document.data
        languages = data.get("languages")
        # Texts in languages that are none would be a flood of problems, which mending the one mends.
        valid = isinstance(languages, dict) and all(
            re.fullmatch(LANGUAGE, code) for code in languages
        )
        self.context = {"languages": tuple(languages) if valid else ()}
        if len(self.context["languages"]) > MAX_LANGUAGES:
            self.context["languages"] = ()
            self.problems.append(
                document.problem(f"more than {MAX_LANGUAGES} languages", ("languages",), key=True)
            )
            return None
        if not data:
            if not self.problems:
                self.problems.append(
                    document.problem(
                        "expected the story's settings: keys and values",
                        hint=f"its keys: {', '.join(required_keys(Settings))}",
                    )
                )
            return None
        return self.record(Settings, document, data, ())

    def file(self, name: str, kind: type[Record]) -> dict:
        """The records of one file, by id; a file that is not there holds none."""
        if not os.path.lexists(self.content / name) and name not in REQUIRED:
            self.missing_kinds.add(kind.kind_name)
            return {}
        document = self.read(name)
        if document.data is None and not document.broken:
            self.unreadable_kinds.add(kind.kind_name)
            self.problems.append(
                document.problem(
                    "the file is empty",
                    hint="put its records back; where there are none to be, remove it, or write {}",
                )
            )
            return {}
        misplaced = not isinstance(document.data, dict) or _is_record(document.data, kind)
        if misplaced and not document.broken:
            self.problems.append(
                document.problem(
                    f"each {kind.kind_name} has an id of its own, with its keys below it",
                    hint="some-id: on a line of its own, and the keys below it, two spaces further in",
                )
            )
        if misplaced or document.broken:
            self.unreadable_kinds.add(
                kind.kind_name
            )  # half a file would only give problems that mending the first one mends
            return {}
        if not self.context["languages"]:
            return {}
        found = {}
        for id, data in document.data.items():
            self.new_id(kind, document, id)
            for field_name in kind.implicit_field:
                data = {field_name: data}
            record = self.record(kind, document, data, (id,))
            if record:
                found[id] = record
            else:
                self.invalid_ids[id] = kind.kind_name
        return found

    def record(
        self, kind: type[Record], document: Document, data: object, route: tuple
    ) -> Record | None:
        if not isinstance(data, dict):
            self.problems.append(
                document.problem(
                    f'the keys of "{route[0]}" are missing',
                    route,
                    f"{', '.join(required_keys(kind))}: below it, two spaces further in",
                    key=True,
                )
            )
            return None
        try:
            record = kind.model_validate(data, context=self.context)
        except ValidationError as error:
            self.problems += validation_problems(
                kind, document, route, error.errors(include_url=False)
            )
            return None
        record._id, record._document, record._route = (
            str(route[0]) if route else "story",
            document,
            route,
        )
        return record

    def new_id(self, kind: type[Record], document: Document, id: str) -> None:
        """Ids are lower-case words with hyphens, and unique over the story (pages and phrases apart)."""
        if ID.fullmatch(id) and len(id) > MAX_ID:
            self.problems.append(
                document.problem(f"this id is longer than {MAX_ID} characters", (id,), key=True)
            )
        elif not ID.fullmatch(id):
            self.problems.append(
                document.problem(
                    f'"{id}" cannot be an id',
                    (id,),
                    f"lower-case letters, digits and hyphens: {as_id(id) or 'like-this'}",
                    key=True,
                )
            )
        if kind in (Page, Phrase):
            return
        line, _ = document.position((id,), key=True)
        if id in self.ids:
            self.problems.append(
                document.problem(
                    f'the id "{id}" is taken',
                    (id,),
                    f"by {self.ids[id]}: ids are unique over the whole story",
                    key=True,
                )
            )
        self.ids.setdefault(id, f"{document.file}:{line}")

    def gathered(self) -> Iterator[Problem]:
        """Yield the problems, with a language that a whole file lacks reported once, at its first text.

        Such a language is probably new: none of the file's texts is translated yet.
        """
        missing = Counter(
            (problem.file, problem.languages)
            for problem in self.problems
            if problem.code == "missing-translation"
        )
        used = {
            file: {route[-1] for route in self.documents[file].keys if route[:-1] != ("languages",)}
            for file in {file for (file, _), count in missing.items() if count >= GROUP_AFTER}
        }
        grouped = {
            (file, languages): count
            for (file, languages), count in missing.items()
            if count >= GROUP_AFTER and used[file].isdisjoint(languages)
        }
        reported = set()
        for problem in self.problems:
            group = (problem.file, problem.languages)
            if problem.code != "missing-translation" or group not in grouped:
                yield problem
            elif group not in reported:
                reported.add(group)
                yield replace(
                    problem,
                    message=f"this text and {grouped[group] - 1} more of this file"
                    f" are missing in {', '.join(problem.languages)}",
                )

    def unexpected(self, settings: Settings | None) -> None:
        """A file that nothing reads is most likely a name mistyped."""
        known = {"story.yml", *FILES}
        for path in sorted(self.content.iterdir()):
            if path.name in (*known, "facts", "README.md") or _is_passed_over(path):
                continue
            meant, file = closest_match(path.name, known), f"{self.content.name}/{path.name}"
            if meant in FILES and FILES[meant][1].kind_name in self.missing_kinds:
                self.unreadable_kinds.add(FILES[meant][1].kind_name)
                self.problems.append(
                    Problem(file, 1, 1, ERROR, "nothing reads this file", f"rename it: {meant}")
                )
            else:
                self.problems.append(
                    Problem(
                        file, 1, 1, WARNING, "nothing reads this file", suggest(path.name, known)
                    )
                )
        for path in sorted((self.content / "facts").glob("[!.]*")):
            if _is_passed_over(path):
                continue
            if settings and (path.suffix != ".yml" or path.stem not in settings.subjects):
                self.unreadable_kinds.add("fact")
                self.problems.append(
                    Problem(
                        f"{self.content.name}/facts/{path.name}",
                        1,
                        1,
                        ERROR,
                        "no subject of the story has this file",
                        f"name it under `subjects` in story.yml, which has {', '.join(settings.subjects)}",
                    )
                )
        for subject in settings.subjects if settings else ():
            if not (self.content / "facts" / f"{subject}.yml").is_file():
                self.unreadable_kinds.add("fact")
                self.problems.append(
                    settings.problem(
                        f"the file of this subject, facts/{subject}.yml, is not there",
                        "subjects",
                        subject,
                        key=True,
                        hint="make it, or remove the subject",
                    )
                )


def _is_passed_over(path: Path) -> bool:
    return path.name.startswith(".") or is_leftover(path.name)


def _is_record(data: dict, kind: type[Record]) -> bool:
    """Whether what should be records by id is the keys of one record."""
    return (
        bool(data)
        and set(data) <= set(keys_at(kind, ()))
        and not all(isinstance(value, dict) for value in data.values())
    )
