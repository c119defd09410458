"""The records of a story: what each kind of content file holds, key by key.

Keys in YAML are the fields' names with hyphens. The words below a field are what an editor reads of it: in
content/README.md and, while typing, by way of the JSON Schema.
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
    """A fact's pointer to a source, with its passage where the text is at hand."""

    source: SourceId
    """The source's id, in sources.yml."""
    paragraph: Number | None = None
    """Which paragraph of the source the passage is in, counted from 1."""
    from_: SingleLine | None = None
    """The first words of the passage, exactly as the source has them; enough of them to be found once in the paragraph."""
    to: SingleLine | None = None
    """The last words of the passage, exactly. Left out where `from` is all of it."""


class Fact(Record):
    """One sentence in every language, with status, date and citations."""

    kind_name = "fact"
    text: Prose
    """The fact in one sentence, in every language: 8 to 28 words that can stand alone. Good: “On 14 June 2022 the town bought the tramway back.” Bad: “It changed hands again shortly afterwards.”"""
    about: list[EntityId] = Field(min_length=1)
    """Whom and what it is about: ids of people, organizations and products. Everybody the text names is among them."""
    status: Literal["confirmed", "announced", "reported", "disputed", "opinion"]
    """How firmly it stands. Announced is not done, reported is not confirmed, an opinion has an owner whom the text names."""
    date: Date
    """When it happened or was so, as precisely as is known."""
    as_of: Date | None = None
    """For what may change: to which date it was checked."""
    state: Boolean = False
    """Whether it tells a state of affairs, which may end, and no event."""
    overtaken: FactId | None = None
    """The fact by which this plan (`status: announced`) came to nothing, or this state ended. An event is never overtaken: it happened."""
    cites: list[Citation] = Field(min_length=1)
    """Where it is said: one source or more."""
    reviewed: Digest | None = None
    """Written by `.venv/bin/explainer review --accept`: the texts were read side by side, in all languages, as they now stand."""
    was: list[Id] = []
    """Ids that it had before; links to them still lead here."""
    _subject: str = PrivateAttr(default="")

    @cached_property
    def subject(self) -> str:
        """The name of the fact's file: `people` for `facts/people.yml`."""
        return self._subject


class Paragraph(Part):
    """One paragraph of a source at hand."""

    summary: Prose
    """What it says, in one line, in our own words."""
    excused: Prose | None = None
    """Why no fact draws on it, if none does: a heading, a picture’s credit."""


class Source(Record):
    """A published document: article, announcement, post, filing."""

    kind_name = "source"
    kind: Literal["news", "announcement", "post", "filing", "interview", "document"]
    """What sort of document it is."""
    title: Text
    """Its own title, written once; or what it is, in every language, where it has none."""
    short: Text | None = None
    """What notes call it, where its publisher’s name would not do."""
    publisher: Text
    """Who published it; `unknown` where it does not say."""
    author: SingleLine | None = None
    """Who wrote it. Of a post, whose it is."""
    language: LanguageCode
    """The language that it is written in."""
    published: From
    """When it was published."""
    accessed: Date | None = None
    """When it was last looked at."""
    verified: Literal["read", "cited"]
    """How far it was checked: `read`, or only `cited` elsewhere with its address."""
    url: Url | None = None
    """Its address."""
    text: FileName | None = None
    """The name of a private copy of its text, a paragraph a line, in the folder that EXPLAINER_SOURCES names. It is never published."""
    note: Text | None = None
    """What a reader should know of it."""
    paragraphs: dict[Number, Paragraph] = {}
    """Its paragraphs by number, where each is accounted for."""


class Entity(Record):
    """Somebody or something facts are about."""

    name: Name
    """What it is called at first mention: written once where it is the same in every language."""
    aliases: Aliases = {}
    """Other names by which texts call it, such as a surname; each is linked."""
    description: AnySentence
    """Who or what it is, in a sentence."""


class Person(Entity):
    """A human being whom facts are about."""

    kind_name = "person"


