"""Dates with a precision: a year, a month or a day, compared as intervals of days.

The form is that of calendar dates in ISO 8601-1:2019, extended format: `2023`, `2023-11`,
`2023-11-20`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

# Charts reach beyond the days they show, and `datetime.date` from year 1 to 9999.
MIN_YEAR, MAX_YEAR = 2, 9998


PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"


@dataclass(frozen=True)
class PartialDate:
    """A year, a month or a day.

    Attributes:
        year: From `MIN_YEAR` to `MAX_YEAR`.
        month: From 1, or None if the date is a year.
        day: From 1, or None if the date is a year or a month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Parse `2023`, `2023-11` or `2023-11-20`.

        Raises:
            ValueError: The text is no such date; the message can be shown to an editor.
        """
        if not re.fullmatch(PATTERN, text, re.ASCII):
            raise ValueError(f'"{text}" is not a date')
        value = cls(*map(int, text.split("-")))
        if not value._is_in_calendar():
            raise ValueError(f'"{text}" is not in the calendar{value._month_length()}')
        return value

    def _is_in_calendar(self) -> bool:
        month, day = (1 if part is None else part for part in (self.month, self.day))
        try:
            date(self.year, month, day)
        except ValueError:
            return False
        return MIN_YEAR <= self.year <= MAX_YEAR

    def _month_length(self) -> str:
        """Return how many days the month has, as the end of a message; empty without a month."""
        if not MIN_YEAR <= self.year <= MAX_YEAR or not 1 <= (month := self.month or 0) <= 12:
            return ""
        days = calendar.monthrange(self.year, month)[1]
        return f": {self.year:04}-{month:02} has {days} days"

    @property
    def first(self) -> date:
        """The first day of the interval."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day of the interval."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def overlaps(self, other: PartialDate) -> bool:
        """Whether the two intervals have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def is_before(self, other: PartialDate) -> bool:
        """Whether every day of this interval comes before every day of the other.

        `2023` is not before `2023-11-20`: the intervals overlap, so the order is open.
        """
        return self.last < other.first

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)
