"""A sentence in words of its own gives no figure and no date that its facts do not give: where a fact is corrected, it is too."""

from __future__ import annotations

from collections.abc import Iterator

from .dates import PartialDate
from .model import Fact
from .parity import Figures, shown
from .problem import WARNING, Problem
from .review import Readable, readables
from .story import Story


def check_grounds(story: Story) -> Iterator[Problem]:
    """The figures of each sentence that puts facts into words of its own are those of its facts."""
    figures = {code: Figures(tongue.locale) for code, tongue in story.tongues.items()}
    for sentence in readables(story):
        if isinstance(sentence.record, Fact) or not sentence.whole:
            continue
        strange = [
            {figure: None for figure in figures[code].find(sentence.texts[code]) if figure not in _given(story, figures[code], sentence, code)}
            for code in story.tongues
        ]
        everywhere = [figure for figure in strange[0] if all(figure in one for one in strange)]  # in one language alone, it is that which is wrong
        if everywhere:
            yield sentence.record.problem(
                f"none of its facts says {shown(everywhere)}", *sentence.route, "text", level=WARNING, key=True,
                hint=f"say what they say: {', '.join(fact.id for fact in sentence.facts)}",
            )


def _given(story: Story, figures: Figures, sentence: Readable, code: str) -> set[str]:
    """The figures and dates that a sentence may give: those of its facts' words, the facts' own dates, and the story's days."""
    dates = [date for fact in sentence.facts for date in (fact.date, fact.as_of) if date]
    in_words = (figures.find(fact.text[code]) for fact in sentence.facts)
    return set().union(*in_words, *map(_parts, (*dates, story.settings.snapshot, story.settings.checked)))


def _parts(date: PartialDate) -> set[str]:
    """A date as it may be told: in full, its year, or its day, where the month is said once for two."""
    return {str(date), str(date.year), str(date.day)}