class Office(Part):
    """A position in an organization."""

    title: Text
    """What it is called."""
    single: Boolean = False
    """Whether one person at a time holds it."""


class Organization(Entity):
    """A company, institution or body."""

    kind_name = "organization"
    offices: dict[Id, Office] = {}
    """The positions in it that roles refer to, by id."""


class Milestone(Part):
    """A point in a picture of a chip’s story."""

    fact: FactId
    """The fact that dates it, and by its status says how firm it is."""
    label: Text
    """A few words for the picture."""


class Chip(Part):
    """What a comparison of chips says of one."""

    for_: Text
    """What it is for."""
    announced: Date | None = None
    """When it was announced."""
    state: Sentence | None = None
    """What is known of it."""
    steps: list[Milestone] = []
    """What became of it, for the picture."""
    facts: list[FactId] = Field(min_length=1)
    """The facts behind what it is for."""


class Product(Entity):
    """A thing made or planned by an organization."""

    kind_name = "product"
    maker: OrganizationId | None = None
    """Who makes it."""
    chip: Chip | None = None
    """Of a chip: what the comparison says of it."""


class Role(Record):
    """A person’s office over time."""

    kind_name = "role"
    person: PersonId
    """Who holds it."""
    office: OfficeId
    """Which: the id of an office of some organization."""
    interim: Boolean = False
    """Whether it is held until somebody is found."""
    agreed: Date | None = None
    """When it was agreed or announced, if that was before it began."""
    from_: From
    """The first day; `unknown` where that is not recorded."""
    until: Until
    """The first day on which it was over, so that a handover on one day is no overlap; else `ongoing` or `unknown`."""
    as_of: Date | None = None
    """Of one that goes on: to which date that was checked."""
    facts: list[FactId] = Field(min_length=1)
    """The facts that tell of it."""


class Quote(Record):
    """Words somebody really said, in the language they were said in."""

    kind_name = "quote"
    words: SingleLine
    """The words: a short phrase, without quotation marks."""
    language: LanguageCode
    """The language that they were said in."""
    translation: Translations = {}
    """The words in other languages; readers see that they are translated."""
    by: EntityId
    """Who said them."""
    date: Date
    """When."""
    cites: list[Citation] = Field(min_length=1)
    """Where they are found."""


class Term(Record):
    """A glossary entry."""

    kind_name = "term"
    term: Name
    """The word."""
    aliases: Aliases = {}
    """Other forms of it, such as the plural; each is linked."""
    definition: Prose
    """What it means, in two plain sentences."""


class SourceNote(Record):
    """An error or oddity of a source, and the right reading."""

    kind_name = "source note"
    source: SourceId
    """The source that errs."""
    paragraph: Number | None = None
    """In which paragraph."""
    from_: SingleLine | None = None
    """The words concerned, exactly; or the first of them."""
    to: SingleLine | None = None
    """The last of the words concerned."""
    kind: Literal["translation", "distortion", "omission", "outdated", "wording"]
    """What sort of error it is."""
    reading: Prose
    """The right reading."""
    facts: list[FactId] = []
    """The facts concerned."""


class Update(Record):
    """A dated entry of the explainer’s own change log, for readers."""

    kind_name = "update"
    date: Date
    """When."""
    kind: Literal["update", "correction", "clarification"]
    """An `update` adds what is new; a `correction` mends what was wrong; a `clarification` what could be misread."""
    text: Prose
    """What has changed."""
    facts: list[FactId] = []
    """The facts concerned."""


class Picture(Record):
    """A photograph, drawing or map of the story’s own, which templates show by its id."""

    kind_name = "picture"
    file_: FileName
    """The name of its file in docs/assets/pictures/: a PNG, JPEG, WebP or GIF."""
    alt: Text
    """What it shows, for readers who do not see it."""
    caption: Text | None = None
    """What stands below it."""
    credit: Text | None = None
    """Whose it is, as readers see it: “Photo: …”."""
