"""Find the figures of a text, in whatever form a language writes them, and compare two texts.

Number symbols, months, scales and currencies come from the Unicode CLDR by way of Babel; what it
does not know comes from `figures.yml`, one table a language. No language is named here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.numbers import get_currency_name, get_decimal_symbol, get_group_symbol

from explainer.schema.date_formats import find_dates

SIGNS = "".join(chr(c) for c in range(0x20D0) if unicodedata.category(chr(c)) == "Sc")


SYMBOL = re.compile(rf"(?:([{SIGNS}])|\b([A-Z]{{3}}))\s?$")


UNITS = ("", "%", " (money)")


# How much the absence of a figure proves in the other text.
SURE, PAIRED, POSSIBLE = range(3)  # a fault; a fault beside another of its unit; nothing


@dataclass(frozen=True)
class Figure:
    """A figure of a text: all that it may mean, the likeliest first.

    Without a reading it is a form that is not understood, which may be any figure.
    """

    readings: tuple[str, ...]
    proof: int = SURE
    unit: str = ""

    def agrees(self, other: Figure) -> bool:
        """Whether both may mean the same."""
        return (
            not self.readings
            or not other.readings
            or not set(self.readings).isdisjoint(other.readings)
        )

    def __str__(self) -> str:
        return self.readings[0] if self.readings else "?"


@dataclass(frozen=True)
class Found:
    """The figures of a text, the surest first."""

    figures: tuple[Figure, ...] = ()

    @classmethod
    def of(cls, figures: Iterable[Figure]) -> Found:
        return cls(tuple(sorted(figures, key=_surest)))

    def __sub__(self, other: Found) -> list[str]:
        """The figures that this text gives and the other surely does not."""
        if self.figures == other.figures:
            return []
        alone, left = _match(self.figures, other.figures)
        units = {figure.unit for figure in left if figure.proof == PAIRED}
        return [
            str(figure)
            for figure in alone
            if figure.proof == SURE or figure.proof == PAIRED and figure.unit in units
        ]

    def agrees(self, other: Found) -> bool:
        """Whether neither text surely gives a figure that the other does not."""
        return not (self - other or other - self)

    def __bool__(self) -> bool:
        return bool(self.figures)


def _surest(figure: Figure) -> tuple[object, ...]:
    return figure.proof, not figure.readings, len(figure.readings), figure.readings


def _match(some: Iterable[Figure], others: Iterable[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Pair the figures of two texts; return those that are left of each."""
    alone, left = [], list(others)
    for figure in some:
        partner = next((other for other in left if figure.agrees(other)), None)
        if partner is None:
            alone.append(figure)
        else:
            left.remove(partner)
    return alone, left


