"""The values that fields of records hold: texts, dates, ids, addresses.

The reader hands over strings; the types here turn shorthand into the one full form before validation (a
plain string becomes a text in every language), so that no field is a union and one mistake gives one error.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from .dates import PartialDate


@dataclass(frozen=True)
class Refers:
    """Marks a field as the id of another record, and names the kinds it may be."""

    kinds: tuple[str, ...]


def _wrong(message: str, hint: str = "", at: str = "") -> PydanticCustomError:
    """An error in an editor's words; `at` names a key inside the value, where that is what is wrong."""
    return PydanticCustomError("content", "{message}", {"message": message, "hint": hint, "at": at})


def _spread(value: object, info: ValidationInfo) -> object:
    """A plain string stands for a text that is the same in every language."""
    languages = info.context["languages"]
    if isinstance(value, str):
        return dict.fromkeys(languages, value)
    if isinstance(value, dict):
        for language in value:
            if language not in languages:
                raise _wrong(f'"{language}" is not a language of this story', f"languages: {', '.join(languages)}; a text that holds a comma goes in quotes inside {{…}}", at=language)
        missing = [language for language in languages if not value.get(language)]
        if missing:
            raise _wrong(f"the text is missing in: {', '.join(missing)}", "every language says the same: write it in each")
    return value


def _in_each(value: object, info: ValidationInfo) -> object:
    """A sentence is not the same everywhere: a plain string will not do where there are several languages."""
    if isinstance(value, str) and len(info.context["languages"]) > 1:
        raise _wrong("the text is written once, not in each language", f"{{{', '.join(f'{language}: …' for language in info.context['languages'])}}}")
    return value


def _spread_list(value: object, info: ValidationInfo) -> object:
    """A plain list stands for names that are the same in every language."""
    return dict.fromkeys(info.context["languages"], value) if isinstance(value, list) else value


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            return PartialDate.parse(value)
        except ValueError as error:
            raise _wrong(str(error)) from None
    if isinstance(value, PartialDate):
        return value
    raise _wrong("expected a date: 2023, 2023-11 or 2023-11-20")


def _open_date(*words: str):
    """A date, or one of some words in its place, which leave the date empty but are remembered by the field."""

    def validate(value: object) -> object:
        return OpenDate(None, value) if value in words else OpenDate(_date(value), "")

    return BeforeValidator(validate)


@dataclass(frozen=True)
class OpenDate:
    """A date, or in its place the word `unknown` or `ongoing`."""

    date: PartialDate | None
    word: str


def _boolean(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    raise _wrong("expected true or false")


def fact_alone(value: object) -> object:
    """A bare id stands for a sentence that is the fact as it stands."""
    return {"facts": [value]} if isinstance(value, str) else value


def _printable(value: str) -> str:
    value = value.strip(" \t\n")  # not no-break spaces, which some languages set inside quotation marks
    if not value:
        raise _wrong("the text is empty")
    bad = next((c for c in value if not c.isprintable() and unicodedata.category(c) != "Zs"), None)
    if bad:
        raise _wrong(f"the text holds an invisible character (U+{ord(bad):04X})", "remove it")
    return value


ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
Id = Annotated[str, StringConstraints(pattern=f"^{ID.pattern}$")]
Line = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_printable)]
Text = Annotated[dict[str, Line], BeforeValidator(_spread)]
Prose = Annotated[dict[str, Line], BeforeValidator(_spread), BeforeValidator(_in_each)]
Names = Annotated[dict[str, list[Line]], BeforeValidator(_spread_list)]
Date = Annotated[PartialDate, BeforeValidator(_date)]
From = Annotated[OpenDate, _open_date("unknown")]
Until = Annotated[OpenDate, _open_date("unknown", "ongoing")]
Boolean = Annotated[bool, BeforeValidator(_boolean)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"'{}|\\^`]+$")]
Address = Annotated[str, StringConstraints(pattern=r"^(https?://|mailto:)[^\s<>\"'{}|\\^`]+$")]
FactId = Annotated[Id, Refers(("fact",))]
SourceId = Annotated[Id, Refers(("source",))]
PersonId = Annotated[Id, Refers(("person",))]
OrganizationId = Annotated[Id, Refers(("organization",))]
EntityId = Annotated[Id, Refers(("person", "organization", "product"))]
OfficeId = Annotated[Id, Refers(("office",))]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*$")]
