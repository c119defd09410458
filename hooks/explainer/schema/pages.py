"""The texts of the pages: sections, sentences, and what a page compares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from explainer.schema.date_types import Date
from explainer.schema.field_types import Boolean, Digest
from explainer.schema.id_types import FactId, FactIdAllowed, Id, expand_fact_id
from explainer.schema.record import Part, Record
from explainer.schema.text_types import Prose, Text

GLOSSARY_PAGE, LEDGER_PAGE, SOURCES_PAGE = "glossary", "ledger", "sources"


class Sentence(Part):
    """A sentence of a page: a fact as it is, or a text of its own that names its facts."""

    facts: list[FactId] = Field(min_length=1)
    """The ids of the facts that support the sentence. Without `text`, the one fact that it
    repeats."""
    text: Prose | None = None
    """A text of its own, so that the page reads well. It must not claim more than the facts do."""
    paragraph: Boolean = False
    """Whether a new paragraph begins with this sentence."""
    reviewed: Digest | None = None
    """A mark that somebody has read the sentence beside its facts, in all languages. Do not write
    it yourself: `.venv/bin/explainer review --accept` does."""


AnySentence = Annotated[Sentence, BeforeValidator(expand_fact_id), FactIdAllowed()]


class Contrast(Part):
    """What was true on the day of the story, beside what is true today."""

    then: AnySentence
    """What was true then."""
    now: AnySentence
    """What is true now."""


class Cell(Sentence):
    """What was true from the date of a column on."""

    label: Text
    """The label in the chart: a few words."""


class Row(Part):
    """A row of a grid: one topic over time."""

    label: Text
    """The topic of the row."""
    cells: dict[Date, Cell] = Field(min_length=1)
    """What was true from the date of each column on. Leave out a date if nothing is known."""


class Grid(Part):
    """How terms changed over time, as a chart and a table."""

    caption: Text
    """The caption: what the table shows."""
    columns: dict[Date, Text] = Field(min_length=1, max_length=50)
    """The dates on which something changed, each with its heading."""
    rows: list[Row] = Field(min_length=1)
    """The topics, in order."""


class Section(Part):
    """A part of a page with a heading; its key is the anchor."""

    heading: Text
    """The heading. Say what the section says: “Why the town wanted its tramway back”, not
    “Context”."""
    prose: list[AnySentence] = []
    """The sentences in order: each is the id of a fact, or a sentence of its own."""
    then_and_now: list[Contrast] = []
    """What was true then, beside what is true now."""
    grid: Grid | None = None
    """How terms changed over time."""


class Page(Record):
    """The texts of a page, section by section."""

    kind_name = "page"
    title: Text
    """The headline, and the title in the browser. The home page has the question of the story as
    its headline."""
    label: Text
    """The name of the page in the navigation."""
    description: Text
    """What the page is about, in one sentence, for search engines and link previews."""
    lead: list[AnySentence] = []
    """The opening sentences."""
    entities: list[Literal["person", "organization", "product"]] = []
    """The kinds of entity that this page presents; links to them lead here."""
    sections: dict[Id, Section] = {}
    """The sections, each by an id, which is its anchor."""

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences of the lead and of each section's prose."""
        yield from self.lead
        for section in self.sections.values():
            yield from section.prose

    @property
    def template(self) -> str:
        """The name of the template of the page, in `docs/`."""
        return "index.md" if self.id == "home" else f"{self.id}.md"
