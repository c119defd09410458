"""Numbers in words; each may be an article or a pronoun as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from explainer.checks.figures.figure import AMOUNT_UNITS, Figure, Proof, format_value
from explainer.checks.figures.language import Language

WORD = re.compile(r"[^\W\d_]+")


SCALE_DISTANCE = 3  # in words, from a number to a scale it shares: five to seven billion


def numbers_in_words(language: Language, lower_case_text: str) -> Iterator[Figure]:
    """Yield the numbers that the table has as words, with every scale that may be theirs."""
    words = WORD.findall(lower_case_text)
    for index, word in enumerate(words):
        if word in language.number_words:
            following = [
                language.scales.get(near, 1)
                for near in words[index + 1 : index + 1 + SCALE_DISTANCE]
            ]
            # The scale right behind a number is its own.
            scales = following[:1] if following and following[0] > 1 else [1, *following]
            value = language.number_words[word]
            readings = [format_value(Decimal(value * scale)) for scale in dict.fromkeys(scales)]
            yield Figure(
                tuple(reading + unit for reading in readings for unit in AMOUNT_UNITS),
                Proof.POSSIBLE,
            )
