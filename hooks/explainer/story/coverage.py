"""Coverage of a source: paragraph by paragraph, which facts draw on it, and why none does where none does."""

from __future__ import annotations

from dataclasses import dataclass

from explainer.schema.records import Fact, Paragraph, Source
from explainer.story.story import Story


@dataclass(frozen=True)
class ParagraphCoverage:
    """A paragraph of a source: its number from 1, its record, and the facts that cite it."""

    number: int
    paragraph: Paragraph
    facts: list[Fact]


def paragraph_coverage(story: Story, source: Source) -> list[ParagraphCoverage]:
    """The declared paragraphs of a source in order, each with the facts drawn from it."""
    numbers = sorted(source.paragraphs, key=int)
    return [
        ParagraphCoverage(
            int(number),
            source.paragraphs[number],
            story.facts_by_paragraph.get((source.id, number), []),
        )
        for number in numbers
    ]


@dataclass(frozen=True)
class CoverageStats:
    """A source in numbers: passages named, facts drawn from it, paragraphs that carry one, paragraphs in all."""

    passages: int
    facts: int
    carried: int
    paragraphs: int

    def __str__(self) -> str:
        return f"{self.passages} passages cited, {self.facts} facts, {self.carried} of {self.paragraphs} paragraphs carried"


def coverage_stats(story: Story, source: Source) -> CoverageStats:
    """The figures that both the check and the sources page give."""
    covered = paragraph_coverage(story, source)
    return CoverageStats(
        passages=story.passages[source.id],
        facts=len(story.facts_by_source.get(source.id, ())),
        carried=sum(bool(one.facts) for one in covered),
        paragraphs=len(covered),
    )
