"""Check that all languages say the same, as far as a program can see: figures, dates and names."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from explainer.checks.figures import FigureSet, figures_in
from explainer.problems import WARNING, Problem
from explainer.reading.document import Route
from explainer.schema.date_formats import mentioned_dates
from explainer.schema.record import Record
from explainer.schema.records import Fact
from explainer.story.mentions import MentionFinder
from explainer.story.story import Story
from explainer.story.traversal import all_texts

T = TypeVar("T")


KINDS_WITH_NAMES = ("fact", "page")  # whose texts name the same entities in every language


def check_translations(story: Story, names: Mapping[str, MentionFinder]) -> Iterator[Problem]:
    """Compare figures and names between the languages of each text, and dates with `date`.

    Args:
        story: The story.
        names: A finder of names for each language.
    """
    for record, text, route in all_texts(story):
        yield from _check_figures(story, record, text, route)
        if record.kind_name in KINDS_WITH_NAMES:
            yield from _check_names(names, record, text, route)
    for fact in story.facts.values():
        yield from _check_date(story, fact)


def _check_figures(
    story: Story, record: Record, text: Mapping[str, str], route: Route
) -> Iterator[Problem]:
    figures = {
        code: figures_in(text[code], language.locale) for code, language in story.languages.items()
    }
    for usual, code in deviating_languages(figures, FigureSet.agrees):
        yield record.problem(
            f"the figures differ: {describe_difference(figures, usual, code)}",
            *route,
            code,
            level=WARNING,
            hint="all languages give the same years, dates, amounts and percentages",
            code="figures-differ",
        )


def _check_names(
    names: Mapping[str, MentionFinder], record: Record, text: Mapping[str, str], route: Route
) -> Iterator[Problem]:
    entities = {code: finder.named(text[code]) for code, finder in names.items()}
    for usual, code in deviating_languages(entities):
        yield record.problem(
            f"the names differ: {describe_difference(entities, usual, code)}",
            *route,
            code,
            level=WARNING,
            hint="all languages name the same people, organizations and products",
            code="names-differ",
        )


def _check_date(story: Story, fact: Fact) -> Iterator[Problem]:
    """Compare the dates in the text of a fact with its own."""
    mentioned = {
        code: mentioned_dates(fact.text[code], language.locale)
        for code, language in story.languages.items()
    }
    dated = {code: dates for code, dates in mentioned.items() if dates}
    deviating = [
        code for code, dates in dated.items() if not any(date.overlaps(fact.date) for date in dates)
    ]
    # If every language has another date, it is more likely the fact's own that is wrong.
    all_deviate = len(deviating) == len(dated)
    for code in deviating[: 1 if all_deviate else None]:
        yield fact.problem(
            f"the text says {join_or_nothing(mentioned[code])}, the date says {fact.date}",
            *(["date"] if all_deviate else ["text", code]),
            level=WARNING,
            hint="a date in the sentence agrees with the fact's own",
            code="date-differs",
        )


def deviating_languages(
    values: Mapping[str, T], agree: Callable[[T, T], bool] = operator.eq
) -> Iterator[tuple[str, str]]:
    """Yield each language whose value is not that of most languages.

    Without a majority, the value of the story's first language counts.

    Args:
        values: A value for each language, the story's first language first.
        agree: Whether two values count as the same.

    Yields:
        A language with the usual value, and one that deviates from it.
    """
    usual = max(
        values, key=lambda code: sum(agree(other, values[code]) for other in values.values())
    )
    return ((usual, code) for code in values if not agree(values[code], values[usual]))


def describe_difference(values: Mapping[str, T], usual: str, code: str) -> str:
    """Return what only one of two languages has: `12% in fr, nothing in en`.

    Args:
        values: A set for each language, or another value with a difference.
        usual: The language that is named first.
        code: The other language.
    """
    differences = {
        usual: operator.sub(values[usual], values[code]),
        code: operator.sub(values[code], values[usual]),
    }
    return ", ".join(
        f"{join_or_nothing(sorted(items) if isinstance(items, set) else items)} in {language}"
        for language, items in differences.items()
    )


def join_or_nothing(items: Iterable[object]) -> str:
    """Join items for a message, or return `nothing` if there are none."""
    return ", ".join(map(str, items)) or "nothing"
