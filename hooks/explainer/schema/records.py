"""The records of a story: facts, sources, people and the other kinds, with their fields.

A key in YAML is the name of its field with hyphens. The docstring of a field is its documentation
for editors: in content/README.md and, through the JSON Schema, in completion.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, PrivateAttr

from explainer.schema.date_types import Date, From, Until
from explainer.schema.field_types import Boolean, Digest, FileName, LanguageCode, Number, Url
from explainer.schema.id_types import (
    EntityId,
    FactId,
    Id,
    OfficeId,
    OrganizationId,
    PersonId,
    SourceId,
)
from explainer.schema.pages import AnySentence, Sentence
from explainer.schema.record import Part, Record
from explainer.schema.text_types import Aliases, Name, Prose, SingleLine, Text, Translations


class Citation(Part):
    """A reference to a source, with the passage that supports the fact."""

    source: SourceId
    """The id of the source, from sources.yml."""
    paragraph: Number | None = None
    """The number of the paragraph that has the passage, counted from 1."""
    from_: SingleLine | None = None
    """The first words of the passage, exactly as in the source. Write enough of them that they
    occur only once in the paragraph."""
    to: SingleLine | None = None
    """The last words of the passage, exactly as in the source. Leave it out if `from` is the whole
    passage."""


class Fact(Record):
    """A statement in one sentence, with its status, its date and its citations."""

    kind_name = "fact"
    text: Prose
    """The fact in one sentence, in every language: 8 to 28 words that make sense alone. Good: “On
    14 June 2022 the town bought the tramway back.” Bad: “It changed hands again shortly
    afterwards.”"""
    about: list[EntityId] = Field(min_length=1)
    """The people, organizations and products that the fact is about, as a list of ids. List
    everyone that the text names."""
    status: Literal["confirmed", "announced", "reported", "disputed", "opinion"]
    """How certain the fact is. What is announced is not done yet; what is reported is not
    confirmed; the text of an opinion names whose it is."""
    date: Date
    """When it happened or was true, as precisely as is known."""
    as_of: Date | None = None
    """The date of the last check, for a fact that may change."""
    state: Boolean = False
    """Whether the fact is a state, which may end, and not an event."""
    overtaken: FactId | None = None
    """The id of the fact that ended this state, or by which this plan (`status: announced`) failed.
    An event cannot be overtaken."""
    cites: list[Citation] = Field(min_length=1)
    """The sources of the fact: one or more."""
    detail: Boolean = False
    """Whether only timeline and ledger show the fact: no page has to tell it."""
    reviewed: Digest | None = None
    """A mark that somebody has read the texts of all languages side by side. Do not write it
    yourself: `.venv/bin/explainer review --accept` does."""
    was: list[Id] = []
    """Former ids of the fact; links to them still work."""
    _subject: str = PrivateAttr(default="")

    @cached_property
    def subject(self) -> str:
        """The name of the fact's file without its ending: `people` for `facts/people.yml`."""
        return self._subject


class Paragraph(Part):
    """A paragraph of a source whose text is available."""

    summary: Prose
    """What the paragraph says, in one line and in your own words."""
    excused: Prose | None = None
    """Why no fact cites the paragraph, if none does: it is a heading, or the credit of a
    picture."""


class Source(Record):
    """A published document: an article, an announcement, a post or a filing."""

    kind_name = "source"
    kind: Literal["news", "announcement", "post", "filing", "interview", "document"]
    """The kind of document."""
    title: Text
    """The title of the document, written once. If it has none, a description in every language."""
    short: Text | None = None
    """The name of the source in notes, if the name of its publisher is not enough."""
    publisher: Text
    """Who published it, or `unknown`."""
    author: SingleLine | None = None
    """Who wrote it; for a post, the owner of the account."""
    language: LanguageCode
    """The language of the document, as a code."""
    published: From
    """The date of publication, or `unknown`."""
    accessed: Date | None = None
    """The date of your last visit."""
    verified: Literal["read", "cited"]
    """Whether you have `read` the document, or only found it `cited` elsewhere with its address."""
    url: Url | None = None
    """The web address of the document."""
    text: FileName | None = None
    """The file name of a private copy of the text, with one paragraph a line, in the folder that
    EXPLAINER_SOURCES names. The copy is never published."""
    copy_: Literal["whole", "excerpt"] = "whole"
    """How much of the text the private copy holds: `whole`, or `excerpt`, with one passage a line.

    The lines of an excerpt are not the paragraphs of the source, so its citations have no `paragraph`."""
    archived: Url | None = None
    """The address of an archived copy of the page, such as the Wayback Machine’s."""
    note: Text | None = None
    """What readers should know about the source."""
    paragraphs: dict[Number, Paragraph] = {}
    """The paragraphs of the source by number, if every paragraph is to be cited or excused."""


