"""The records of a story: what each kind of content file holds, key by key.

Keys in YAML are the fields' names with hyphens.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    field_validator,
)

from .read import Document, Route
from .values import (
    Address,
    Boolean,
    Date,
    EntityId,
    FactId,
    From,
    Id,
    LanguageCode,
    Line,
    LocaleCode,
    Names,
    Number,
    OfficeId,
    OrganizationId,
    PersonId,
    Prose,
    SourceId,
    Text,
    TimeZone,
    Translations,
    Until,
    Url,
    fact_alone,
    wrong,
)


class Part(BaseModel):
    """A piece of a record; unknown keys are refused, values never change."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
        arbitrary_types_allowed=True, defer_build=True,
    )

    @field_validator("*", mode="before")
    @classmethod
    def _filled_in(cls, value: object) -> object:
        """A key with nothing after it means nothing, and is most likely forgotten."""
        if value is None:
            raise wrong("nothing stands after this key", "fill it in, on its line or two spaces further in below it, or remove the key")
        return value


class Record(Part):
    """What an id names: knows its id and where it stands."""

    kind_name: ClassVar[str]
    wrapper: ClassVar[tuple[str, ...]] = ()  # fields that the loader puts around what the file holds
    _id: str = PrivateAttr(default="")
    _document: Document = PrivateAttr(default=None)
    _route: Route = PrivateAttr(default=())

    @cached_property
    def id(self) -> str:
        return self._id

    @cached_property
    def file(self) -> str:
        return self._document.file

    @cached_property
    def line(self) -> int:
        """The line of the record's key in its file, from 1."""
        return self._document.mark(self._route, key=True)[0]

    def line_at(self, *route: str | int) -> int:
        """The line of a field of this record, from 1."""
        return self._document.mark((*self._route, *route))[0]

    def problem(self, message: str, *route: str | int, **more):
        """A problem at a field of this record (`hint`, `level`, `key` as in Document.problem)."""
        return self._document.problem(message, (*self._route, *route), **more)


class Citation(Part):
    """A fact's pointer to a source, with its passage where the text is at hand."""

    source: SourceId
    paragraph: Number | None = None
    from_: Line | None = None
    to: Line | None = None


class Fact(Record):
    """One sentence in every language, with status, date and citations."""

    kind_name = "fact"
    text: Prose
    about: list[EntityId] = Field(min_length=1)
    status: Literal["confirmed", "announced", "reported", "disputed", "opinion"]
    date: Date
    as_of: Date | None = None
    state: Boolean = False
    overtaken: FactId | None = None
    cites: list[Citation] = Field(min_length=1)
    reviewed: Line | None = None
    was: list[Id] = []
    _subject: str = PrivateAttr(default="")

    @cached_property
    def subject(self) -> str:
        """The name of the fact's file: `people` for `facts/people.yml`."""
        return self._subject


class Paragraph(Part):
    """One paragraph of a source at hand: a summary in our words, and why no fact draws on it, if none does."""

    summary: Prose
    excused: Prose | None = None


class Source(Record):
    """A published document: article, announcement, post, filing; `short` is what notes call it, else its publisher."""

    kind_name = "source"
    kind: Literal["news", "announcement", "post", "filing", "interview", "document"]
    title: Text
    short: Text | None = None
    publisher: Text
    author: Line | None = None
    language: LanguageCode
    published: From
    accessed: Date | None = None
    verified: Literal["read", "cited"]
    url: Url | None = None
    text: Annotated[str, StringConstraints(pattern=r"^[\w.-]+$")] | None = None
    note: Text | None = None
    paragraphs: dict[Number, Paragraph] = {}


class Sentence(Part):
    """A piece of prose: a fact as it stands, or words of its own that name the facts they rest on."""

    facts: list[FactId] = Field(min_length=1)
    text: Prose | None = None
    paragraph: Boolean = False
    reviewed: Line | None = None


AnySentence = Annotated[Sentence, BeforeValidator(fact_alone)]


class Entity(Record):
    """Somebody or something facts are about."""

    name: Text
    aliases: Names = {}
    description: AnySentence


class Person(Entity):
    """A human being whom facts are about."""

    kind_name = "person"


class Office(Part):
    """A position in an organization; `single` where one person at a time holds it."""

    title: Text
    single: Boolean = False


class Organization(Entity):
    """A company, institution or body, with the offices that roles refer to."""

    kind_name = "organization"
    offices: dict[Id, Office] = {}


