"""A sentence in words of its own gives no figure and no date that its facts do not give: where a fact is corrected, it is too."""

from __future__ import annotations

from collections.abc import Iterator

from .dates import PartialDate
from .figures import SURE, Figure, figures_in
from .model import Fact
from .parity import shown
from .problem import WARNING, Problem
from .review import Readable, readables
from .story import Story, Tongue


def check_grounds(story: Story) -> Iterator[Problem]:
    """The figures of each sentence that puts facts into words of its own are those of its facts."""
    for sentence in readables(story):
        if isinstance(sentence.record, Fact) or not sentence.whole:
            continue
        strange = [
            [
                figure
                for figure in figures_in(sentence.texts[tongue.code], tongue.locale).figures
                if figure.proof == SURE and not any(map(figure.agrees, given))
            ]
            for tongue in story.tongues.values()
            for given in [_given(story, sentence, tongue)]
        ]
        everywhere = dict.fromkeys(
            str(figure)
            for figure in strange[0]
            if all(any(map(figure.agrees, one)) for one in strange)
        )  # in one language alone, it is that which is wrong
        if everywhere:
            yield sentence.record.problem(
                f"none of its facts says {shown(everywhere)}",
                *sentence.route,
                "text",
                level=WARNING,
                key=True,
                hint=f"say what they say: {', '.join(fact.id for fact in sentence.facts)}",
            )


def _given(story: Story, sentence: Readable, tongue: Tongue) -> set[Figure]:
    """The figures and dates that a sentence may give: those of its facts' words, the facts' own dates, and the story's days."""
    dates = [date for fact in sentence.facts for date in (fact.date, fact.as_of) if date]
    in_words = (
        figures_in(fact.text[tongue.code], tongue.locale).figures for fact in sentence.facts
    )
    return set().union(
        *in_words, map(_parts, (*dates, story.settings.snapshot, story.settings.checked))
    )


def _parts(date: PartialDate) -> Figure:
    """A date as it may be told: in full, its year, or its day, where the month is said once for two."""
    return Figure((str(date), str(date.year), str(date.day)))
