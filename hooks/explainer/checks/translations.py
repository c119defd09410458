"""Do both languages say the same? What a program can see of it: figures, dates and names."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from explainer.checks.figures import FigureSet, figures_in
from explainer.problems import WARNING, Problem
from explainer.schema.date_formats import mentioned_dates
from explainer.story.mentions import MentionFinder
from explainer.story.story import Story
from explainer.story.traversal import all_texts


def check_translations(story: Story, names: dict[str, MentionFinder]) -> Iterator[Problem]:
    """Compare each text's languages with the story's own: figures, dates, names; and dates with `date`."""
    for record, text, route in all_texts(story):
        found = {
            code: figures_in(text[code], lang.locale) for code, lang in story.languages.items()
        }
        for usual, code in deviating_languages(found, FigureSet.agrees):
            yield record.problem(
                f"the figures differ: {join_or_nothing(found[usual] - found[code])} in {usual}, {join_or_nothing(found[code] - found[usual])} in {code}",
                *route,
                code,
                level=WARNING,
                hint="all languages give the same years, dates, amounts and percentages",
            )
        named = {code: names[code].named(text[code]) for code in story.languages}
        for usual, code in (
            deviating_languages(named) if record.kind_name in ("fact", "page") else ()
        ):
            yield record.problem(
                f"the names differ: {join_or_nothing(named[usual] - named[code])} in {usual}, {join_or_nothing(named[code] - named[usual])} in {code}",
                *route,
                code,
                level=WARNING,
                hint="all languages name the same people, organizations and products",
            )
    for fact in story.facts.values():
        told = {
            code: mentioned_dates(fact.text[code], lang.locale)
            for code, lang in story.languages.items()
        }
        other = {
            code: dates
            for code, dates in told.items()
            if dates and not any(date.overlaps(fact.date) for date in dates)
        }
        everywhere = len(other) == sum(
            map(bool, told.values())
        )  # then it is more likely the date that is wrong
        for code in list(other)[: 1 if everywhere else None]:
            yield fact.problem(
                f"the text says {join_or_nothing(other[code])}, the date says {fact.date}",
                *(["date"] if everywhere else ["text", code]),
                level=WARNING,
                hint="a date in the sentence agrees with the fact's own",
            )


T = TypeVar("T")


def deviating_languages(
    found: dict[str, T], same: Callable[[T, T], bool] = operator.eq
) -> Iterator[tuple[str, str]]:
    """The languages that say something else than most do, or than the story's own where there is no majority; each after one of those."""
    usual = max(found, key=lambda code: sum(same(other, found[code]) for other in found.values()))
    return ((usual, code) for code in found if not same(found[code], found[usual]))


def join_or_nothing(things: Iterable[object]) -> str:
    """Things one after the other, for a message."""
    return ", ".join(map(str, things)) or "nothing"
