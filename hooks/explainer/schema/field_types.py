"""The types of fields that hold one scalar: addresses, codes, numbers, true or false.

The reader hands over strings; each type validates the string and keeps it, or makes a bool of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, TypedDict, cast
from zoneinfo import available_timezones

from babel import Locale
from babel.core import UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from explainer.reading.characters import find_invisible


class ValidationContext(TypedDict):
    """What the loader hands to validation: the codes of the story's languages, in order."""

    languages: tuple[str, ...]


def story_languages(info: ValidationInfo) -> tuple[str, ...]:
    """Return the codes of the story's languages; empty if they failed to load."""
    return cast(ValidationContext, info.context)["languages"]


def content_error(
    code: str, message: str, hint: str = "", at: str = "", languages: Sequence[str] = ()
) -> PydanticCustomError:
    """Make an error that is reported in the words given.

    Args:
        code: The code of the problem, from `explainer.codes`.
        message: What is wrong.
        hint: What to do.
        at: The key inside the value that is wrong, if it is not the value as a whole.
        languages: The languages that a missing translation lacks.

    Returns:
        An error of type `content`, for a validator to raise.
    """
    return PydanticCustomError(
        "content",
        "{message}",
        {
            "code": code,
            "message": message,
            "hint": hint,
            "at": at,
            "languages": tuple(languages),
        },
    )


def describe_type(value: object) -> str:
    """Return what messages call the type of a value: a text, a list, or keys and values."""
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "keys and values"


# The words of YAML 1.1 and of its readers for true and false.
YES, NO = {"true", "yes", "y", "on", "1"}, {"false", "no", "n", "off", "0"}


def _boolean(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    word = value.casefold() if isinstance(value, str) else ""
    hint = "true for yes, false for no"
    if word in YES | NO:
        hint = "write true" if word in YES else "write false"
    raise content_error("invalid-choice", "expected true or false", hint)


def _locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError):
        raise content_error(
            "invalid-format", f'"{value}" is not a known locale', "as in fr-FR"
        ) from None
    return value


def _timezone(value: str) -> str:
    zones = available_timezones()
    if value not in zones:
        city = f"/{value.casefold()}"
        zone = next((zone for zone in sorted(zones) if zone.casefold().endswith(city)), None)
        raise content_error(
            "invalid-format",
            f'"{value}" is not a known time zone',
            f'did you mean "{zone}"?' if zone else "as in Europe/Rome",
        )
    return value


def reject_invisible(value: str) -> str:
    """Reject an invisible character written as an escape; the reader has seen the others."""
    indexes = find_invisible(value)
    if indexes:
        raise content_error(
            "invisible-character",
            f"the text has an invisible character, U+{ord(value[indexes[0]]):04X}",
            "remove it",
        )
    return value


@dataclass(frozen=True, eq=False)
class JsonSchema:
    """Give a type its own JSON Schema, for completion in editors.

    The YAML reader of an editor turns an unquoted date, number or boolean into a value of that
    type. So the schema of a text allows these types as well.
    """

    schema: Mapping[str, object]

    def __get_pydantic_json_schema__(
        self, core_schema: object, handler: object
    ) -> dict[str, object]:
        return dict(self.schema)


BARE = {"type": ["string", "number", "boolean"]}


MAX_ADDRESS = 2000  # characters


Digest = Annotated[
    str,
    StringConstraints(pattern="^[0-9a-f]{4}$"),
    JsonSchema({"type": ["string", "number"], "examples": ["1f3a"]}),
]


FileName = Annotated[
    str,
    StringConstraints(pattern=r"^[\w.-]+$", max_length=60),
    JsonSchema({"type": "string", "pattern": r"^[\w.-]+$", "examples": ["article.txt"]}),
]


Endings = Annotated[
    str,
    StringConstraints(pattern=r"^\w*/\w*$"),
    JsonSchema({"type": "string", "examples": ["o/i", "/s"]}),
]


Boolean = Annotated[
    bool, BeforeValidator(_boolean), JsonSchema({"enum": [True, False, "true", "false"]})
]


ADDRESS = r"[^\s<>\"'{}|\\^`]+$"


Url = Annotated[
    str,
    StringConstraints(pattern=rf"^https?://{ADDRESS}", max_length=MAX_ADDRESS),
    AfterValidator(reject_invisible),
    JsonSchema(
        {"type": "string", "pattern": "^https?://", "examples": ["https://example.org/page"]}
    ),
]


Address = Annotated[
    str,
    StringConstraints(pattern=rf"^(https?://|mailto:){ADDRESS}", max_length=MAX_ADDRESS),
    AfterValidator(reject_invisible),
    JsonSchema(
        {
            "type": "string",
            "pattern": "^(https?://|mailto:)",
            "examples": ["mailto:corrections@example.org"],
        }
    ),
]


LocaleCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"),
    AfterValidator(_locale),
    JsonSchema({"type": "string", "examples": ["fr-FR"]}),
]


TimeZone = Annotated[
    str, AfterValidator(_timezone), JsonSchema({"type": "string", "examples": ["Europe/Paris"]})
]


LANGUAGE = "[a-z]{2,3}"


# A boolean passes in editors, whose YAML reader takes the unquoted code `no` for false.
LanguageCode = Annotated[
    str,
    StringConstraints(pattern=f"^{LANGUAGE}$"),
    JsonSchema({"type": ["string", "boolean"], "examples": ["fr"]}),
]


Number = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,3}$"),
    JsonSchema({"type": ["integer", "string"], "examples": [6]}),
]
