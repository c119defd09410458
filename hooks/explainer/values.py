"""The values that fields of records hold: texts, dates, ids, addresses.

The reader hands over strings; the types here turn shorthand into the one full form before validation (a
plain string becomes a text in every language), so that no field is a union and one mistake gives one error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import available_timezones

from babel import Locale
from babel.core import UnknownLocaleError
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from .dates import PartialDate, guesses
from .problem import closest, nearest_key
from .read import invisible


LACKS = "the text is missing in "


@dataclass(frozen=True)
class Refers:
    """Marks a field as the id of another record, and names the kinds it may be."""

    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        """What problems call a record of these kinds."""
        return self.kinds[0] if len(self.kinds) == 1 else "entity"


def wrong(message: str, hint: str = "", at: str = "") -> PydanticCustomError:
    """An error in an editor's words; `at` names a key inside the value, where that is what is wrong."""
    return PydanticCustomError("content", "{message}", {"message": message, "hint": hint, "at": at})


def called(value: object) -> str:
    """What problems call a value of the wrong kind."""
    return (
        "a text"
        if isinstance(value, str)
        else "a list"
        if isinstance(value, list)
        else "keys and values"
    )


def _spread(value: object, info: ValidationInfo) -> object:
    """A plain string stands for a text that is the same in every language."""
    languages = info.context["languages"]
    if isinstance(value, str):
        return dict.fromkeys(languages, value)
    if isinstance(value, dict):
        _of_the_story(value, info)
        for language in languages:
            if language in value and not value[language]:
                raise wrong(
                    f"the text is empty in {language}",
                    "write it: every language says the same",
                    at=language,
                )
        missing = [language for language in languages if language not in value]
        if missing:
            raise wrong(
                f"{LACKS}{', '.join(missing)}",
                f"add {' and '.join(f'{language}: …' for language in missing)}",
            )
    return value


def _of_the_story(value: object, info: ValidationInfo) -> object:
    """The keys of a text are languages of the story; where those are not known, that is the problem."""
    languages, before = info.context["languages"], ""
    for key, text in value.items() if languages and isinstance(value, dict) else ():
        if key not in languages:
            hint = nearest_key(key, languages)
            if hint.startswith("known"):
                hint += "; a key of its own begins two spaces further out"
            if hint.startswith("known") and text is None and before:
                hint = f'if it is text after a comma, in quotation marks: {before}: "{value[before]}, {key}"'
            raise wrong(f'"{key}" is not a language of this story', hint, at=key)
        before = key
    return value


def _in_each(value: object, info: ValidationInfo) -> object:
    """A sentence is not the same everywhere: a plain string will not do where there are several languages."""
    if isinstance(value, str) and len(info.context["languages"]) > 1:
        raise wrong(
            "the text is written once, not in each language",
            f"{{{', '.join(f'{language}: …' for language in info.context['languages'])}}}",
        )
    return value


def _spread_list(value: object, info: ValidationInfo) -> object:
    """A plain list stands for names that are the same in every language."""
    if isinstance(value, str):
        raise wrong("expected a list, not a text", f"in brackets: [{value}]")
    return (
        dict.fromkeys(info.context["languages"], value)
        if isinstance(value, list)
        else _of_the_story(value, info)
    )


def _date(value: object, info: ValidationInfo, *words: str) -> PartialDate:
    """A date; `words` are those that may stand in its place, for the message."""
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise wrong(f"expected a date, not {called(value)}", "as in 2023, 2023-11 or 2023-11-20")
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        word = closest(value, words)
        meant = (
            [word] if word else [str(date) for date in guesses(value, info.context["languages"])]
        )
        instead = f", or the word {' or '.join(words)}" if words else ""
        raise wrong(
            str(error),
            f"did you mean {' or '.join(meant)}?"
            if meant
            else f"as in 2023, 2023-11 or 2023-11-20{instead}",
        ) from None


def _open_date(*words: str):
    """A date, or one of some words in its place, which leave the date empty but are remembered by the field."""

    def validate(value: object, info: ValidationInfo) -> object:
        return OpenDate(None, value) if value in words else OpenDate(_date(value, info, *words), "")

    return BeforeValidator(validate)


