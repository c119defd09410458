"""Numbers with their scale and unit: `13 billion dollars`, `£10k`, `tra il 12 e il 13%`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from explainer.checks.figures.figure import (
    AMOUNT_UNITS,
    MONEY,
    PERCENT,
    PLAIN,
    Figure,
    Proof,
    format_value,
)
from explainer.checks.figures.language import Language
from explainer.checks.figures.patterns import any_of, blanked, normalize

CURRENCY_SIGNS = "".join(chr(c) for c in range(0x20D0) if unicodedata.category(chr(c)) == "Sc")


# A sign or code right before a number: $13, EUR 10.
BEFORE = re.compile(rf"(?:(?P<sign>[{CURRENCY_SIGNS}])|\b(?P<code>[A-Z]{{3}}))\s?$")


MAX_BEFORE = 6  # characters before a number that can hold a sign or code


# The end of an ordinal, such as 1er and 20th: it does not change the number.
ORDINAL = r"(?-i:º|ª|[a-z]{1,2})?(?!\w)"


# Other letters right behind a number, whose meaning is not known: 64GB.
SUFFIX = r"(?P<suffix>[^\W\d_]+)(?!\w)"


# What follows a number and may name a currency: 10 miliardi di dollari, 5 US-Dollar.
FOLLOWING = rf"(?=(?P<following>\s?[{CURRENCY_SIGNS}]|(?:[\s’'-]\w+){{0,2}}))"


@dataclass
class Amount:
    """A number, or the two of a range that share all: `5–7 billion`.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        numbers: Its numbers, without scale.
        factors: The scales and units that it may have, the likeliest first.
        scaled: Whether it has a scale of its own.
        unit: Its own unit, if it has one for certain.
        marked_before: Whether its unit stands before it.
    """

    start: int
    end: int
    numbers: list[Decimal]
    factors: list[tuple[int, str]]
    scaled: bool
    unit: str
    marked_before: bool

    def borrow(self, factors: Iterable[tuple[int, str]]) -> None:
        """Add the scales and units of a neighbour, where this amount has none of its own."""
        own_scale, _ = self.factors[0]
        for scale, unit in factors:
            factor = own_scale if self.scaled else scale, self.unit or unit
            if factor not in self.factors:
                self.factors.append(factor)

    def figures(self) -> list[Figure]:
        """Return a figure for each number."""
        return [
            Figure(tuple(f"{format_value(n * scale)}{unit}" for scale, unit in self.factors))
            for n in self.numbers
        ]


class Amounts:
    """Finds amounts in the texts of a language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.pattern = re.compile(self._regex(), re.IGNORECASE)
        # What joins two amounts, with the sign or code of the second.
        self.connector = re.compile(
            rf"{language.connector}(?:(?:[{CURRENCY_SIGNS}]|[A-Z]{{3}})\s?)?"
        )

    def _regex(self) -> str:
        language = self.language
        grouped = rf"\d{{1,3}}(?:{language.group}\d{{3}})+(?!\d)"
        number = rf"(?:{grouped}|\d+)(?:{re.escape(language.decimal)}\d+)?"
        # Sign, scale and unit of a range belong to both its ends: 5–7 billion.
        numbers = rf"(?<![\w.,])(?P<number>{number})(?:\s?[–-]\s?(?P<end>{number}))?"
        scale = rf"[\s-]?(?P<scale>{any_of(language.scales)})\.?(?!\w)"
        percent_word = any_of(language.table.get("percent", ()))
        percent = rf"(?P<percent>\s?[%٪]|[\s-](?:{percent_word})(?!\w))"
        return rf"{numbers}(?:{scale}|{ORDINAL}|{SUFFIX})(?:{percent}|{FOLLOWING})"

    def take(self, text: str, figures: list[Figure]) -> str:
        """Add the amounts of a text to a list, and return the text without them."""
        amounts: list[Amount] = []
        rest, end = [], 0
        for match in self.pattern.finditer(text):
            rest += [text[end : match.start()], blanked(match[0])]
            end = match.end()
            if match["suffix"]:
                figures.append(Figure((), Proof.POSSIBLE))
            else:
                amounts.append(self._read(match))
        self._share(text, amounts)
        figures += [figure for amount in amounts for figure in amount.figures()]
        return "".join([*rest, text[end:]])

    def _read(self, match: re.Match[str]) -> Amount:
        before = BEFORE.search(match.string[max(0, match.start() - MAX_BEFORE) : match.start()])
        currencies = self.language.locale.currencies
        sign = bool(before and before["sign"])
        code_before = bool(before and before["code"] in currencies)
        following = [word for word in re.split(r"[\s’'-]", match["following"] or "") if word]
        code = code_before or any(word in currencies for word in following)
        units = self._units(match, sign, code, following)
        scale = self.language.scales.get(normalize(match["scale"] or ""), 1)
        # A letter alone may be a unit of measure: 10 m.
        doubtful = len(match["scale"] or "") == 1 and not sign and not code
        return Amount(
            start=match.start(),
            end=match.end(),
            numbers=[self._value(text) for text in (match["number"], match["end"]) if text],
            factors=list(product([scale, 1] if doubtful else [scale], units)),
            scaled=bool(match["scale"]),
            unit=units[0] if len(units) == 1 else PLAIN,
            marked_before=sign or code_before,
        )

    def _units(
        self, match: re.Match[str], sign: bool, code: bool, following: list[str]
    ) -> Sequence[str]:
        """Return the units that an amount may have, the likeliest first."""
        if match["percent"]:
            return [PERCENT]
        words = self.language.currency_words
        named = [words[word.casefold()] for word in following if word.casefold() in words]
        if sign or any(named) or any(word in CURRENCY_SIGNS for word in following):
            return [MONEY]
        if not self.language.table:  # the words of the language are not known
            return AMOUNT_UNITS
        if named:
            return [MONEY, PLAIN]
        return [PLAIN, MONEY] if code else [PLAIN]

    def _value(self, text: str) -> Decimal:
        ungrouped = re.sub(self.language.group, "", text)
        return Decimal(ungrouped.replace(self.language.decimal, "."))

    def _share(self, text: str, amounts: list[Amount]) -> None:
        """Let the numbers of a range or a list have the scale and unit that one of them carries.

        What is behind the last may belong to those before it: `12 to 13%`. A sign before the first
        may belong to those behind it: `$5 to 7 million`.
        """
        neighbours = [
            (left, right)
            for left, right in pairwise(amounts)
            if self.connector.fullmatch(text, left.end, right.start)
        ]
        for left, right in reversed(neighbours):
            left.borrow(right.factors)
        for left, right in neighbours:
            if left.marked_before:
                scale, _ = right.factors[0]
                right.borrow((scale, unit) for _, unit in left.factors)
