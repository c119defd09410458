"""Small fractions: `two thirds`, `3/4`, `¾`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from explainer.checks.figures.figure import PERCENT, Figure, Proof, format_value
from explainer.checks.figures.language import Language, by_word
from explainer.checks.figures.patterns import Form, any_of, normalize

# 3/4 and 11/12, but no date and no part of an address.
WITH_SLASH = re.compile(r"(?<![\w.,/])(?P<above>[1-9]|1[01])[/⁄](?P<below>[2-9]|1[0-2])(?![\w/])")


SIGNS = tuple("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")


def fraction_forms(language: Language) -> Iterator[Form]:
    """Yield the forms of fractions: phrases of the language, digits, signs."""
    phrases = by_word(language.table.get("fractions", {}))
    yield Form(
        re.compile(rf"(?<!\w)(?:{any_of(phrases)})(?!\w)", re.IGNORECASE),
        lambda match: _read(Fraction(phrases[normalize(match[0])])),
        tuple({re.split("[ -]", phrase)[-1] for phrase in phrases}),
    )
    yield Form(
        WITH_SLASH,
        lambda match: _read(Fraction(int(match["above"]), int(match["below"]))),
        ("/", "⁄"),
    )
    yield Form(
        re.compile(any_of(SIGNS)),
        lambda match: _read(Fraction(unicodedata.numeric(match[0])).limit_denominator(12)),
        SIGNS,
    )


def _read(value: Fraction) -> list[Figure]:
    readings = [str(value)]
    if 1000 % value.denominator == 0:
        exact = Decimal(value.numerator) / value.denominator
        readings += [format_value(exact), f"{format_value(exact * 100)}{PERCENT}"]
    return [Figure(tuple(readings), Proof.PAIRED, "fraction")]