@dataclass(frozen=True)
class Form:
    """A form of figures: what it looks like, and what it means. No meaning: it is not one."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], list[Figure]]
    hint: re.Pattern[str] = re.compile(r"\d")
    """What a text must hold for the form to be looked for, found quickly."""

    def take(self, text: str, found: list[Figure]) -> str:
        """Add the figures of a text; return the text without them."""

        def taken(match: re.Match[str]) -> str:
            figures = self.read(match)
            found.extend(figures)
            return ";" * len(match[0]) if figures else match[0]

        return self.pattern.sub(taken, text)


class Grammar:
    """How a locale writes figures."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.table: dict[str, Any] = _tables().get(locale.language, {})
        self.digits = _native_symbols(locale)
        # A language that parts thousands by a space has several spaces for it.
        group = get_group_symbol(locale)
        self.group = r"[ \u00a0\u2009\u202f]" if group.isspace() else re.escape(group)
        self.decimal = get_decimal_symbol(locale)
        self.scales = _scales(locale) | {
            word.casefold(): int(value) for word, value in self.table.get("scales", {}).items()
        }
        self.words = _by_word(self.table.get("words", {}))
        self.money = _currency_words(locale)
        self.forms = [
            *filter(None, (self._clock(), self._century(), self._decade())),
            *self._fractions(),
            self._number(),
        ]

    def find(self, text: str) -> Found:
        """Find dates (as `2023-11-20`) and figures."""
        text = re.sub(r"[^\D0-9]", lambda digit: str(int(digit[0])), text.translate(self.digits))
        found: list[Figure] = []
        for match, date in reversed(list(find_dates(text, self.locale))):
            if date.day:  # of a month, the year is compared alone
                found.append(Figure((str(date),)))
                start = match.start("to") if match["to"] else match.start()
                text = text[:start] + ";" * (match.end() - start) + text[match.end() :]
        for form in self.forms:
            if form.hint.search(text):
                text = form.take(text, found)
        return Found.of([*found, *self._in_words(text)])

    def _clock(self) -> Form:
        table = self.table.get("clock", {})
        halves = {
            half: [*table.get(half, ()), *_day_period(self.locale, half)] for half in ("am", "pm")
        }
        before = re.compile(rf"\b(?:{_any(table.get('before', ()))})\s$", re.IGNORECASE)
        return Form(
            re.compile(
                r"(?<![\w.,:/])(?P<hour>[01]?\d|2[0-4])"
                r"(?:(?:(?P<colon>:|\s?h\s?)|\.)(?P<minute>[0-5]\d)(?!\d)(?::[0-5]\d(?!\d))?)?"
                rf"(?:\s?(?:(?P<am>{_any(halves['am'])})|(?P<pm>{_any(halves['pm'])}))(?!\w))?"
                rf"(?P<after>\s?(?:{_any(table.get('after', ()))}))?"
                rf"(?![\w:%]|\s?(?:{_any(self.scales)})(?!\w))",
                re.IGNORECASE,
            ),
            lambda match: _time(match, bool(before.search(match.string[: match.start()]))),
        )

    def _century(self) -> Form | None:
        words = self.table.get("century")
        number = r"(?P<{0}>(?-i:[IVX]+)|\d{{1,2}})"
        ordinal = r"(?:\.|º|ª|°|-?[a-zè]{1,4})?"
        return words and Form(
            re.compile(
                rf"(?<!\w){number.format('first')}{ordinal}[\s-](?:{_any(words)})(?!\w)"
                rf"|(?<!\w)(?:{_any(words)})\s?{number.format('last')}(?!\w)",
                re.IGNORECASE,
            ),
            _century,
            re.compile(_any(words), re.IGNORECASE),
        )

    def _decade(self) -> Form | None:
        tens = {word: int(ten) for word, ten in _by_word(self.table.get("tens", {})).items()}
        digits = rf"[’'‘]?(?:(?P<digits>(?:\d\d)?\d0)|(?P<word>{_any(tens)}))"
        forms = [re.escape(form).split(r"\{\}") for form in self.table.get("decades", ())]
        befores = "|".join(sorted({form[0] for form in forms}, key=len, reverse=True))
        afters = "|".join(sorted({form[1] for form in forms}, key=len, reverse=True))

        def read(match: re.Match[str]) -> list[Figure]:
            short = match["digits"] or str(tens[match["word"].casefold()])
            years = [short] if len(short) == 4 else [f"{c}{short}" for c in (19, 20, 18)]
            spelt = [f"{year}s" for year in years] + years
            return [Figure((*spelt, *([short] if len(short) < 4 else ())), PAIRED, "decade")]

        return (
            Form(
                re.compile(rf"(?<![\w.,])(?:{befores}){digits}(?:{afters})(?!\w)", re.IGNORECASE),
                read,
                re.compile(rf"\d0|{_any(tens)}", re.IGNORECASE),
            )
            if forms
            else None
        )

    def _fractions(self) -> Iterator[Form]:
        phrases = _by_word(self.table.get("fractions", {}))
        if phrases:
            yield Form(
                re.compile(rf"(?<!\w)(?:{_any(phrases)})(?!\w)", re.IGNORECASE),
                lambda match: _fraction(Fraction(phrases[_key(match[0])])),
                re.compile(
                    _any({re.split("[ -]", phrase)[-1] for phrase in phrases}), re.IGNORECASE
                ),
            )
        yield Form(
            re.compile(r"(?<![\w.,/])([1-9]|1[01])[/⁄]([2-9]|1[0-2])(?![\w/])"),
            lambda match: _fraction(Fraction(int(match[1]), int(match[2]))),
            re.compile("[/⁄]"),
        )
        sign = re.compile("[¼-¾⅐-⅞]")
        yield Form(
            sign,
            lambda match: _fraction(Fraction(unicodedata.numeric(match[0])).limit_denominator(12)),
            sign,
        )

    def _number(self) -> Form:
        number = (
            rf"(?:\d{{1,3}}(?:{self.group}\d{{3}})+(?!\d)|\d+)(?:{re.escape(self.decimal)}\d+)?"
        )
        percent = _any(self.table.get("percent", ()))
        # A range (5–7 billion) is one match: symbol, scale and unit belong to both its ends.
        return Form(
            re.compile(
                rf"(?<![\w.,])(?P<number>{number})(?:\s?[–-]\s?(?P<end>{number}))?"
                rf"(?:[\s-]?(?P<scale>{_any(self.scales)})\.?(?!\w)"
                r"|(?-i:º|ª|[a-z]{1,2})?(?!\w)|(?P<odd>[^\W\d_]+)(?!\w))"
                rf"(?:(?P<percent>\s?[%٪]|[\s-](?:{percent})(?!\w))"
                rf"|(?=(?P<rest>\s?[{SIGNS}]|(?:[\s’']\w+){{0,2}})))",
                re.IGNORECASE,
            ),
            self._amounts,
        )

    def _amounts(self, match: re.Match[str]) -> list[Figure]:
        if match["odd"]:
            return [Figure((), POSSIBLE)]
        before = SYMBOL.search(match.string[max(0, match.start() - 6) : match.start()])
        symbol, code = before.groups() if before else (None, None)
        code = code if code in self.locale.currencies else None
        unit, words = "", re.split(r"[\s’']", match["rest"] or "")
        if match["percent"]:
            unit = "%"
        elif symbol or any(
            word.casefold() in self.money or word in SIGNS for word in words if word
        ):
            unit = " (money)"
        # A code may be a word, and a language without a table has words unknown here.
        code = code or next((word for word in words if word in self.locale.currencies), None)
        if not unit and (code or not self.table):
            units = ["", " (money)"] if code else list(UNITS)
        else:
            units = [unit]
        scale = self.scales.get(_key(match["scale"] or ""), 1)
        # A letter alone may be a unit: 10 m.
        doubtful = len(match["scale"] or "") == 1 and not symbol and not code
        scales = [scale, 1] if doubtful else [scale]
        numbers = [self._value(text) for text in (match["number"], match["end"]) if text]
        return [
            Figure(tuple(f"{spelt(n * scale)}{unit}" for scale in scales for unit in units))
            for n in numbers
        ]

    def _value(self, text: str) -> Decimal:
        return Decimal(re.sub(self.group, "", text).replace(self.decimal, "."))

    def _in_words(self, text: str) -> Iterator[Figure]:
        """Read numbers in words, with their scale; each may be an article or a pronoun as well."""
        words = [word.casefold() for word in re.findall(r"[^\W\d_]+", text)]
        for word, after in pairwise([*words, ""]):
            if word in self.words:
                value = spelt(Decimal(self.words[word]) * self.scales.get(after, 1))
                yield Figure(tuple(value + unit for unit in UNITS), POSSIBLE)


