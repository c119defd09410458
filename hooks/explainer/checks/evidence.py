"""A sentence in words of its own gives no figure and no date that its facts do not give: where a fact is corrected, it is too."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.checks.figures import Figure, Proof, figures_in
from explainer.checks.translations import join_or_nothing
from explainer.problems import WARNING, Problem
from explainer.schema.dates import PartialDate
from explainer.schema.records import Fact
from explainer.story.review_items import ReviewItem, review_items
from explainer.story.story import Language, Story


def check_evidence(story: Story) -> Iterator[Problem]:
    """The figures of each sentence that puts facts into words of its own are those of its facts."""
    for sentence in review_items(story):
        if isinstance(sentence.record, Fact) or not sentence.whole:
            continue
        strange = [
            [
                figure
                for figure in figures_in(sentence.texts[lang.code], lang.locale).figures
                if figure.proof is Proof.SURE and not any(map(figure.agrees, given))
            ]
            for lang in story.languages.values()
            for given in [_allowed_numbers(story, sentence, lang)]
        ]
        everywhere = dict.fromkeys(
            str(figure)
            for figure in strange[0]
            if all(any(map(figure.agrees, one)) for one in strange)
        )  # in one language alone, it is that which is wrong
        if everywhere:
            yield sentence.record.problem(
                f"none of its facts says {join_or_nothing(everywhere)}",
                *sentence.route,
                "text",
                level=WARNING,
                key=True,
                hint=f"say what they say: {', '.join(fact.id for fact in sentence.facts)}",
            )


def _allowed_numbers(story: Story, sentence: ReviewItem, lang: Language) -> set[Figure]:
    """The figures and dates that a sentence may give: those of its facts' words, the facts' own dates, and the story's days."""
    dates = [date for fact in sentence.facts for date in (fact.date, fact.as_of) if date]
    in_words = (figures_in(fact.text[lang.code], lang.locale).figures for fact in sentence.facts)
    return set().union(
        *in_words, map(_parts, (*dates, story.settings.snapshot, story.settings.checked))
    )


def _parts(date: PartialDate) -> Figure:
    """A date as it may be told: in full, its year, or its day, where the month is said once for two."""
    return Figure((str(date), str(date.year), str(date.day)))
