"""Dates that carry their precision: a year, a month or a day, compared as intervals.

Written as in ISO 8601-1:2019 calendar dates, extended format: `2023`, `2023-11`, `2023-11-20`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from explainer.schema.dates import PartialDate


@lru_cache(maxsize=4096)
def format_partial_date(value: PartialDate, locale: Locale, first_of_month: str = "1") -> str:
    """The date as prose of a locale has it: `20 novembre 2023`, `November 2023`, `2023`.

    `first_of_month` is how the language writes the first day, e.g. `1er`.
    """
    if not value.month:
        return str(value.year)
    if not value.day:
        return format_skeleton("yMMMM", value.first, locale=locale)
    return _first(format_date(value.first, "long", locale), value, first_of_month)


@lru_cache(maxsize=4096)
def format_day_month(value: PartialDate, locale: Locale, first_of_month: str = "1") -> str:
    """Day and month without the year, for lists under a heading that names it: `20 novembre`, `novembre`."""
    if not value.month:
        return str(value.year)
    if not value.day:
        return format_date(value.first, "LLLL", locale)
    return _first(format_skeleton("MMMMd", value.first, locale=locale), value, first_of_month)


def _first(text: str, value: PartialDate, first_of_month: str) -> str:
    """A date's text with the first day of a month as the language writes it."""
    return re.sub(r"\b1\b", lambda _: first_of_month, text, count=1) if value.day == 1 else text