def spelt(value: Decimal) -> str:
    """Spell a value in one form, for comparison and for messages; a year has no comma."""
    with localcontext(prec=1000):
        return f"{value.normalize():{',' if value >= 10_000 else ''}f}"


def _time(match: re.Match[str], before: bool) -> list[Figure]:
    """Read a time of day; what has neither minutes nor a word for the hour is none."""
    hour, minute = int(match["hour"]), match["minute"]
    half = "am" if match["am"] else "pm" if match["pm"] else ""
    if not (half or match["after"] or minute and (match["colon"] or before)):
        return []
    if half and hour > 12 and not minute:
        return []
    hours = [hour % 12 + 12 * (half == "pm")] if half and hour <= 12 else [hour % 24]
    if not half and hour <= 12:
        hours.append((hour + 12) % 24)
    readings = [f"{hour:02}:{minute or '00'}" for hour in hours]
    if not minute:  # another language may give the hour as a number alone
        readings += [str(number) for number in dict.fromkeys((*hours, hour))]
    elif not (half or match["after"] or match["colon"]):  # or it is a number: at 3.50 dollars
        readings += [spelt(Decimal(f"{match['hour']}.{minute}")) + unit for unit in UNITS]
    return [Figure(tuple(readings), PAIRED, "time")]


def _century(match: re.Match[str]) -> list[Figure]:
    text = match["first"] or match["last"]
    number = int(text) if text.isdecimal() else _roman(text)
    # Without the word for a century, a language may give the number alone.
    return [Figure((f"century {number}", str(number)), PAIRED, "century")] if number else []


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in text]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _fraction(value: Fraction) -> list[Figure]:
    readings = [str(value)]
    if 1000 % value.denominator == 0:
        exact = Decimal(value.numerator) / value.denominator
        readings += [spelt(exact), f"{spelt(exact * 100)}%"]
    return [Figure(tuple(readings), PAIRED, "fraction")]


