"""Geometry of the charts of a series: bars, or lines over time.

Lengths are in pixels of the chart's own, which is as wide as a phone's column: its words are
legible there, and wider screens enlarge it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor, log10

from explainer.schema.series import Point, Series

WIDTH = 350
BAR, LABEL, GAP = 12, 15, 8  # heights: of a bar, of a line of words, between two bars
VALUE_WIDTH = 64  # what a value needs beside the longest bar
PLOT_HEIGHT, MARGIN = 190, 26
LEAST_STEP = 44  # between two values written along a line


@dataclass(frozen=True)
class Bar:
    """One bar: `y` is its upper edge, `width` its length."""

    point: Point
    line: int
    label: str
    y: float
    width: float


@dataclass(frozen=True)
class BarChart:
    """Bars below one another, each under its label."""

    bars: list[Bar]
    height: float
    width: int = WIDTH


@dataclass(frozen=True)
class Mark:
    """A point of a line; `labelled` where there is room for its value."""

    point: Point
    x: float
    y: float
    labelled: bool


@dataclass(frozen=True)
class Curve:
    """A line with its marks, and the height at which its name stands."""

    line: int
    marks: list[Mark]
    name_y: float

    @property
    def path(self) -> str:
        """The line as the data of an SVG path."""
        return "M" + "L".join(f"{mark.x} {mark.y}" for mark in self.marks)


@dataclass(frozen=True)
class LineChart:
    """Lines over time, with the years on the axis."""

    curves: list[Curve]
    years: list[tuple[int, float]]
    height: float = PLOT_HEIGHT + 2 * MARGIN
    width: int = WIDTH


def build_bar_chart(series: Series, label: Callable[[Point], str]) -> BarChart:
    """Place the bars of a series; points of one label stand together, a bar a line."""
    length = _scale(series, WIDTH - VALUE_WIDTH)
    lines = list(series.lines.values())
    labels = list(dict.fromkeys(label(point) for line in lines for point in line.points))
    bars, y = [], 0.0
    for words in labels:
        y += LABEL
        for index, line in enumerate(lines):
            for point in line.points:
                if label(point) == words:
                    bars.append(Bar(point, index, words, y, length(point.number)))
                    y += BAR + 2
        y += GAP
    return BarChart(bars, y)


def build_line_chart(series: Series) -> LineChart:
    """Place the lines of a series over time; names and values that would meet move or go."""
    days = [point.at.first for line in series.lines.values() for point in line.points if point.at]
    start, end = min(days), max(days)
    span = max((end - start).days, 1)
    height = _scale(series, PLOT_HEIGHT)
    right = WIDTH - VALUE_WIDTH

    def x(day: date) -> float:
        return round((day - start).days / span * right, 1)

    def y(value: Decimal) -> float:
        return round(MARGIN + PLOT_HEIGHT - height(value), 1)

    curves = []
    for index, line in enumerate(series.lines.values()):
        marks, last = [], float("-inf")
        for point in line.points:
            assert point.at is not None  # the check of series says so first
            place = x(point.at.first)
            labelled = place - last >= LEAST_STEP
            last = place if labelled else last
            marks.append(Mark(point, place, y(point.number), labelled))
        curves.append(Curve(index, marks, marks[-1].y))
    years = [(year, x(max(date(year, 1, 1), start))) for year in range(start.year, end.year + 1)]
    return LineChart(_apart(curves), _thinned(years))


def _scale(series: Series, length: int) -> Callable[[Decimal], float]:
    """Return the function from a value to its length: linear from 0, or by powers of ten."""
    values = [point.number for line in series.lines.values() for point in line.points]
    most = max(values)
    if series.scale == "linear":
        return lambda value: round(float(value / most) * length, 1) if most else 0.0
    least = floor(log10(min(value for value in values if value > 0)))
    decades = log10(most) - least
    return lambda value: round((log10(value) - least) / decades * length, 1) if value else 0.0


def _apart(curves: list[Curve]) -> list[Curve]:
    """Move the names of lines that end close together apart, from the lowest up."""
    moved, last = {}, float("inf")
    for curve in sorted(curves, key=lambda curve: -curve.name_y):
        last = min(curve.name_y, last - LABEL)
        moved[curve.line] = Curve(curve.line, curve.marks, last)
    return [moved[curve.line] for curve in curves]


def _thinned(years: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Leave out years that would stand on the one before."""
    kept: list[tuple[int, float]] = []
    for year, x in years:
        if not kept or x - kept[-1][1] >= LEAST_STEP:
            kept.append((year, x))
    return kept
