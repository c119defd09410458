"""How a locale writes figures: all its forms, in the order in which they are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale

from explainer.checks.figures.amounts import Amounts
from explainer.checks.figures.centuries import CENTURY, century_form, century_names
from explainer.checks.figures.clock import clock_form
from explainer.checks.figures.days import Days
from explainer.checks.figures.decades import DECADE, Decades
from explainer.checks.figures.figure import Figure, FigureSet
from explainer.checks.figures.fractions import fraction_forms
from explainer.checks.figures.language import Language
from explainer.checks.figures.words import numbers_in_words

OTHER_DIGIT = re.compile(r"[^\D0-9]")


class Grammar:
    """Finds the figures in the texts of a locale."""

    def __init__(self, locale: Locale) -> None:
        self.language = Language(locale)
        self.days = Days(self.language)
        self.decades = Decades(self.language)
        self.amounts = Amounts(self.language)
        self.forms = [
            clock_form(self.language),
            century_form(self.language),
            self.decades.form(),
            *fraction_forms(self.language),
        ]
        self.period_names = [*century_names(self.language), *self.decades.names()]
        table = self.language.table
        words = {CENTURY: table.get("century"), DECADE: table.get("decades")}
        self.known_units = frozenset(unit for unit in words if words[unit])

    def find(self, text: str) -> FigureSet:
        """Return the figures of a text; a day is a figure such as `2023-11-20`."""
        text = text.translate(self.language.western_signs)
        text = OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)
        figures: list[Figure] = []
        text = self.days.take(text, figures)
        lower_case = text.casefold()
        for form in self.forms:
            if form.may_occur(lower_case):
                text = form.take(text, figures)
        text = self.amounts.take(text, figures)
        return FigureSet.of([*figures, *self._possible(text.casefold())], self.known_units)

    def _possible(self, lower_case_text: str) -> Iterator[Figure]:
        """Yield the words that may be figures, of a text without the figures that are sure."""
        yield from numbers_in_words(self.language, lower_case_text)
        for name, figure in self.period_names:
            yield from [figure] * lower_case_text.count(name)


@cache
def _grammar(locale: Locale) -> Grammar:
    return Grammar(locale)


@lru_cache(10_000)
def figures_in(text: str, locale: Locale) -> FigureSet:
    """Return the figures of a text; several checks ask for the same."""
    return _grammar(locale).find(text)