@dataclass(frozen=True)
class OpenDate:
    """A date, or in its place the word `unknown` or `ongoing`."""

    date: PartialDate | None
    word: str


YES, NO = (
    {"true", "yes", "y", "on", "1"},
    {"false", "no", "n", "off", "0"},
)  # as YAML and its readers have them


def _boolean(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    word = value.casefold() if isinstance(value, str) else ""
    raise wrong(
        "expected true or false",
        "write true"
        if word in YES
        else "write false"
        if word in NO
        else "true for yes, false for no",
    )


def fact_alone(value: object, info: ValidationInfo) -> object:
    """A bare id stands for a sentence that is the fact as it stands."""
    if (
        isinstance(value, str)
        and " " in value
        or isinstance(value, dict)
        and set(info.context["languages"]) & set(value)
    ):
        raise wrong(
            "a sentence of its own names the facts that it rests on",
            "facts: [the-facts-id], and below it text: {…}, in every language",
        )
    return {"facts": [value]} if isinstance(value, str) else value


def _locale(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (UnknownLocaleError, ValueError):
        raise wrong(f'"{value}" is not a known locale', "as in fr-FR") from None
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
        raise wrong(
            f'"{value}" is not a known time zone',
            f'did you mean "{city}"?' if city else "as in Europe/Rome",
        )
    return value


def _printable(value: str) -> str:
    value = value.strip(
        " \t\n"
    )  # not no-break spaces, which some languages set inside quotation marks
    if not value.strip():
        raise wrong("the text is empty", "write it, or remove its key")
    if "\n" in value:
        raise wrong(
            "the text has a line break in it",
            "one line; after > (and not |) the lines below are read as one, if none is blank",
        )
    return _visible(value)


def _visible(value: str) -> str:
    for place in invisible(
        value
    ):  # written as a code in double quotation marks: the reader sees the others
        raise wrong(
            f"the text holds a character that cannot be seen, U+{ord(value[place]):04X}",
            "remove it",
        )
    return value


def as_id(words: str) -> str:
    """Words as an id: `Élue_maire` is `elue-maire`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True, eq=False)
class InEditor:
    """What an editor's autocompletion is told of a type: a piece of JSON Schema.

    YAML readers there take dates, numbers and true or false that are typed bare for what they look like, and nothing
    coerces them back: such pass wherever text may stand.
    """

    schema: Mapping[str, object]

    def __get_pydantic_json_schema__(
        self, core_schema: object, handler: object
    ) -> dict[str, object]:
        return dict(self.schema)


@dataclass(frozen=True)
class OrFact:
    """Of a sentence, that the bare id of a fact may stand in its place."""

    def __get_pydantic_json_schema__(self, core_schema, handler) -> dict[str, object]:
        return {"anyOf": [handler(core_schema), _id_of("fact")]}


BARE = {"type": ["string", "number", "boolean"]}
BY_LANGUAGE = {"type": "object", "additionalProperties": BARE, "minProperties": 1}
LIST = {"type": "array", "items": BARE}
DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


def _id_of(*kinds: str) -> dict[str, object]:
    """An id of some kinds of record: `schema` writes the reference to those that there are, which pydantic would look for."""
    references = [{"x-id-of": kind} for kind in kinds]
    return references[0] if len(references) == 1 else {"anyOf": references}


def _reference(*kinds: str) -> object:
    return Annotated[Id, Refers(kinds), InEditor(_id_of(*kinds))]


def _dated(*words: str) -> InEditor:
    pattern = f"^({'|'.join([DATE, *words])})$"
    return InEditor(
        {
            "type": ["string", "integer"],
            "pattern": pattern,
            "examples": ["2023-11-20", "2023-11", "2023", *words],
        }
    )


MAX_ID = 100  # characters: ids become names of files, and addresses
MAX_ADDRESS = 2000
MAX_NAME = 1000  # of what is looked for in every text
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
Id = Annotated[
    str,
    StringConstraints(pattern=f"^{ID.pattern}$", max_length=MAX_ID),
    InEditor(
        {"type": ["string", "integer"], "pattern": f"^{ID.pattern}$", "examples": ["like-this"]}
    ),
]
Digest = Annotated[
    str,
    StringConstraints(pattern="^[0-9a-f]{4}$"),
    InEditor({"type": ["string", "number"], "examples": ["1f3a"]}),
]
FileName = Annotated[
    str,
    StringConstraints(pattern=r"^[\w.-]+$", max_length=60),
    InEditor({"type": "string", "pattern": r"^[\w.-]+$", "examples": ["article.txt"]}),
]
Endings = Annotated[
    str,
    StringConstraints(pattern=r"^\w*/\w*$"),
    InEditor({"type": "string", "examples": ["o/i", "/s"]}),
]
Line = Annotated[
    str, StringConstraints(max_length=2000), AfterValidator(_printable), InEditor(BARE)
]
Text = Annotated[
    dict[str, Line],
    BeforeValidator(_spread),
    InEditor({"anyOf": [BARE, BY_LANGUAGE], "examples": [{"fr": "…", "de": "…"}, "…"]}),
]
Prose = Annotated[
    dict[str, Line],
    BeforeValidator(_spread),
    BeforeValidator(_in_each),
    InEditor({"anyOf": [BY_LANGUAGE, BARE], "examples": [{"fr": "…", "de": "…"}]}),
]
NameLine = Annotated[
    str, StringConstraints(max_length=MAX_NAME), AfterValidator(_printable), InEditor(BARE)
]
Name = Annotated[
    dict[str, NameLine],
    BeforeValidator(_spread),
    InEditor({"anyOf": [BARE, BY_LANGUAGE], "examples": [{"fr": "…", "de": "…"}, "…"]}),
]
Names = Annotated[
    dict[str, list[NameLine]],
    BeforeValidator(_spread_list),
    InEditor(
        {
            "anyOf": [LIST, {"type": "object", "additionalProperties": LIST}],
            "examples": [["…"], {"fr": ["…"], "de": ["…"]}],
        }
    ),
]
Translations = Annotated[
    dict[str, Line],
    BeforeValidator(_of_the_story),
    InEditor({**BY_LANGUAGE, "examples": [{"fr": "…"}]}),
]
Date = Annotated[PartialDate, BeforeValidator(lambda value, info: _date(value, info)), _dated()]
From = Annotated[OpenDate, _open_date("unknown"), _dated("unknown")]
Until = Annotated[OpenDate, _open_date("unknown", "ongoing"), _dated("unknown", "ongoing")]
Boolean = Annotated[
    bool, BeforeValidator(_boolean), InEditor({"enum": [True, False, "true", "false"]})
]
ADDRESS = r"[^\s<>\"'{}|\\^`]+$"
Url = Annotated[
    str,
    StringConstraints(pattern=rf"^https?://{ADDRESS}", max_length=MAX_ADDRESS),
    AfterValidator(_visible),
    InEditor({"type": "string", "pattern": "^https?://", "examples": ["https://example.org/page"]}),
]
Address = Annotated[
    str,
    StringConstraints(pattern=rf"^(https?://|mailto:){ADDRESS}", max_length=MAX_ADDRESS),
    AfterValidator(_visible),
    InEditor(
        {
            "type": "string",
            "pattern": "^(https?://|mailto:)",
            "examples": ["mailto:corrections@example.org"],
        }
    ),
]
FactId = _reference("fact")
SourceId = _reference("source")
PersonId = _reference("person")
OrganizationId = _reference("organization")
EntityId = _reference("person", "organization", "product")
OfficeId = _reference("office")
LocaleCode = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"),
    AfterValidator(_locale),
    InEditor({"type": "string", "examples": ["fr-FR"]}),
]
TimeZone = Annotated[
    str, AfterValidator(_timezone), InEditor({"type": "string", "examples": ["Europe/Paris"]})
]
LANGUAGE = "[a-z]{2,3}"
LanguageCode = Annotated[
    str,
    StringConstraints(pattern=f"^{LANGUAGE}$"),
    InEditor({"type": ["string", "boolean"], "examples": ["fr"]}),
]  # `no` is Norwegian
Number = Annotated[
    str,
    StringConstraints(pattern=r"^[1-9][0-9]{0,3}$"),
    InEditor({"type": ["integer", "string"], "examples": [6]}),
]
