"""Do both languages say the same? What a program can see of it: figures, dates and names.

The words of a language for months, millions and currencies come from the Unicode CLDR
(https://cldr.unicode.org) by way of Babel, so that no language is known here by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_name, get_decimal_symbol, get_group_symbol

from .dates import mentioned
from .names import Names
from .problem import WARNING, Problem
from .prose import Cell
from .story import Story


@dataclass(frozen=True)
class Figure:
    """A number in a text with its scale worked in (`13 billion` is 13·10⁹); `unit` is "", "%" or "money"."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        grouped = "," if self.value >= 10_000 else ""  # a year is not
        return f"{self.value.normalize():{grouped}f}{self.unit.replace('money', ' (money)')}"


class Figures:
    """Finds dates and figures in texts of one locale."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.group, self.decimal = get_group_symbol(locale), get_decimal_symbol(locale)
        self.scales = _scales(locale)
        self.money = _currency_words(locale)
        scales = (
            "|".join(re.escape(word) for word in sorted(self.scales, key=len, reverse=True))
            or "(?!)"
        )
        # A language that parts thousands by a space has several spaces for it.
        group = r"[ \u00a0\u2009\u202f]" if self.group.isspace() else re.escape(self.group)
        self.group_pattern, decimal = group, re.escape(self.decimal)
        number = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{decimal}\d+)?"
        # A range (5–7 billion) is one match: symbol, scale and unit belong to both its ends.
        self.number = re.compile(
            rf"(?P<symbol>\w{{0,3}}[$€£¥]\s?)?(?<![\w.,])(?P<number>{number})(?:\s?[–-]\s?(?P<end>{number}))?(?-i:º|ª|[a-z]{{1,2}})?(?!\w)"
            rf"(?:\s(?P<scale>{scales})\b)?(?=(?P<rest>\s?[%$€£¥]|(?:[\s’']\w+){{0,2}}))",
            re.IGNORECASE,
        )

    def find(self, text: str) -> Counter:
        """Dates (as `2023-11-20`) and figures of a text, counted."""
        found = Counter(str(figure) for figure in self.figures(text))
        for date in mentioned(text, self.locale) if found else ():
            if date.day:  # its day and year were counted as figures as well
                found.update([str(date)])
                found.subtract([str(date.day), str(date.year)])
        return +found

    def figures(self, text: str) -> Iterator[Figure]:
        for match in self.number.finditer(text):
            scale = self.scales.get((match["scale"] or "").casefold(), 1)
            words = set(re.split(r"[\s’']", match["rest"].casefold()))
            unit = (
                "%"
                if "%" in match["rest"]
                else "money"
                if match["symbol"] or words & (self.money | set("$€£¥"))
                else ""
            )
            for number in filter(None, (match["number"], match["end"])):
                yield Figure(
                    Decimal(re.sub(self.group_pattern, "", number).replace(self.decimal, "."))
                    * scale,
                    unit,
                )


@lru_cache
def _figures_of(locale: Locale) -> Figures:
    return Figures(locale)


@lru_cache(10_000)
def figures_in(text: str, locale: Locale) -> Counter:
    """What Figures finds in a text: several checks ask for the same."""
    return _figures_of(locale).find(text)


@lru_cache
def _scales(locale: Locale) -> dict[str, int]:
    """A locale's words for powers of ten, such as `million`, with the power they stand for."""
    words: dict[str, int] = {}
    for patterns in locale.compact_decimal_formats.get("long", {}).values():
        for power, pattern in patterns.items():
            word = pattern.pattern.replace("0", "").replace("'", "").strip().casefold()
            if word:
                words.setdefault(word, int(power) // 10 ** max(0, pattern.pattern.count("0") - 1))
    return words


@lru_cache
def _currency_words(locale: Locale) -> frozenset[str]:
    """Words that name a currency in a locale: the first and the last word of each currency's name."""
    names = [
        get_currency_name(code, count, locale) for code in locale.currencies for count in (None, 2)
    ]
    words = {word.casefold() for name in names for word in (name.split()[0], name.split()[-1])}
    return frozenset(word for word in words if len(word) > 2)


def check_languages(story: Story, names: dict[str, Names]) -> Iterator[Problem]:
    """Compare each text's languages with the story's own: figures, dates, names; and dates with `date`."""
    for record, text, route in texts(story):
        found = {
            code: figures_in(text[code], tongue.locale) for code, tongue in story.tongues.items()
        }
        for usual, code in odd_ones(found):
            yield record.problem(
                f"the figures differ: {shown(found[usual] - found[code])} in {usual}, {shown(found[code] - found[usual])} in {code}",
                *route,
                code,
                level=WARNING,
                hint="all languages give the same years, dates, amounts and percentages",
            )
        named = {code: names[code].named(text[code]) for code in story.tongues}
        for usual, code in odd_ones(named) if record.kind_name in ("fact", "page") else ():
            yield record.problem(
                f"the names differ: {shown(named[usual] - named[code])} in {usual}, {shown(named[code] - named[usual])} in {code}",
                *route,
                code,
                level=WARNING,
                hint="all languages name the same people, organizations and products",
            )
    for fact in story.facts.values():
        told = {
            code: mentioned(fact.text[code], tongue.locale)
            for code, tongue in story.tongues.items()
        }
        other = {
            code: dates
            for code, dates in told.items()
            if dates and not any(date.overlaps(fact.date) for date in dates)
        }
        everywhere = len(other) == sum(
            map(bool, told.values())
        )  # then it is more likely the date that is wrong
        for code in list(other)[: 1 if everywhere else None]:
            yield fact.problem(
                f"the text says {shown(other[code])}, the date says {fact.date}",
                *(["date"] if everywhere else ["text", code]),
                level=WARNING,
                hint="a date in the sentence agrees with the fact's own",
            )


def odd_ones(found: dict[str, Counter | set]) -> Iterator[tuple[str, str]]:
    """The languages that say something else than most do, or than the story's own where there is no majority; each after one of those."""
    usual = max(found, key=lambda code: sum(other == found[code] for other in found.values()))
    return ((usual, code) for code in found if found[code] != found[usual])


def texts(story: Story) -> Iterator[tuple]:
    """Every text in several languages that tells facts: its record, the text, its route in the record."""
    for fact in story.facts.values():
        yield fact, fact.text, ("text",)
    for entity in story.entities.values():
        if entity.description.text:
            yield entity, entity.description.text, ("description", "text")
    for note in story.source_notes.values():
        yield note, note.reading, ("reading",)
    for update in story.updates.values():
        yield update, update.text, ("text",)
    for picture in story.pictures.values():
        yield picture, picture.alt, ("alt",)
        if picture.caption:
            yield picture, picture.caption, ("caption",)
    for product in story.products.values():
        for index, step in enumerate(product.chip.steps if product.chip else ()):
            yield product, step.label, ("chip", "steps", index, "label")
    for page, sentence, route in sentences(story):
        if sentence.text:
            yield page, sentence.text, (*route, "text")
        if isinstance(sentence, Cell):
            yield page, sentence.label, (*route, "label")


def sentences(story: Story) -> Iterator[tuple]:
    """Every sentence of the pages' prose: its page, the sentence, its route in the page."""
    for page in story.pages.values():
        for index, sentence in enumerate(page.lead):
            yield page, sentence, ("lead", index)
        for key, section in page.sections.items():
            for index, sentence in enumerate(section.prose):
                yield page, sentence, ("sections", key, "prose", index)
            for index, contrast in enumerate(section.then_and_now):
                yield page, contrast.then, ("sections", key, "then-and-now", index, "then")
                yield page, contrast.now, ("sections", key, "then-and-now", index, "now")
            for line, row in enumerate(section.grid.rows if section.grid else ()):
                for column, cell in row.cells.items():
                    yield page, cell, ("sections", key, "grid", "rows", line, "cells", str(column))


def shown(things: Iterable[object]) -> str:
    """Things one after the other, for a message."""
    return ", ".join(map(str, things)) or "nothing"
