"""Do both languages say the same? What a program can see of it: figures, dates and names."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.schema.pages import Cell
from explainer.schema.record import Record
from explainer.schema.records import Citation, SourceNote
from explainer.story.story import Story


def all_texts(story: Story) -> Iterator[tuple]:
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
    for series in story.series.values():
        yield series, series.title, ("title",)
        if series.note:
            yield series, series.note, ("note",)
    for picture in story.pictures.values():
        yield picture, picture.alt, ("alt",)
        if picture.caption:
            yield picture, picture.caption, ("caption",)
    for product in story.products.values():
        for index, step in enumerate(product.chip.steps if product.chip else ()):
            yield product, step.label, ("chip", "steps", index, "label")
    for page, sentence, route in all_sentences(story):
        if sentence.text:
            yield page, sentence.text, (*route, "text")
        if isinstance(sentence, Cell):
            yield page, sentence.label, (*route, "label")


def all_sentences(story: Story) -> Iterator[tuple]:
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


def all_citations(story: Story) -> Iterator[tuple[Record, Citation | SourceNote, tuple, int]]:
    """Everything that may name a passage, with its route in its record and its number there: citations and source notes."""
    for record in (*story.facts.values(), *story.quotes.values()):
        for index, citation in enumerate(record.cites):
            yield record, citation, ("cites", index), index
    for note in story.source_notes.values():
        yield note, note, (), 0
