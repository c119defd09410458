"""Numbers in words; each may be an article or a pronoun as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from explainer.checks.figures.figure import AMOUNT_UNITS, Figure, Proof, format_value
from explainer.checks.figures.language import Language

WORD = re.compile(r"[^\W\d_]+")


SCALE_DISTANCE = 3  # in words, from a number to a scale it shares: five to seven billion


def numbers_in_words(language: Language, lower_case_text: str) -> Iterator[Figure]:
    """Yield the numbers that the table has as words, with every scale that may be theirs."""
    numbers, known_scales = language.number_words, language.scales
    words = WORD.findall(lower_case_text)
    for index, word in enumerate(words):
        if word in numbers:
            following = words[index + 1 : index + 1 + SCALE_DISTANCE]
            scales = [known_scales.get(near, 1) for near in following]
            # The scale right behind a number is its own.
            own = scales[:1] if scales and scales[0] > 1 else [1, *scales]
            yield _figure(numbers[word], tuple(dict.fromkeys(own)))


@lru_cache(1000)
def _figure(number: int, scales: tuple[int, ...]) -> Figure:
    values = [format_value(Decimal(number * scale)) for scale in scales]
    return Figure(tuple(value + unit for value in values for unit in AMOUNT_UNITS), Proof.POSSIBLE)
