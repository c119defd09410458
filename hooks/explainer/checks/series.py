"""Check series of figures: grounds, order, units, and the facts that values rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from explainer.checks.figures import figures_in
from explainer.problems import WARNING, Problem
from explainer.schema.series import Point, Series, SeriesLine
from explainer.story.story import Story

ROUNDING = Decimal("0.01")  # how far a total may be from its sum, as a share


def check_series(story: Story) -> Iterator[Problem]:
    """Yield what is wrong with the series of a story."""
    for series in story.series.values():
        yield from _check_unit(story, series)
        yield from _check_total(series)
        for id, line in series.lines.items():
            yield from _check_positions(series, id, line)
            for index, point in enumerate(line.points):
                route = ("lines", id, "points", index)
                yield from _check_ground(story, series, line, point, route)
                if series.scale == "log" and not point.number:
                    yield series.problem(
                        "0 has no place on a logarithmic scale",
                        *route,
                        "value",
                        hint="scale: linear, or leave the point out",
                        code="series-log-of-zero",
                    )


def _check_unit(story: Story, series: Series) -> Iterator[Problem]:
    """The unit has the same order of magnitude in every language."""
    counts = {
        code: figures_in(f"{_spelt(Decimal(1), lang.locale)} {series.unit[code]}", lang.locale)
        for code, lang in story.languages.items()
    }
    first, *others = counts
    for code in others:
        if not counts[first].agrees(counts[code]):
            yield series.problem(
                f'the units differ: "{series.unit[first]}" in {first}, "{series.unit[code]}" in {code}',
                "unit",
                code,
                level=WARNING,
                hint="every language counts in the same order of magnitude and currency",
                code="series-units-differ",
            )


def _check_positions(series: Series, id: str, line: SeriesLine) -> Iterator[Problem]:
    """Each point has a date or a category, all of one kind; dates go forward."""
    last = None
    for index, point in enumerate(line.points):
        route = ("lines", id, "points", index)
        if (point.at is None) == (point.category is None) or (
            series.form == "lines" and point.at is None
        ):
            yield series.problem(
                "a point needs a date or a category, and not both",
                *route,
                hint="at: 2023-11 in a series over time, else category: {…}",
                code="series-point-position",
            )
        elif point.at and last and point.at.first <= last.first:
            yield series.problem(
                f"the points are not in order: {point.at} comes after {last}",
                *route,
                "at",
                hint="oldest first",
                code="series-point-order",
            )
        last = point.at or last


def _check_ground(
    story: Story, series: Series, line: SeriesLine, point: Point, route: tuple[Any, ...]
) -> Iterator[Problem]:
    """A value rests on a fact or a citation, and a fact that it rests on says it."""
    if point.fact is None and not point.cites and not line.cites:
        yield series.problem(
            "this value rests on nothing",
            *route,
            hint="fact: the-facts-id, or cites: [{source: …}], here or once for the line",
            code="series-point-without-ground",
        )
    fact = story.facts.get(point.fact or "")
    if fact is None:
        return
    for code, lang in story.languages.items():
        value = figures_in(f"{_spelt(point.number, lang.locale)} {series.unit[code]}", lang.locale)
        if not _among(value, figures_in(fact.text[code], lang.locale)):
            yield series.problem(
                f'the fact "{fact.id}" does not say {point.value} {series.unit[code]}',
                *route,
                "value",
                level=WARNING,
                hint=f"it says: {fact.text[code]}",
                code="series-value-not-in-fact",
            )
            return


def _check_total(series: Series) -> Iterator[Problem]:
    """Where a line is the sum of the others, it adds up at each point."""
    if series.total is None:
        return
    if series.total not in series.lines:
        yield series.problem(
            f'"{series.total}" is no line of this series',
            "total",
            hint=f"its lines: {', '.join(series.lines)}",
            code="series-unknown-total",
        )
        return
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for id, line in series.lines.items():
        if id != series.total:
            for point in line.points:
                sums[_key(point)] += point.number
    for index, point in enumerate(series.lines[series.total].points):
        added = sums.get(_key(point))
        if added is not None and abs(added - point.number) > point.number * ROUNDING:
            yield series.problem(
                f"the lines add up to {added}, the total says {point.number}",
                "lines",
                series.total,
                "points",
                index,
                "value",
                hint="correct the value that is wrong",
                code="series-total",
            )


def _key(point: Point) -> str:
    return str(point.at) if point.at else str(point.category)


def _spelt(value: Decimal, locale: Any) -> str:
    return str(format_decimal(value, format="#,##0.###", locale=locale))


def _among(value: Any, told: Any) -> bool:
    """Whether the figures of a value are among those of a text."""
    return not (value - told)
