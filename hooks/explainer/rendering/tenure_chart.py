"""The tenure chart: who held an office from day to day, as bars to be drawn.

Days are columns of equal width. What was agreed but not yet formal is a bar of its own before the formal one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from explainer.schema.records import Role


@dataclass(frozen=True)
class Bar:
    """A stretch of an office: `first` day and the day after its last, clipped to the chart's own days.

    `open_start` and `open_end` tell that the role goes on beyond the chart; `agreed` that it was not yet formal.
    """

    role: Role
    first: date
    after: date
    agreed: bool = False
    open_start: bool = False
    open_end: bool = False

    @property
    def days(self) -> int:
        """The length in days."""
        return (self.after - self.first).days


@dataclass(frozen=True)
class Chart:
    """The days of a chart, and its bars in the order in which they begin."""

    days: list[date]
    bars: list[Bar]


def build_tenure_chart(roles: Iterable[Role], month: date) -> Chart:
    """The chart of some roles around the changes that fell in the month of a date.

    It runs from the day before the first change in that month to the day after the last. Raises ValueError
    where no role begins or ends in that month on a known day.
    """
    roles = list(roles)
    changes = [
        d.first
        for role in roles
        for d in (role.agreed, role.from_.date, role.until.date)
        if d and d.day and (d.year, d.month) == (month.year, month.month)
    ]
    if not changes:
        raise ValueError("no role begins or ends in the month of the snapshot")
    start, end = min(changes) - timedelta(1), max(changes) + timedelta(2)
    bars = [bar for role in roles for bar in _bars(role, start, end)]
    days = [start + timedelta(n) for n in range((end - start).days)]
    return Chart(days, sorted(bars, key=lambda bar: (bar.first, bar.after)))


def _bars(role: Role, start: date, end: date) -> Iterable[Bar]:
    first = role.from_.date.first if role.from_.date else date.min
    after = role.until.date.first if role.until.date else date.max
    if role.agreed and role.agreed.first < first:
        yield from _clip(role, role.agreed.first, first, start, end, agreed=True)
    yield from _clip(role, first, after, start, end)


def _clip(
    role: Role, first: date, after: date, start: date, end: date, agreed: bool = False
) -> Iterable[Bar]:
    if max(first, start) < min(after, end):
        yield Bar(
            role,
            max(first, start),
            min(after, end),
            agreed,
            open_start=first < start,
            open_end=after > end,
        )
