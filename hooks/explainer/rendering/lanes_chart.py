"""The lanes chart: what happened when, side by side: time runs down to scale, each matter or maker has a lane.

Lengths are in pixels of the picture's own, which is as wide as a phone: legible there, enlarged elsewhere.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

WIDTH, AXIS = 350, 32


HEAD, TAIL = 34, 14


YEARS = 420  # the height of all years together


LINE, GAP = 14, 3


@dataclass(frozen=True)
class ChartEvent:
    """Something dated in a lane; `firm` is False for what was only announced or reported."""

    day: date
    label: str
    firm: bool = True


@dataclass(frozen=True)
class Point:
    """A step with its place: `y` of its mark, `top` of its label's first line, the label's lines."""

    step: ChartEvent
    y: float
    top: float
    lines: list[str]


@dataclass
class Lane:
    """A lane's title and its points, the earliest first; `x` is where its line runs."""

    title: str
    x: float
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """The whole: its size, the years that have a line with their heights, the lanes."""

    width: int
    height: float
    years: list[tuple[int, float]]
    lanes: list[Lane]


def build_lanes_chart(steps: Iterable[tuple[str, list[ChartEvent]]]) -> Picture:
    """The picture of some lanes, each a title and its steps. Raises ValueError where there is no step."""
    rows = [(title, sorted(lane, key=lambda step: step.day)) for title, lane in steps if lane]
    days = [step.day for _, lane in rows for step in lane]
    if not days:
        raise ValueError("there is nothing dated to draw")
    first, last = min(days), max(days)
    start, end = date(first.year, 1, 1), date(last.year + 1, 1, 1)
    scale = YEARS / (end - start).days
    lane_width = (WIDTH - AXIS) / len(rows)

    def y(day: date) -> float:
        return round(HEAD + (day - start).days * scale, 1)

    drawn = [
        Lane(
            title,
            round(AXIS + index * lane_width + 6, 1),
            _points(lane, y, int(lane_width / 6.2) - 2),
        )
        for index, (title, lane) in enumerate(rows)
    ]
    bottom = max(
        HEAD + YEARS,
        *(point.top + len(point.lines) * LINE for lane in drawn for point in lane.points),
    )
    return Picture(
        WIDTH,
        bottom + TAIL,
        [(year, y(date(year, 1, 1))) for year in _years(start.year, end.year)],
        drawn,
    )


def _years(first: int, after: int) -> list[int]:
    """The years that have room for their label: all, else every second, fifth, tenth and so on."""
    least = (after - first) * LINE / YEARS
    steps = (digit * 10**zeros for zeros in itertools.count() for digit in (1, 2, 5))
    step = next(step for step in steps if step >= least)
    return [year for year in range(first, after) if year % step == 0]


def _points(steps: list[ChartEvent], y, characters: int) -> list[Point]:
    """The steps of a lane with their places: labels that would cover each other move apart."""
    labels = [
        textwrap.wrap(step.label, max(characters, 8), break_long_words=False) for step in steps
    ]
    marks = [y(step.day) for step in steps]
    tops = spread(marks, [len(lines) * LINE + GAP for lines in labels])
    return [
        Point(step, mark, max(top, HEAD), lines)
        for step, mark, top, lines in zip(steps, marks, tops, labels, strict=True)
    ]


def spread(wanted: list[float], heights: list[float]) -> list[float]:
    """Where things in a column begin that none covers the next, all together as near as can be to where they are wanted.

    Isotonic regression of the places less the heights above them, by pooling adjacent violators
    (https://en.wikipedia.org/wiki/Isotonic_regression).
    """
    above = [sum(heights[:index]) for index in range(len(heights))]
    pools: list[
        tuple[float, int]
    ] = []  # of neighbours that touch: the sum of their places, and how many they are
    for place in (want - high for want, high in zip(wanted, above, strict=True)):
        pool = (place, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            pool = (pool[0] + pools[-1][0], pool[1] + pools.pop()[1])
        pools.append(pool)
    places = [total / count for total, count in pools for _ in range(count)]
    return [round(place + high, 1) for place, high in zip(places, above, strict=True)]