def _any(words: Iterable[str]) -> str:
    """A pattern of any of some words, the longest first; of nothing where there is none."""
    escaped = (
        re.escape(word).replace(r"\ ", r"\s").replace("’", "[’']")
        for word in sorted(words, key=len, reverse=True)
    )
    return "|".join(escaped) or "(?!)"


def _key(text: str) -> str:
    """A word as the tables have it, whatever its case and spaces."""
    return re.sub(r"\s", " ", text).casefold()


def _by_word(table: dict[Any, list[str]]) -> dict[str, str]:
    return {word.casefold(): str(value) for value, words in table.items() for word in words}


@lru_cache
def _tables() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_suffix(".yml").read_text("utf-8")
    tables: dict[str, dict[str, Any]] = yaml.load(text, yaml.BaseLoader)  # `null` is a word
    return tables


@lru_cache
def _grammar(locale: Locale) -> Grammar:
    return Grammar(locale)


@lru_cache(10_000)
def figures_in(text: str, locale: Locale) -> Found:
    """Find the dates and figures of a text: several checks ask for the same."""
    return _grammar(locale).find(text)


def _native_symbols(locale: Locale) -> dict[int, str]:
    """A locale's own separators, by those that go with the digits 0 to 9."""
    return {
        ord(symbol(locale, numbering_system="default")): symbol(locale)
        for symbol in (get_group_symbol, get_decimal_symbol)
        if symbol(locale, numbering_system="default") != symbol(locale)
    }


def _day_period(locale: Locale, half: str) -> list[str]:
    periods = locale.day_periods.get("format", {}).get("abbreviated", {})
    return [periods[half]] if half in periods else []


@lru_cache
def _scales(locale: Locale) -> dict[str, int]:
    """A locale's words and abbreviations for powers of ten, with the power they stand for."""
    words: dict[str, int] = {}
    for width in ("long", "short"):
        for patterns in locale.compact_decimal_formats.get(width, {}).values():
            for power, pattern in patterns.items():
                word = _key(pattern.pattern.replace("0", "").replace("'", "").strip().rstrip("."))
                if word:
                    zeros = pattern.pattern.count("0")
                    words.setdefault(word, int(power) // 10 ** max(0, zeros - 1))
    return words


@lru_cache
def _currency_words(locale: Locale) -> frozenset[str]:
    """Words that name a currency: the first and the last word of each currency's name."""
    names = [
        get_currency_name(code, count, locale)
        for code in map(str, locale.currencies)
        for count in (None, 2)
    ]
    words = {word.casefold() for name in names for word in (name.split()[0], name.split()[-1])}
    return frozenset(word for word in words if len(word) > 2)
