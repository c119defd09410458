"""The story’s own record, and the words of the interface."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from explainer.schema.date_types import Date
from explainer.schema.field_types import Address, Endings, LanguageCode, LocaleCode, TimeZone
from explainer.schema.id_types import Id
from explainer.schema.pages import AnySentence
from explainer.schema.record import Part, Record
from explainer.schema.text_types import SingleLine, Text


class LanguageSettings(Part):
    """How a language of the story is set."""

    locale: LocaleCode
    """Language and country, by which dates and numbers are set (BCP 47)."""
    quotes: Annotated[list[SingleLine], Field(min_length=2, max_length=2)]
    """The marks around a quotation, opening and closing."""
    first_of_month: SingleLine = "1"
    """How the first day of a month is written."""
    foreign: dict[LanguageCode, Annotated[list[SingleLine], Field(max_length=500)]] = {}
    """Words of other languages that its texts use, by their language, so that programs read them aloud as what they are."""
    endings: list[Endings] = Field([], max_length=50)
    """Endings of singular and plural, by which search finds one for the other."""


class Settings(Record):
    """The story’s own record."""

    kind_name = "story"
    languages: dict[LanguageCode, LanguageSettings] = Field(min_length=1)
    """Its languages; the first is its own."""
    title: Text
    """The explainer’s name."""
    question: Text
    """The question that it answers."""
    description: Text
    """What it gives, in a sentence."""
    subjects: dict[Id, Text] = Field(min_length=1)
    """The files of facts/, in the order of telling, each with the name that readers see."""
    snapshot: Date
    """The day that the story tells of."""
    checked: Date
    """The day to which “today” was checked."""
    timezone: TimeZone
    """Where the story’s days are reckoned."""
    notice: AnySentence
    """What every page says first: that the story is a snapshot, and what became of it."""
    publisher: Text
    """Who publishes the explainer."""
    checks: Text
    """How the checks work, and what they cannot show."""
    corrections: Text
    """Who publishes this, and how errors are reported and corrected."""
    report: Address
    """Where a reader reports an error."""
    licence: Text
    """Under which licence text and data may be used."""


class Phrase(Record):
    """A word of the interface, in every language; `{name}` marks where a value goes."""

    kind_name = "phrase"
    implicit_field = ("text",)
    text: Text
    """The word."""
