"""The types of fields that hold dates: a date, or one of some words in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from explainer.problems import closest_match
from explainer.schema.date_formats import suggest_dates
from explainer.schema.dates import PATTERN, PartialDate
from explainer.schema.field_types import (
    JsonSchema,
    content_error,
    describe_type,
    story_languages,
)

DATE_EXAMPLES = "2023, 2023-11 or 2023-11-20"


@dataclass(frozen=True)
class OpenDate:
    """A date, or a word in its place: `unknown` or `ongoing`.

    Attributes:
        date: The date, or None if the word stands in its place.
        word: The word, or an empty string.
    """

    date: PartialDate | None
    word: str


def _date(value: object, info: ValidationInfo, *words: str) -> PartialDate:
    """Parse a date; `words` may stand in its place, and are named in the hint."""
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise content_error(
            "wrong-type", f"expected a date, not {describe_type(value)}", f"as in {DATE_EXAMPLES}"
        )
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise content_error(
            "invalid-date", str(error), _date_hint(value, story_languages(info), words)
        ) from None


def _date_hint(value: str, languages: tuple[str, ...], words: tuple[str, ...]) -> str:
    word = closest_match(value, words)
    suggestions = [word] if word else [str(date) for date in suggest_dates(value, languages)]
    if suggestions:
        return f"did you mean {' or '.join(suggestions)}?"
    return f"as in {DATE_EXAMPLES}" + (f", or the word {' or '.join(words)}" if words else "")


def _closed_date(value: object, info: ValidationInfo) -> PartialDate:
    return _date(value, info)


def _open_date(*words: str) -> BeforeValidator:
    def validate(value: object, info: ValidationInfo) -> OpenDate:
        if isinstance(value, str) and value in words:
            return OpenDate(None, value)
        return OpenDate(_date(value, info, *words), "")

    return BeforeValidator(validate)


def _date_schema(*words: str) -> JsonSchema:
    return JsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": f"^({'|'.join([PATTERN, *words])})$",
            "examples": ["2023-11-20", "2023-11", "2023", *words],
        }
    )


Date = Annotated[PartialDate, BeforeValidator(_closed_date), _date_schema()]


From = Annotated[OpenDate, _open_date("unknown"), _date_schema("unknown")]


Until = Annotated[OpenDate, _open_date("unknown", "ongoing"), _date_schema("unknown", "ongoing")]
