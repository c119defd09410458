"""Centuries: `the 20th century`, `XIX e XX secolo`, `el siglo XX`, `Novecento`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from explainer.checks.figures.figure import Figure, Proof
from explainer.checks.figures.language import Language
from explainer.checks.figures.patterns import Form, any_of

CENTURY = "century"


NUMERAL = r"(?:(?-i:[IVX]+)|\d{1,2})"


ORDINAL = r"(?:\.|º|ª|°|-?[a-zè]{1,4})?"


NUMERALS = re.compile(r"(?<!\w)(?:[IVX]+|\d{1,2})")


ROMAN = {"I": 1, "V": 5, "X": 10}


ANY_CENTURY = tuple(f"century {number}" for number in range(1, 31))


def century_form(language: Language) -> Form:
    """Return the form of centuries with a number, one or several: `19th and 20th centuries`."""
    words = language.table.get("century", [])
    number = f"{NUMERAL}{ORDINAL}"
    numbers = f"{number}(?:{language.connector}{number}){{0,3}}"
    pattern = re.compile(
        rf"(?<!\w)(?P<before>{numbers})[\s-](?:{any_of(words)})(?!\w)"
        rf"|(?<!\w)(?:{any_of(words)})\s?(?P<after>{numbers})(?!\w)",
        re.IGNORECASE,
    )
    return Form(pattern, _read, tuple(word.casefold() for word in words))


def _read(match: re.Match[str]) -> list[Figure]:
    numerals = NUMERALS.findall(match["before"] or match["after"])
    numbers = [int(text) if text.isdecimal() else _roman_value(text) for text in numerals]
    # A language may have the number without the word for a century.
    return [Figure((f"century {n}", str(n)), Proof.NAMED, CENTURY) for n in numbers if n]


def _roman_value(numeral: str) -> int:
    values = [ROMAN[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


def century_names(language: Language) -> Iterator[tuple[str, Figure]]:
    """Yield what may name a century without its number: `Novecent`, `century` in `last century`."""
    for number, names in language.table.get("centuries", {}).items():
        for name in names:
            yield name.casefold(), Figure((f"century {number}",), Proof.POSSIBLE, CENTURY)
    for word in language.table.get("century", ()):
        yield word.casefold(), Figure(ANY_CENTURY, Proof.POSSIBLE, CENTURY)
