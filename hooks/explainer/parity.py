"""Do both languages say the same? What a program can see of it: figures, dates and names."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from .dates import mentioned
from .figures import Found, figures_in
from .names import Names
from .problem import WARNING, Problem
from .prose import Cell
from .story import Story


def check_languages(story: Story, names: dict[str, Names]) -> Iterator[Problem]:
    """Compare each text's languages with the story's own: figures, dates, names; and dates with `date`."""
    for record, text, route in texts(story):
        found = {
            code: figures_in(text[code], tongue.locale) for code, tongue in story.tongues.items()
        }
        for usual, code in odd_ones(found, Found.agrees):
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


T = TypeVar("T")


def odd_ones(
    found: dict[str, T], same: Callable[[T, T], bool] = operator.eq
) -> Iterator[tuple[str, str]]:
    """The languages that say something else than most do, or than the story's own where there is no majority; each after one of those."""
    usual = max(found, key=lambda code: sum(same(other, found[code]) for other in found.values()))
    return ((usual, code) for code in found if not same(found[code], found[usual]))


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
