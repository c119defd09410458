"""Review: has somebody read a text in all its languages side by side since it last changed?

A digest in the YAML, `reviewed: 1f3a`, says what was read: a fact's covers its own texts, a sentence's its own and
those of the facts it rests on. (The dates of a version control system cannot tell: all languages share a file.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import edit
from .model import Fact
from .parity import sentences
from .problem import NOTICE, Problem
from .read import Route, read
from .record import Record
from .story import Story


@dataclass(frozen=True)
class Readable:
    """A text to be read side by side: where it stands (record, and route inside it), its name, what it says by language."""

    record: Record
    route: Route
    name: str
    texts: dict[str, str]
    facts: list[Fact]  # those a sentence rests on
    reviewed: str | None
    whole: bool = True  # whether all of these are there

    @property
    def digest(self) -> str:
        """Four hexadecimal digits that change with any of the texts."""
        said = json.dumps(
            [self.texts, *(fact.text for fact in self.facts)], ensure_ascii=False, sort_keys=True
        )
        return hashlib.sha256(said.encode()).hexdigest()[:4]

    @property
    def read(self) -> bool:
        """Whether it was read as it stands now."""
        return self.reviewed == self.digest

    @property
    def before(self) -> Route:
        """The route of the key before which a digest has its place."""
        return (
            *self.record._route,
            *self.route,
            "cites" if isinstance(self.record, Fact) else "text",
        )

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.record.line_at(*self.route)

    def problem(self, message: str, **more) -> Problem:
        """A problem at this text."""
        return self.record.problem(message, *self.route, **more)


def readables(story: Story) -> Iterator[Readable]:
    """Every fact, and every sentence that puts facts into words of its own, in the order of the files.

    A fact's name is its id; a sentence's is its record and its place there, as in `home/lead/2` for the second.
    """
    for fact in story.facts.values():
        yield Readable(fact, (), fact.id, fact.text, [], fact.reviewed)
    described = (
        (entity, entity.description, ("description",)) for entity in story.entities.values()
    )
    for record, sentence, route in (
        (story.settings, story.settings.notice, ("notice",)),
        *described,
        *sentences(story),
    ):
        if sentence.text:
            steps = (
                step + 1 if isinstance(step, int) else step
                for step in route
                if step not in ("sections", "prose")
            )
            name = "/".join(map(str, (record.id, *steps)))
            facts = [story.facts[id] for id in sentence.facts if id in story.facts]
            yield Readable(
                record,
                route,
                name,
                sentence.text,
                facts,
                sentence.reviewed,
                len(facts) == len(sentence.facts),
            )


def check_reviews(story: Story) -> Iterator[Problem]:
    """What was read once and has changed since is named; it never stops a build: mending a typo must not wait for a reader."""
    for readable in readables(story):
        if readable.reviewed and not readable.read:
            yield readable.problem(
                f"a text has changed since it was last read in all languages ({readable.name})",
                level=NOTICE,
                key=True,
                hint=f".venv/bin/explainer review {readable.name}",
            )


def side_by_side(readable: Readable) -> str:
    """A text in all languages, one below the other, after its place and name; below a sentence, the facts it rests on."""
    width = max(map(len, readable.texts))
    lines = [f"{readable.record.file}:{readable.line}: {readable.name}"]
    lines += [f"  {language:<{width}}  {text}" for language, text in readable.texts.items()]
    lines += [
        f"  {'':<{width}}  ({fact.id}) {text}"
        for fact in readable.facts
        for text in fact.text.values()
    ]
    return "\n".join([*lines, ""])


def accept(root: Path, readable: Readable) -> None:
    """Write a text's digest into its file, and nothing else: in the place of an old one, or as a key of its own."""
    path = root / readable.record.file
    document, _ = read(path, readable.record.file)
    route = (*readable.record._route, *readable.route, "reviewed")
    if readable.reviewed:
        edit.replace_value(path, document.mark(route), readable.reviewed, readable.digest)
    else:
        edit.insert_key(path, document.mark(readable.before, key=True), "reviewed", readable.digest)
