"""What the CLDR and `languages.yml` know of the figures of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, TypedDict

import yaml
from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_decimal_symbol, get_group_symbol

from explainer.checks.figures.patterns import any_of, normalize

SPACES = r"[ \u00a0\u2009\u202f]"


class ClockTable(TypedDict, total=False):
    """Words beside an hour."""

    before: list[str]
    after: list[str]
    am: list[str]
    pm: list[str]


class Table(TypedDict, total=False):
    """The table of a language; `languages.yml` describes the keys."""

    percent: list[str]
    scales: dict[str, str]
    between: list[str]
    century: list[str]
    centuries: dict[str, list[str]]
    decades: list[str]
    tens: dict[str, list[str]]
    clock: ClockTable
    fractions: dict[str, list[str]]
    words: dict[str, list[str]]


@cache
def tables() -> dict[str, Table]:
    """Return the tables of `languages.yml` by language."""
    text = Path(__file__).with_name("languages.yml").read_text("utf-8")
    loaded: dict[str, Table] = yaml.load(text, yaml.BaseLoader)  # `null` is a word there
    return loaded


@dataclass(frozen=True)
class Language:
    """What is known of the figures of a locale."""

    locale: Locale

    @cached_property
    def table(self) -> Table:
        """The table of the language, empty if there is none."""
        return tables().get(self.locale.language, {})

    @cached_property
    def group(self) -> str:
        """A pattern of the sign between thousands; any space if it is a space."""
        group = get_group_symbol(self.locale)
        return SPACES if group.isspace() else re.escape(group)

    @cached_property
    def decimal(self) -> str:
        """The sign before decimals."""
        return get_decimal_symbol(self.locale)

    @cached_property
    def western_signs(self) -> dict[int, str]:
        """The separators beside the language's own digits, each with the one beside 0 to 9."""
        return {
            ord(symbol(self.locale, numbering_system="default")): symbol(self.locale)
            for symbol in (get_group_symbol, get_decimal_symbol)
            if symbol(self.locale, numbering_system="default") != symbol(self.locale)
        }

    @cached_property
    def scales(self) -> dict[str, int]:
        """Words and abbreviations for powers of ten, with their value."""
        own = self.table.get("scales", {})
        return _cldr_scales(self.locale) | {
            word.casefold(): int(value) for word, value in own.items()
        }

    @cached_property
    def currency_words(self) -> frozenset[str]:
        """Words such as `dollars`, without the words for countries."""
        return _currency_words(self.locale)

    @cached_property
    def number_words(self) -> dict[str, int]:
        """Numbers in single words, ordinals and articles too."""
        return {word: int(value) for word, value in by_word(self.table.get("words", {})).items()}

    @cached_property
    def connector(self) -> str:
        """A pattern of what joins the numbers of a range or a list: ` and `, ` e il `, ` – `."""
        words = any_of({*self.table.get("between", ()), *_conjunctions(self.locale)})
        # The length is limited, so that no text is searched again and again.
        return rf"(?:\s?[–-]\s?|,?(?:\s(?:{words})){{1,3}}(?:\s|(?<=[’']))|,\s)"

    def day_periods(self, half: Literal["am", "pm"]) -> list[str]:
        """Return what stands beside an hour of one half of the day."""
        known = self.locale.day_periods.get("format", {}).get("abbreviated", {})
        own = self.table.get("clock", {}).get(half, [])
        return [*own, known[half]] if half in known else own


def by_word(table: dict[str, list[str]]) -> dict[str, str]:
    """Turn a table of words by value into one of values by word, in lower case."""
    return {word.casefold(): value for value, words in table.items() for word in words}


def _conjunctions(locale: Locale) -> Iterator[str]:
    """Yield the words for `and` and `or`."""
    for style in ("standard", "or"):
        pattern = locale.list_patterns.get(style, {}).get("2", "")
        word = re.sub(r"\{\d\}", "", pattern).strip()
        if word.isalpha():
            yield word


def _cldr_scales(locale: Locale) -> dict[str, int]:
    """Return words and abbreviations for powers of ten, with their value."""
    words: dict[str, int] = {}
    for width in ("long", "short"):
        for patterns in locale.compact_decimal_formats.get(width, {}).values():
            for power, pattern in patterns.items():
                text = pattern.pattern
                word = normalize(text.replace("0", "").replace("'", "").strip().rstrip("."))
                if word:
                    value = int(power) // 10 ** max(0, text.count("0") - 1)
                    words.setdefault(word, value)
    return words


def _currency_words(locale: Locale) -> frozenset[str]:
    """Return the nouns in the names of currencies that are or were legal tender.

    A name has the noun at one end and a country's adjective at the other: `British pounds`,
    `sterline britanniche`. Many currencies share a noun and few an adjective, so that the nouns
    are at the end that has fewer different words.
    """
    territories = get_global("territory_currencies").values()
    tender = {code for uses in territories for code, *_, is_tender in uses if is_tender}
    codes = tender.intersection(locale.currencies)
    names = [_currency_name(code, None, locale) for code in codes]
    end = min((0, -1), key=lambda end: len({name[end] for name in names if len(name) > 1}))
    plurals = [_currency_name(code, count, locale) for code in codes for count in (1, 2, 5)]
    return frozenset(name[end] for name in [*names, *plurals] if len(name[end]) > 2)


def _currency_name(code: str, count: int | None, locale: Locale) -> list[str]:
    """Return the words of a currency's name, without years: `Brazilian cruzeiro (1990–1993)`."""
    name, _, _ = get_currency_name(code, count, locale).partition("(")
    return re.split("[ -]", normalize(name.strip()))
