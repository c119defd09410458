"""The values that fields of records hold: texts, dates, ids, addresses.

The reader hands over strings; the types here turn shorthand into the one full form before validation (a
plain string becomes a text in every language), so that no field is a union and one mistake gives one error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import available_timezones

from babel import Locale
from babel.core import UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from explainer.reading.characters import find_invisible


def content_error(message: str, hint: str = "", at: str = "") -> PydanticCustomError:
    """An error in an editor's words; `at` names a key inside the value, where that is what is wrong."""
    return PydanticCustomError("content", "{message}", {"message": message, "hint": hint, "at": at})


def describe_type(value: object) -> str:
    """What problems call a value of the wrong kind."""
    return (
        "a text"
        if isinstance(value, str)
        else "a list"
        if isinstance(value, list)
        else "keys and values"
    )


YES, NO = (
    {"true", "yes", "y", "on", "1"},
    {"false", "no", "n", "off", "0"},
)  # as YAML and its readers have them


def _boolean(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    word = value.casefold() if isinstance(value, str) else ""
    raise content_error(
        "expected true or false",
        "write true"
        if word in YES
        else "write false"
        if word in NO
        else "true for yes, false for no",
    )


def _locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError):
        raise content_error(f'"{value}" is not a known locale', "as in fr-FR") from None
    return value


def _timezone(value: str) -> str:
    if value not in available_timezones():
        city = next(
            (
                zone
                for zone in sorted(available_timezones())
                if zone.casefold().endswith(f"/{value.casefold()}")
            ),
            None,
        )
        raise content_error(
            f'"{value}" is not a known time zone',
            f'did you mean "{city}"?' if city else "as in Europe/Rome",
        )
    return value


def reject_invisible(value: str) -> str:
    for place in find_invisible(
        value
    ):  # written as a code in double quotation marks: the reader sees the others
        raise content_error(
            f"the text holds a character that cannot be seen, U+{ord(value[place]):04X}",
            "remove it",
        )
    return value


@dataclass(frozen=True, eq=False)
class JsonSchema:
    """What an editor's autocompletion is told of a type: a piece of JSON Schema.

    YAML readers there take dates, numbers and true or false that are typed bare for what they look like, and nothing
    coerces them back: such pass wherever text may stand.
    """

    schema: Mapping[str, object]

    def __get_pydantic_json_schema__(
        self, core_schema: object, handler: object
    ) -> dict[str, object]:
        return dict(self.schema)


BARE = {"type": ["string", "number", "boolean"]}


MAX_ADDRESS = 2000


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


LanguageCode = Annotated[
    str,
    StringConstraints(pattern=f"^{LANGUAGE}$"),
    JsonSchema({"type": ["string", "boolean"], "examples": ["fr"]}),
]  # `no` is Norwegian


Number = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,3}$"),
    JsonSchema({"type": ["integer", "string"], "examples": [6]}),
]
