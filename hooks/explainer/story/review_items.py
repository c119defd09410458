"""Review: has somebody read a text in all its languages side by side since it last changed?

A digest in the YAML, `reviewed: 1f3a`, says what was read: a fact's covers its own texts, a sentence's its own and
those of the facts it rests on. (The dates of a version control system cannot tell: all languages share a file.)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from explainer.problems import Problem
from explainer.reading.document import Route
from explainer.schema.record import Record
from explainer.schema.records import Fact
from explainer.story.story import Story
from explainer.story.traversal import all_sentences


@dataclass(frozen=True)
class ReviewItem:
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
    def is_current(self) -> bool:
        """Whether it was read as it stands now."""
        return self.reviewed == self.digest

    @property
    def insert_before(self) -> Route:
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


def review_items(story: Story) -> Iterator[ReviewItem]:
    """Every fact, and every sentence that puts facts into words of its own, in the order of the files.

    A fact's name is its id; a sentence's is its record and its place there, as in `home/lead/2` for the second.
    """
    for fact in story.facts.values():
        yield ReviewItem(fact, (), fact.id, fact.text, [], fact.reviewed)
    described = (
        (entity, entity.description, ("description",)) for entity in story.entities.values()
    )
    for record, sentence, route in (
        (story.settings, story.settings.notice, ("notice",)),
        *described,
        *all_sentences(story),
    ):
        if sentence.text:
            steps = (
                step + 1 if isinstance(step, int) else step
                for step in route
                if step not in ("sections", "prose")
            )
            name = "/".join(map(str, (record.id, *steps)))
            facts = [story.facts[id] for id in sentence.facts if id in story.facts]
            yield ReviewItem(
                record,
                route,
                name,
                sentence.text,
                facts,
                sentence.reviewed,
                len(facts) == len(sentence.facts),
            )
