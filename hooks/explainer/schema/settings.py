"""The settings of the story, and the phrases of the interface."""

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
    """The settings of a language."""

    locale: LocaleCode
    """Language and country, for the format of dates and numbers (BCP 47), as in `fr-FR`."""
    quotes: Annotated[list[SingleLine], Field(min_length=2, max_length=2)]
    """The opening and the closing quotation mark."""
    first_of_month: SingleLine = "1"
    """The first day of a month in dates, as in `1er`."""
    foreign: dict[LanguageCode, Annotated[list[SingleLine], Field(max_length=500)]] = {}
    """Words of other languages in the texts, by the code of their language. Screen readers
    pronounce them accordingly."""
    endings: list[Endings] = Field([], max_length=50)
    """Endings of singular and plural, as in `y/ies`. Search finds one form for the other."""


class Settings(Record):
    """The settings of the story."""

    kind_name = "story"
    languages: dict[LanguageCode, LanguageSettings] = Field(min_length=1)
    """The languages of the story by code; the first is the main one."""
    title: Text
    """The name of the explainer."""
    question: Text
    """The question that the explainer answers."""
    description: Text
    """What the explainer is about, in one sentence."""
    subjects: dict[Id, Text] = Field(min_length=1)
    """The files in facts/ without their ending, in the order of the story, each with its name for
    readers."""
    snapshot: Date
    """The day of the story."""
    checked: Date
    """The day of the last check: what “today” means in texts."""
    timezone: TimeZone
    """The time zone of the story, as in `Europe/Paris`."""
    notice: AnySentence
    """The first sentence of every page: that the story is a snapshot, and how it ended."""
    publisher: Text
    """Who publishes the explainer."""
    checks: Text
    """How the facts are checked, and what the checks cannot show."""
    corrections: Text
    """Who publishes the explainer, and how errors are reported and corrected."""
    report: Address
    """The address to which readers report errors: `mailto:` or `https://`."""
    licence: Text
    """The licence of the text and the data."""


class Phrase(Record):
    """A phrase of the interface, in every language; `{name}` stands for a value."""

    kind_name = "phrase"
    implicit_field = ("text",)
    text: Text
    """The words of the phrase."""
