"""The story in one language, as one tree of pages."""

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
    """A piece of prose: a fact as it stands, or words of its own that name the facts they rest on."""

    facts: list[FactId] = Field(min_length=1)
    """The facts that it rests on; where it has no words of its own, the one that it is."""
    text: Prose | None = None
    """Words of its own, so that the page reads well: the same strength as the facts, no more."""
    paragraph: Boolean = False
    """Whether a paragraph begins with it."""
    reviewed: Digest | None = None
    """Written by `.venv/bin/explainer review --accept`: it was read beside its facts, in all languages, as they now stand."""


AnySentence = Annotated[Sentence, BeforeValidator(expand_fact_id), FactIdAllowed()]


class Contrast(Part):
    """What was so on the day of the story beside what holds today."""

    then: AnySentence
    """What was so then."""
    now: AnySentence
    """What holds now."""


class Cell(Sentence):
    """What was so from a column’s date on."""

    label: Text
    """A few words for the picture."""


class Row(Part):
    """A row of a grid: a matter."""

    label: Text
    """What it is about."""
    cells: dict[Date, Cell] = Field(min_length=1)
    """What was so from each column’s date on, where something is known."""


class Grid(Part):
    """Terms over time: a picture and a table."""

    caption: Text
    """What the table shows."""
    columns: dict[Date, Text] = Field(min_length=1, max_length=50)
    """The dates on which something changed, each with its name."""
    rows: list[Row] = Field(min_length=1)
    """The matters."""


class Section(Part):
    """A stretch of a page under a heading; its key is the anchor."""

    heading: Text
    """A heading that says something: “Why the town wanted its tramway back”, not “Context”."""
    prose: list[AnySentence] = []
    """Its sentences, in order: the id of a fact, told as it stands, or words of their own."""
    then_and_now: list[Contrast] = []
    """What was so then beside what holds now."""
    grid: Grid | None = None
    """Terms over time."""


class Page(Record):
    """A page’s words, section by section."""

    kind_name = "page"
    title: Text
    """Its headline, and its title in the browser; the home page has the story’s question for a headline."""
    label: Text
    """What the navigation calls it."""
    description: Text
    """What it gives, in a sentence, for search engines and for links that lead to it."""
    lead: list[AnySentence] = []
    """Its opening sentences."""
    entities: list[Literal["person", "organization", "product"]] = []
    """The kinds of entity that have their place on this page."""
    sections: dict[Id, Section] = {}
    """Its sections, each under the id that is its anchor."""

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of its prose: lead and sections."""
        yield from self.lead
        for section in self.sections.values():
            yield from section.prose

    @property
    def template(self) -> str:
        """The file in docs/ that lays the page out."""
        return "index.md" if self.id == "home" else f"{self.id}.md"
