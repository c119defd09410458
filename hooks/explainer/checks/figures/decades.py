"""Decades: `the 1980s`, `anni Ottanta`, `anni ’80 e ’90`, `80er Jahre`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.checks.figures.figure import Figure, Proof
from explainer.checks.figures.language import Language, by_word
from explainer.checks.figures.patterns import Form, any_of

DECADE = "decade"


APOSTROPHES = "’'‘"


CENTURIES = (19, 20, 18)  # of a decade in two digits, the likeliest first


class Decades:
    """Finds decades in the texts of a language."""

    def __init__(self, language: Language) -> None:
        tens = by_word(language.table.get("tens", {}))
        self.tens = {word: int(digits) for word, digits in tens.items()}
        # What stands before and after the digits: `anni {}`, `{}er Jahre`.
        forms = [form.partition("{}") for form in language.table.get("decades", ())]
        self.affixes = [(before, after) for before, _, after in forms]
        # Whether a form has a word of its own; `{}s` has none and may be an age: in her 80s.
        self.has_word = any(" " in before + after for before, after in self.affixes)
        self.connector = language.connector

    def form(self) -> Form:
        """Return the form of decades, one or two: `anni ’80 e ’90`."""
        before = any_of({before for before, _ in self.affixes})
        after = any_of({after for _, after in self.affixes})
        number = rf"[{APOSTROPHES}]?(?:(?:\d\d)?\d0|{any_of(self.tens)})"
        pattern = re.compile(
            rf"(?<![\w.,])(?:{before})(?P<first>{number})(?:{after})"
            rf"(?:{self.connector}(?P<second>{number})(?:{after}))?(?!\w)",
            re.IGNORECASE,
        )
        # What stands beside the number, without which there is no decade.
        beside = {before or f"0{after}" for before, after in self.affixes}
        return Form(pattern, self._read, (*map(str.casefold, beside), *self.tens))

    def _read(self, match: re.Match[str]) -> list[Figure]:
        numbers = [number for number in (match["first"], match["second"]) if number]
        return [Figure(self._readings(text), self._proof(text), DECADE) for text in numbers]

    def _readings(self, number: str) -> tuple[str, ...]:
        number = number.lstrip(APOSTROPHES).casefold()
        digits = number if number.isdecimal() else str(self.tens[number])
        if len(digits) == 4:
            return f"{digits}s", digits
        years = [f"{century}{digits}" for century in CENTURIES]
        return *(f"{year}s" for year in years), *years, digits

    def _proof(self, number: str) -> Proof:
        """Return how sure it is that a decade is meant, and neither a century nor an age."""
        in_full = len(number) == 4 and number.isdecimal() and not number.endswith("00")
        shortened = number[0] in APOSTROPHES
        as_name = self.has_word and number[0].isupper()  # anni Ottanta
        return Proof.NAMED if in_full or shortened or as_name else Proof.PAIRED

    def names(self) -> Iterator[tuple[str, Figure]]:
        """Yield the words that may name a decade without a word beside them: `nei Novanta`."""
        for word in self.tens:
            yield word, Figure(self._readings(word), Proof.POSSIBLE, DECADE)