class Step(Part):
    """A point in a picture of a chip's story: the fact that dates it and says how firm it is, and a few words."""

    fact: FactId
    label: Text


class Chip(Part):
    """What a comparison of chips says of one: what it is for, when it was announced, what is known of it."""

    for_: Text
    announced: Date | None = None
    state: Sentence | None = None
    steps: list[Step] = []
    facts: list[FactId] = Field(min_length=1)


class Product(Entity):
    """A thing made or planned by an organization."""

    kind_name = "product"
    maker: OrganizationId | None = None
    chip: Chip | None = None


class Role(Record):
    """A person's office over time; `until` is exclusive, so a handover on one day is no overlap."""

    kind_name = "role"
    person: PersonId
    office: OfficeId
    interim: Boolean = False
    agreed: Date | None = None
    from_: From
    until: Until
    as_of: Date | None = None
    facts: list[FactId] = Field(min_length=1)


class Quote(Record):
    """Words somebody really said, in the language they were said in, with translations marked as such."""

    kind_name = "quote"
    words: Line
    language: LanguageCode
    translation: Translations = {}
    by: EntityId
    date: Date
    cites: list[Citation] = Field(min_length=1)


class Term(Record):
    """A glossary entry."""

    kind_name = "term"
    term: Text
    aliases: Names = {}
    definition: Prose


class SourceNote(Record):
    """An error or oddity of a source, and the right reading."""

    kind_name = "source note"
    source: SourceId
    paragraph: Number | None = None
    from_: Line | None = None
    to: Line | None = None
    kind: Literal["translation", "distortion", "omission", "outdated", "wording"]
    reading: Prose
    facts: list[FactId] = []


class Update(Record):
    """A dated entry of the explainer's own change log."""

    kind_name = "update"
    date: Date
    kind: Literal["update", "correction", "clarification"]
    text: Prose
    facts: list[FactId] = []


class Contrast(Part):
    """What was so on the day of the story beside what holds today."""

    then: AnySentence
    now: AnySentence


class Cell(Sentence):
    """What was so from a column's date: a sentence, and in a picture a few words."""

    label: Text


class Row(Part):
    """A row of a grid: what it is about, and what was so from each column's date, where something is known."""

    label: Text
    cells: dict[Date, Cell] = Field(min_length=1)


class Grid(Part):
    """Terms over time: a column a date, with its name; a row a matter."""

    caption: Text
    columns: dict[Date, Text] = Field(min_length=1)
    rows: list[Row] = Field(min_length=1)


class Section(Part):
    """A stretch of a page under a heading; its key is the anchor."""

    heading: Text
    prose: list[AnySentence] = []
    then_and_now: list[Contrast] = []
    grid: Grid | None = None


class Page(Record):
    """A page's words, section by section; `entities` names the kinds that have their place on this page."""

    kind_name = "page"
    title: Text
    label: Text
    description: Text
    lead: list[AnySentence] = []
    entities: list[Literal["person", "organization", "product"]] = []
    sections: dict[Id, Section] = {}

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of its prose: lead and sections."""
        yield from self.lead
        for section in self.sections.values():
            yield from section.prose

    @property
    def template(self) -> str:
        """The file in docs/ that lays the page out."""
        return "index.md" if self.id == "home" else f"{self.id}.md"


class Language(Part):
    """How a language of the story is set: locale (BCP 47), marks around quotes, the first day of a
    month, and the endings of singular and plural (`o/i`), by which search finds one for the other."""

    locale: LocaleCode
    quotes: Annotated[list[Line], Field(min_length=2, max_length=2)]
    first_of_month: Line = "1"
    endings: list[Annotated[str, StringConstraints(pattern=r"^\w*/\w*$")]] = []


class Settings(Record):
    """The story's own record, in story.yml; `subjects` names the files of facts, in the order of telling."""

    kind_name = "story"
    languages: dict[LanguageCode, Language] = Field(min_length=1)
    title: Text
    question: Text
    description: Text
    subjects: dict[Id, Text] = Field(min_length=1)
    snapshot: Date
    checked: Date
    timezone: TimeZone
    notice: AnySentence
    publisher: Text
    checks: Text
    corrections: Text
    report: Address
    licence: Text


class Phrase(Record):
    """A word of the interface, in every language; `{name}` marks where a value goes."""

    kind_name = "phrase"
    wrapper = ("text",)
    text: Text
