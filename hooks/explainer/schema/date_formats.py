"""Find the dates that a text mentions, in the forms of its language.

The forms are date patterns of the CLDR (https://unicode.org/reports/tr35/tr35-dates.html), turned
into regular expressions.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Literal

from babel import Locale, localedata
from babel.dates import get_month_names, tokenize_pattern

from explainer.schema.dates import PartialDate

Field = tuple[str, int]  # a letter of a CLDR pattern and how often it stands, such as ("M", 4)


DAY = r"(?P<day>\d{1,2})(?:\s?[–-]\s?(?P<to>\d{1,2}))?(?:º|ª|er|st|nd|rd|th|\.)?"


YEAR = r"(?P<year>\d{4})(?!\d)"


MONTH_NUMBER = r"(?P<month>\d{1,2})"


NEVER = "(?!)"  # matches nothing


def mentioned_dates(text: str, locale: Locale) -> list[PartialDate]:
    """Return the months and days that a text mentions, in order."""
    return [date for _, date in find_dates(text, locale)]


def find_dates(text: str, locale: Locale) -> Iterator[tuple[re.Match[str], PartialDate]]:
    """Find the months and days that a text mentions, in the forms of the locale's language.

    Yields:
        Each match and its date, in order. If the match is a range of days in one month, the date
        is its last day, and the group `to` of the match is that day's number.
    """
    return _finder(locale).find(text)


class _DateFinder:
    """Finds dates by regular expressions made from the date patterns of a locale."""

    def __init__(self, locale: Locale) -> None:
        # Other orders of the language as well: 12 February 2018 and February 12, 2018.
        names = (str(locale), locale.language, f"{locale.language}_001")
        locales = [Locale.parse(name) for name in dict.fromkeys(names) if localedata.exists(name)]
        self.months = _month_names(locale, "wide")
        self.short_months = _month_names(locale, "abbreviated")
        patterns = [
            *(variant.date_formats["long"].pattern for variant in locales),
            *(_skeleton_pattern(variant, "yMMMMd") for variant in locales),
            *(_skeleton_pattern(variant, "yMMMM") for variant in locales),
        ]
        self.regexes = [
            re.compile(self._regex(pattern), re.IGNORECASE)
            for pattern in dict.fromkeys(patterns)
            if "y" in pattern
        ]

    def find(self, text: str) -> Iterator[tuple[re.Match[str], PartialDate]]:
        """Yield each date with its match; of matches that overlap, the first and longest."""
        if not re.search(r"\d", text):
            return
        matches = (match for regex in self.regexes for match in regex.finditer(text))
        end = 0
        for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
            date = self._date(match)
            if date and match.start() >= end:
                yield match, date
                end = match.end()

    def _date(self, match: re.Match[str]) -> PartialDate | None:
        groups = match.groupdict()
        name = (groups.get("name") or "").casefold()
        number = int(groups.get("month") or 0)
        month = self.months.get(name) or self.short_months.get(name) or number
        day = int(groups.get("to") or groups.get("day") or 0)
        text = f"{int(match['year']):04}-{month:02}"
        with contextlib.suppress(ValueError):
            return PartialDate.parse(f"{text}-{day:02}" if day else text)
        return None

    def _regex(self, pattern: str) -> str:
        """Return the regular expression for a CLDR pattern; it always has a group `to`."""
        parts = _pattern_parts(pattern)
        names = self.months | (self.short_months if "d" in pattern else {})
        text = "".join(
            _literal_regex(part) if isinstance(part, str) else _field_regex(part, names)
            for part in parts
        )
        start = r"(?<!\w)" if parts[0][0] in "ML" else r"(?<!\d)"
        return f"{start}{text}" if "(?P<to>" in text else f"{start}{text}(?P<to>{NEVER})?"


@lru_cache
def _finder(locale: Locale) -> _DateFinder:
    return _DateFinder(locale)


def _pattern_parts(pattern: str) -> list[str | Field]:
    """Split a CLDR pattern into fields and the text between them, without text at the ends."""
    parts: list[str | Field] = []
    for kind, tokens in groupby(tokenize_pattern(pattern), itemgetter(0)):
        values = [value for _, value in tokens]
        parts += ["".join(map(str, values))] if kind == "chars" else values
    while isinstance(parts[0], str):
        parts.pop(0)
    while isinstance(parts[-1], str):
        parts.pop()
    return parts


def _field_regex(field: Field, month_names: Iterable[str]) -> str:
    letter, length = field
    if letter in "ML":
        if length < 3:
            return MONTH_NUMBER
        names = "|".join(map(re.escape, sorted(month_names, key=len, reverse=True)))
        return rf"(?P<name>{names})\.?"
    return {"d": DAY, "y": YEAR}.get(letter, NEVER)


def _literal_regex(text: str) -> str:
    """Return a regular expression for the text between two fields; its words are optional."""
    if not re.search(r"\s", text):
        return re.escape(text)
    before, *between, after = re.split(r"\s+", text)
    words = "".join(rf"(?:{re.escape(word)}\s+)?" for word in between)
    return rf"(?:{re.escape(before)})?\s+{words}(?:{re.escape(after)})?"


def _skeleton_pattern(locale: Locale, skeleton: str) -> str:
    """Return the pattern for a set of fields, such as `yMMMMd`; empty if the locale has none."""
    pattern = locale.datetime_skeletons.get(skeleton)
    return pattern.pattern if pattern else ""


def _month_names(locale: Locale, width: Literal["wide", "abbreviated"]) -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for context in ("stand-alone", "format")
        for number, name in get_month_names(width, context, locale).items()
        if not name.isdecimal()
    }


def suggest_dates(text: str, languages: Iterable[str]) -> list[PartialDate]:
    """Return what a date in another form may mean, such as `20/11/2023` or `novembre 2023`.

    Args:
        text: What is written in place of a date.
        languages: The languages in which months may be named.

    Returns:
        One date, or two if day and month can change places; empty if nothing is likely.
    """
    text = text.strip("\"'“”„«»‘’ .,")
    named = [
        date
        for language in languages
        if localedata.exists(language)
        for date in mentioned_dates(text, Locale(language))
    ]
    return named[:1] or _suggest_numeric_dates(text)


def _suggest_numeric_dates(text: str) -> list[PartialDate]:
    numbers = re.findall(r"\d+", text)[:3] if re.fullmatch(r"[\d\s./–-]+(T.*)?", text) else []
    year_last = bool(numbers) and len(numbers[-1]) == 4
    if year_last:
        numbers.reverse()
    if not numbers or len(numbers[0]) != 4 or any(len(number) > 2 for number in numbers[1:]):
        return []
    dates = []
    # If the year is last, the day comes first in most countries, and the month in some.
    for order in (numbers, [numbers[0], *numbers[:0:-1]]):
        with contextlib.suppress(ValueError):
            dates.append(PartialDate.parse("-".join(number.zfill(2) for number in order)))
    return list(dict.fromkeys(dates))[: 2 if year_last else 1]
