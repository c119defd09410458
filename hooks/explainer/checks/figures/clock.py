"""Times of day: `15:30`, `3.30 p.m.`, `15 h 30`, `um 15 Uhr`, `between 3 and 4 pm`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from explainer.checks.figures.figure import AMOUNT_UNITS, Figure, Proof, format_value
from explainer.checks.figures.language import Language
from explainer.checks.figures.patterns import Form, any_of

Half = Literal["am", "pm"]


NOT_INSIDE_A_NUMBER = r"(?<![\w.,:/])"


HOUR = r"[01]?\d|2[0-4]"


# 15:30, 15 h 30 and 15.30; the point may be that of a decimal number.
MINUTE = r"(?:(?P<colon>:|\s?h\s?)|\.)(?P<minute>[0-5]\d)(?!\d)(?::[0-5]\d(?!\d))?"


def clock_form(language: Language) -> Form:
    """Return the form of the times of day of a language."""
    table = language.table.get("clock", {})
    # Where a range begins: its half of the day is that of its end.
    first = rf"(?:(?P<first>{HOUR})(?:[:.](?P<first_minute>[0-5]\d))?{language.connector})?"
    am, pm = any_of(language.day_periods("am")), any_of(language.day_periods("pm"))
    half = rf"(?:\s?(?:(?P<am>{am})|(?P<pm>{pm}))(?!\w))?"
    after = rf"(?P<after>\s?(?:{any_of(table.get('after', ()))}))?"
    not_an_amount = rf"(?![\w:%]|\s?(?:{any_of(language.scales)})(?!\w))"
    pattern = re.compile(
        rf"{NOT_INSIDE_A_NUMBER}{first}(?P<hour>{HOUR})(?:{MINUTE})?{half}{after}{not_an_amount}",
        re.IGNORECASE,
    )
    before = re.compile(rf"\b(?:{any_of(table.get('before', ()))})\s$", re.IGNORECASE)
    return Form(
        pattern, lambda match: _read(match, bool(before.search(match.string[: match.start()])))
    )


def _read(match: re.Match[str], after_a_word: bool) -> list[Figure]:
    """Read a time of day, or two; without minutes or a word for the hour it is none."""
    hour, minute = int(match["hour"]), match["minute"]
    half: Half | None = "am" if match["am"] else "pm" if match["pm"] else None
    certain = bool(half or match["after"] or (minute and match["colon"]))
    if not certain and not (minute and after_a_word):
        return []
    if half and hour > 12 and not minute:
        return []
    readings = _readings(hour, minute, half)
    if minute and not certain:  # it may be a number: at 3.50 dollars
        value = format_value(Decimal(f"{match['hour']}.{minute}"))
        readings += [value + unit for unit in AMOUNT_UNITS]
    times = [Figure(tuple(readings), Proof.PAIRED, "time")]
    if match["first"]:
        first = int(match["first"]), match["first_minute"]
        readings = _readings(*first, half) + _readings(*first, None)
        times.append(Figure(tuple(dict.fromkeys(readings)), Proof.PAIRED, "time"))
    return times


def _readings(hour: int, minute: str | None, half: Half | None) -> list[str]:
    """Return what a time may mean: in full, and as a number if it has no minutes."""
    hours = [hour % 12 + 12 * (half == "pm")] if half and hour <= 12 else [hour % 24]
    if not half and hour <= 12:
        hours.append((hour + 12) % 24)
    readings = [f"{hour:02}:{minute or '00'}" for hour in hours]
    if not minute:
        readings += [str(number) for number in dict.fromkeys((*hours, hour))]
    return readings
