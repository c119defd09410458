"""Dates that carry their precision: a year, a month or a day, compared as intervals.

Written as in ISO 8601-1:2019 calendar dates, extended format: `2023`, `2023-11`, `2023-11-20`.
"""

from __future__ import annotations

import calendar
import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Literal

from babel import Locale, localedata
from babel.dates import get_month_names, tokenize_pattern
from pydantic import BeforeValidator, ValidationInfo

from explainer.problems import closest_match
from explainer.schema.field_types import JsonSchema, content_error, describe_type

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

    def is_before(self, other: PartialDate) -> bool:
        """Whether every day this may mean comes before every day the other may mean."""
        return self.last < other.first

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def mentioned(text: str, locale: Locale) -> list[PartialDate]:
    """The dates a text mentions in the forms of a locale's language, months or days, in order."""
    return [date for _, date in find_dates(text, locale)]


def find_dates(text: str, locale: Locale) -> Iterator[tuple[re.Match[str], PartialDate]]:
    """Find the months and days that a text mentions, each with its match.

    The group `to` of the match is the last day of a range in one month.
    """
    return _dates_of(locale).find(text)


class _Dates:
    """How a language writes months of a year and days, by the patterns of the CLDR."""

    def __init__(self, locale: Locale) -> None:
        # The language's other orders as well: 12 February 2018, February 12, 2018.
        names = (str(locale), locale.language, f"{locale.language}_001")
        locales = [Locale.parse(name) for name in dict.fromkeys(names) if localedata.exists(name)]
        self.months = _month_names(locale, "wide")
        self.short = _month_names(locale, "abbreviated")
        days = [one.date_formats["long"].pattern for one in locales]
        days += [_skeleton(one, "yMMMMd") for one in locales]
        months = [_skeleton(one, "yMMMM") for one in locales]
        self.patterns = [
            re.compile(self._regex(pattern), re.IGNORECASE)
            for pattern in dict.fromkeys(filter(None, (*days, *months)))
            if pattern and "y" in pattern
        ]

    def find(self, text: str) -> Iterator[tuple[re.Match[str], PartialDate]]:
        if not re.search(r"\d", text):
            return
        matches = (match for pattern in self.patterns for match in pattern.finditer(text))
        end = 0
        for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
            date = self._date(match)
            if date and match.start() >= end:
                yield match, date
                end = match.end()

    def _date(self, match: re.Match[str]) -> PartialDate | None:
        given = match.groupdict()
        name = (given.get("name") or "").casefold()
        month = self.months.get(name) or self.short.get(name) or int(given.get("month") or 0)
        day = int(given.get("to") or given.get("day") or 0)
        year = f"{int(match['year']):04}-{month:02}"
        with contextlib.suppress(ValueError):
            return PartialDate.parse(f"{year}-{day:02}" if day else year)
        return None

    def _regex(self, pattern: str) -> str:
        names = self.months | (self.short if "d" in pattern else {})
        either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        fields = {
            "d": r"(?P<day>\d{1,2})(?:\s?[–-]\s?(?P<to>\d{1,2}))?(?:º|ª|er|st|nd|rd|th|\.)?",
            "M": rf"(?P<name>{either})\.?",
            "y": r"(?P<year>\d{4})(?!\d)",
        }
        runs = [
            (kind, [token for _, token in run])
            for kind, run in groupby(tokenize_pattern(pattern), itemgetter(0))
        ]
        while runs[0][0] == "chars":
            runs.pop(0)
        while runs[-1][0] == "chars":
            runs.pop()
        parts = []
        for kind, tokens in runs:
            if kind == "chars":
                parts.append(_literal("".join(map(str, tokens))))
            else:
                parts += [
                    r"(?P<month>\d{1,2})"
                    if letter in "ML" and length < 3
                    else fields.get(letter.replace("L", "M"), "(?!)")
                    for letter, length in tokens
                ]
        start = r"(?<!\w)" if runs[0][1][0][0] in "ML" else r"(?<!\d)"
        text = start + "".join(parts)
        return text if "(?P<to>" in text else f"{text}(?P<to>(?!))?"


def _literal(text: str) -> str:
    """A pattern of what stands between two fields of a date: words and signs may be left out."""
    if not re.search(r"\s", text):
        return re.escape(text)
    before, *between, after = re.split(r"\s+", text)
    words = "".join(rf"(?:{re.escape(word)}\s+)?" for word in between)
    return rf"(?:{re.escape(before)})?\s+{words}(?:{re.escape(after)})?"


def _skeleton(locale: Locale, skeleton: str) -> str | None:
    pattern = locale.datetime_skeletons.get(skeleton)
    return pattern and pattern.pattern


def _month_names(locale: Locale, width: Literal["wide", "abbreviated"]) -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for context in ("stand-alone", "format")
        for number, name in get_month_names(width, context, locale).items()
        if not name.isdecimal()
    }


@lru_cache
def _dates_of(locale: Locale) -> _Dates:
    return _Dates(locale)


def suggest_dates(text: str, languages: Iterable[str]) -> list[PartialDate]:
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


def _date(value: object, info: ValidationInfo, *words: str) -> PartialDate:
    """A date; `words` are those that may stand in its place, for the message."""
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise content_error(
            "wrong-type",
            f"expected a date, not {describe_type(value)}",
            "as in 2023, 2023-11 or 2023-11-20",
        )
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        word = closest_match(value, words)
        meant = (
            [word]
            if word
            else [str(date) for date in suggest_dates(value, info.context["languages"])]
        )
        instead = f", or the word {' or '.join(words)}" if words else ""
        raise content_error(
            "invalid-date",
            str(error),
            f"did you mean {' or '.join(meant)}?"
            if meant
            else f"as in 2023, 2023-11 or 2023-11-20{instead}",
        ) from None


def _open_date(*words: str):
    """A date, or one of some words in its place, which leave the date empty but are remembered by the field."""

    def validate(value: object, info: ValidationInfo) -> object:
        return OpenDate(None, value) if value in words else OpenDate(_date(value, info, *words), "")

    return BeforeValidator(validate)


@dataclass(frozen=True)
class OpenDate:
    """A date, or in its place the word `unknown` or `ongoing`."""

    date: PartialDate | None
    word: str


DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


def _dated(*words: str) -> JsonSchema:
    pattern = f"^({'|'.join([DATE, *words])})$"
    return JsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": pattern,
            "examples": ["2023-11-20", "2023-11", "2023", *words],
        }
    )


Date = Annotated[PartialDate, BeforeValidator(lambda value, info: _date(value, info)), _dated()]


From = Annotated[OpenDate, _open_date("unknown"), _dated("unknown")]


Until = Annotated[OpenDate, _open_date("unknown", "ongoing"), _dated("unknown", "ongoing")]