class Entity(Record):
    """A person, an organization or a product that facts are about."""

    name: Name
    """The name at first mention. Write it once if it is the same in every language."""
    aliases: Aliases = {}
    """Other names that texts use, such as a surname. Each becomes a link."""
    description: AnySentence
    """Who or what it is, in one sentence."""


class Person(Entity):
    """A person that facts are about."""

    kind_name = "person"


class Office(Part):
    """A position in an organization."""

    title: Text
    """The name of the position."""
    single: Boolean = False
    """Whether only one person at a time holds the position."""


class Organization(Entity):
    """A company, institution or body."""

    kind_name = "organization"
    offices: dict[Id, Office] = {}
    """The positions in the organization that roles refer to, by id."""


class Milestone(Part):
    """An event in the chart of a chip’s history."""

    fact: FactId
    """The id of the fact that gives the date and the status of the event."""
    label: Text
    """The label in the chart: a few words."""


class Chip(Part):
    """What the comparison of chips says about one of them."""

    for_: Text
    """The purpose of the chip."""
    announced: Date | None = None
    """The date of its announcement."""
    state: Sentence | None = None
    """What is known about the chip."""
    steps: list[Milestone] = []
    """The events of its history, for the chart."""
    facts: list[FactId] = Field(min_length=1)
    """The ids of the facts that support `for`."""


class Product(Entity):
    """A thing that an organization makes or plans."""

    kind_name = "product"
    maker: OrganizationId | None = None
    """The id of the organization that makes it."""
    chip: Chip | None = None
    """The entry in the comparison of chips, if the product is a chip."""


class Role(Record):
    """The time during which a person holds an office."""

    kind_name = "role"
    person: PersonId
    """The id of the person."""
    office: OfficeId
    """The id of an office of an organization."""
    interim: Boolean = False
    """Whether the person holds the office only until a successor is found."""
    agreed: Date | None = None
    """The date of the agreement or announcement, if it was before the first day."""
    from_: From
    """The first day of the role, or `unknown`."""
    until: Until
    """The first day after the role, `ongoing` or `unknown`. A successor may start on this day: the
    roles do not overlap."""
    as_of: Date | None = None
    """The date of the last check, for a role that is ongoing."""
    facts: list[FactId] = Field(min_length=1)
    """The ids of the facts about the role."""


class Quote(Record):
    """Words that somebody said, in the original language."""

    kind_name = "quote"
    words: SingleLine
    """The quoted words: a short phrase, without quotation marks."""
    language: LanguageCode
    """The original language, as a code."""
    translation: Translations = {}
    """The words in other languages. Readers see that these are translations."""
    by: EntityId
    """The id of the person or organization that said the words."""
    date: Date
    """The day on which the words were said."""
    cites: list[Citation] = Field(min_length=1)
    """The sources of the words: one or more."""


class Term(Record):
    """An entry of the glossary."""

    kind_name = "term"
    term: Name
    """The word or words that the entry explains."""
    aliases: Aliases = {}
    """Other forms of the term, such as the plural. Each becomes a link."""
    definition: Prose
    """The meaning, in two plain sentences."""


class SourceNote(Record):
    """An error or an oddity in a source, with the correct reading."""

    kind_name = "source note"
    source: SourceId
    """The id of the source."""
    paragraph: Number | None = None
    """The number of the paragraph that has the error, counted from 1."""
    from_: SingleLine | None = None
    """The first of the words that are wrong, or all of them, exactly as in the source."""
    to: SingleLine | None = None
    """The last of the words that are wrong, exactly as in the source."""
    kind: Literal["translation", "distortion", "omission", "outdated", "wording"]
    """The kind of error."""
    reading: Prose
    """The correct reading."""
    facts: list[FactId] = []
    """The ids of the facts concerned."""


class Update(Record):
    """An entry in the change log of the explainer."""

    kind_name = "update"
    date: Date
    """The day of the change."""
    kind: Literal["update", "correction", "clarification"]
    """The kind of change: an `update` adds news, a `correction` repairs an error, a `clarification`
    rewords what could be misunderstood."""
    text: Prose
    """What has changed."""
    facts: list[FactId] = []
    """The ids of the facts concerned."""


class Picture(Record):
    """A photograph, a drawing or a map; templates show it by its id."""

    kind_name = "picture"
    file_: FileName
    """The name of the file in docs/assets/pictures/: a PNG, JPEG, WebP or GIF."""
    alt: Text
    """What the picture shows, for readers who cannot see it."""
    caption: Text | None = None
    """The words below the picture."""
    credit: Text | None = None
    """The author of the picture, as readers see it: “Photo: …”."""
