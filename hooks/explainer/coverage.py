"""Coverage of a source: paragraph by paragraph, which facts draw on it, and why none does where none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Fact, Paragraph, Source
from .passages import citations
from .problem import Problem
from .story import Story


@dataclass(frozen=True)
class Carried:
    """A paragraph of a source: its number from 1, its record, and the facts that cite it."""

    number: int
    paragraph: Paragraph
    facts: list[Fact]


def coverage(story: Story, source: Source) -> list[Carried]:
    """The declared paragraphs of a source in order, each with the facts drawn from it."""
    numbers = sorted(source.paragraphs, key=int)
    return [
        Carried(int(number), source.paragraphs[number], story.drawn.get((source.id, number), []))
        for number in numbers
    ]


@dataclass(frozen=True)
class Figures:
    """A source in numbers: passages named, facts drawn from it, paragraphs that carry one, paragraphs in all."""

    passages: int
    facts: int
    carried: int
    paragraphs: int

    def __str__(self) -> str:
        return f"{self.passages} passages cited, {self.facts} facts, {self.carried} of {self.paragraphs} paragraphs carried"


def figures(story: Story, source: Source) -> Figures:
    """The figures that both the check and the sources page give."""
    covered = coverage(story, source)
    return Figures(
        passages=story.passages[source.id],
        facts=len(story.citing.get(source.id, ())),
        carried=sum(bool(carried.facts) for carried in covered),
        paragraphs=len(covered),
    )


def check_coverage(story: Story) -> Iterator[Problem]:
    """Each paragraph of a source at hand carries facts or is excused with a reason; none does both."""
    for source in story.sources.values():
        for carried in coverage(story, source):
            route = ("paragraphs", str(carried.number))
            if not carried.facts and not carried.paragraph.excused:
                yield source.problem(
                    f"no fact draws on paragraph {carried.number}",
                    *route,
                    hint="cite it, or say why none does: excused: {…}, in every language",
                    key=True,
                )
            if carried.facts and carried.paragraph.excused:
                yield source.problem(
                    f"paragraph {carried.number} is excused, but facts draw on it",
                    *route,
                    "excused",
                    key=True,
                    hint=f"remove the excuse, or the citation in {', '.join(fact.id for fact in carried.facts)}",
                )
    for record, citation, route, _ in citations(story):
        source = story.sources.get(citation.source)
        if (
            source
            and source.paragraphs
            and citation.paragraph
            and citation.paragraph not in source.paragraphs
        ):
            yield record.problem(
                f'"{source.id}" declares no paragraph {citation.paragraph}',
                *route,
                "paragraph",
                hint=f"it declares {', '.join(source.paragraphs)}",
            )
