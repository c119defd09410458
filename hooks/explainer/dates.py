"""Dates that carry their precision: a year, a month or a day, compared as intervals.

Written as in ISO 8601-1:2019 calendar dates, extended format: `2023`, `2023-11`, `2023-11-20`.
"""

from __future__ import annotations

import calendar
import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale, localedata
from babel.dates import format_date, format_skeleton, get_month_names

MIN_YEAR, MAX_YEAR = 2, 9998  # charts reach beyond their days, and the calendar from 1 to 9999
PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"


@dataclass(frozen=True)
class PartialDate:
    """A year, a month of it, or a day. `month` and `day` are None where the date does not say."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2023`, `2023-11` or `2023-11-20`; ValueError says in plain words what is wrong."""
        if not re.fullmatch(PATTERN, text, re.ASCII):
            raise ValueError(f'"{text}" is not a date')
        value = cls(*map(int, text.split("-")))
        try:
            if not MIN_YEAR <= value.year <= MAX_YEAR:
                raise ValueError
            date(
                value.year,
                1 if value.month is None else value.month,
                1 if value.day is None else value.day,
            )
        except ValueError:
            days = (
                f": {text[:7]} has {calendar.monthrange(value.year, value.month)[1]} days"
                if MIN_YEAR <= value.year <= MAX_YEAR and 1 <= (value.month or 0) <= 12
                else ""
            )
            raise ValueError(f'"{text}" is not in the calendar{days}') from None
        return value

    @property
    def first(self) -> date:
        """The first day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that the date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def overlaps(self, other: PartialDate) -> bool:
        """Whether both may mean the same day."""
        return self.first <= other.last and other.first <= self.last

    def surely_before(self, other: PartialDate) -> bool:
        """Whether every day this may mean comes before every day the other may mean."""
        return self.last < other.first

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


@lru_cache(maxsize=4096)
def spell(value: PartialDate, locale: Locale, first_of_month: str = "1") -> str:
    """The date as prose of a locale has it: `20 novembre 2023`, `November 2023`, `2023`.

    `first_of_month` is how the language writes the first day, e.g. `1er`.
    """
    if not value.month:
        return str(value.year)
    if not value.day:
        return format_date(value.first, "LLLL y", locale)
    return _first(format_date(value.first, "long", locale), value, first_of_month)


@lru_cache(maxsize=4096)
def spell_day(value: PartialDate, locale: Locale, first_of_month: str = "1") -> str:
    """Day and month without the year, for lists under a heading that names it: `20 novembre`, `novembre`."""
    if not value.month:
        return str(value.year)
    if not value.day:
        return format_date(value.first, "LLLL", locale)
    return _first(format_skeleton("MMMMd", value.first, locale=locale), value, first_of_month)


def _first(text: str, value: PartialDate, first_of_month: str) -> str:
    """A date's text with the first day of a month as the language writes it."""
    return re.sub(r"\b1\b", lambda _: first_of_month, text, count=1) if value.day == 1 else text


def mentioned(text: str, locale: Locale) -> list[PartialDate]:
    """The dates a text mentions in a locale's long form, day-month-year or month-year, in order."""
    months, pattern = _months(locale)
    dates = []
    for match in pattern.finditer(text):
        day, month, year = match.groups()
        try:
            dates.append(
                PartialDate.parse(
                    f"{year}-{months[month.casefold()]:02}" + (f"-{int(day):02}" if day else "")
                )
            )
        except ValueError:
            continue
    return dates


@lru_cache
def _months(locale: Locale) -> tuple[dict[str, int], re.Pattern[str]]:
    """A locale's months by name, in lower case, and a pattern that finds a month of a year, with its day or without."""
    months = {
        name.casefold(): number for number, name in get_month_names("wide", locale=locale).items()
    }
    names = "|".join(re.escape(name) for name in months)
    return months, re.compile(
        rf"(?:(?<!\d)(\d{{1,2}})(?:º|er|st|\.)?\s+)?\b({names})\s+(\d{{4}})\b", re.IGNORECASE
    )


def guesses(text: str, languages: Iterable[str]) -> list[PartialDate]:
    """What somebody may have meant who wrote a date in another form: `20/11/2023`, `2023-2-3`, `novembre 2023`."""
    text = text.strip("\"'“”„«»‘’ .,")
    named = [
        date
        for language in languages
        if localedata.exists(language)
        for date in mentioned(text, Locale(language))
    ]
    numbers = re.findall(r"\d+", text)[:3] if re.fullmatch(r"[\d\s./–-]+(T.*)?", text) else []
    year_last = bool(numbers) and len(numbers[-1]) == 4
    if year_last:  # then comes the day first in most countries, and the month in some
        numbers.reverse()
    if (
        named
        or not numbers
        or len(numbers[0]) != 4
        or any(len(number) > 2 for number in numbers[1:])
    ):
        return named[:1]
    found = []
    for order in (numbers, [numbers[0], *numbers[:0:-1]]):
        with contextlib.suppress(ValueError):
            found.append(PartialDate.parse("-".join(number.zfill(2) for number in order)))
    return list(dict.fromkeys(found))[: 2 if year_last else 1]
