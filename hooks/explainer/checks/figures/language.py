"""What the CLDR and `languages.yml` know of the figures of a language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, TypedDict

import yaml
from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_decimal_symbol, get_group_symbol

from explainer.checks.figures.patterns import any_of, normalize

CurrencyName = tuple[str, list[str]]  # a code, and the words of a name


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
    def currency_words(self) -> dict[str, bool]:
        """Words such as `dollars`, each with whether it can be no other word."""
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


def _currency_words(locale: Locale) -> dict[str, bool]:
    """Return the nouns in the names of currencies, each with whether it can be no other word.

    A name has the noun at one end and a country's adjective at the other: `British pounds`,
    `sterline britanniche`. More currencies share a noun than an adjective, so that the nouns are
    at the end that has the most common word. A noun of one currency alone may be another word as
    well, such as `gold`, unless it is the whole name, such as `euro`.
    """
    names = list(_currency_names(locale))
    reversed_names = [(code, words[::-1]) for code, words in names]
    nouns = max(map(_by_first_word, (names, reversed_names)), key=_most_shared)
    return {
        noun: len({code for code, _ in uses}) > 1 or any(len(words) == 1 for _, words in uses)
        for noun, uses in nouns.items()
        if len(noun) > 2 and not _is_adjective(uses, nouns)
    }


def _by_first_word(names: list[CurrencyName]) -> dict[str, list[CurrencyName]]:
    grouped = defaultdict(list)
    for code, words in names:
        grouped[words[0]].append((code, words))
    return grouped


def _most_shared(names_by_word: dict[str, list[CurrencyName]]) -> int:
    """Return how many currencies share the most common word."""
    return max(
        (
            len({code for code, words in names if len(words) > 1})
            for names in names_by_word.values()
        ),
        default=0,
    )


def _is_adjective(names: list[CurrencyName], nouns: Container[str]) -> bool:
    """Return whether the first word of names often stands before a noun: `nuovo dollaro …`."""
    return sum(len(words) > 2 and words[1] in nouns for _, words in names) * 2 >= len(names)


def _currency_names(locale: Locale) -> Iterator[CurrencyName]:
    """Yield each currency that is or was legal tender, with the words of one of its names."""
    territories = get_global("territory_currencies").values()
    tender = {code for uses in territories for code, *_, is_tender in uses if is_tender}
    for code in sorted(tender.intersection(locale.currencies)):
        for name in {get_currency_name(code, count, locale) for count in (None, 1, 2, 5)}:
            # Without years: Brazilian cruzeiro (1990–1993).
            yield code, re.split("[ -]", normalize(name.partition("(")[0].strip()))
