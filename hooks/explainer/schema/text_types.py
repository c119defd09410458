"""The types of fields that hold text: one line in each language of the story, or the same in all.

The reader hands over strings. Validators expand the short forms before pydantic validates: a plain
string becomes a text in every language. So no field is a union, and one mistake gives one error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from explainer.problems import closest_match, suggest_key
from explainer.schema.field_types import (
    BARE,
    JsonSchema,
    content_error,
    reject_invisible,
    story_languages,
)

MAX_LINE, MAX_NAME = 2000, 1000  # characters; names are short because every text is searched


@dataclass(frozen=True)
class Translated:
    """Mark a field that holds a value for each language of the story.

    Attributes:
        prose: Whether the text differs from language to language, so that it cannot be written
            once for all of them.
        list: Whether each language has a list of texts.
    """

    prose: bool = False
    list: bool = False


def expand_plain_text(value: object, info: ValidationInfo) -> object:
    """Expand a plain string to the same text in every language; require each language of a dict.

    Raises:
        PydanticCustomError: A language is unknown, missing or empty.
    """
    languages = story_languages(info)
    if isinstance(value, str):
        return dict.fromkeys(languages, value)
    if not isinstance(value, dict):
        return value
    require_known_languages(value, info)
    for language in languages:
        if language in value and not value[language]:
            raise content_error(
                "empty-text",
                f"the text is empty in {language}",
                "write it: every language says the same",
                at=language,
            )
    missing = [language for language in languages if language not in value]
    if missing:
        raise content_error(
            "missing-translation",
            f"the text is missing in {', '.join(missing)}",
            f"add {' and '.join(f'{language}: …' for language in missing)}",
            languages=missing,
        )
    return value


def require_known_languages(value: object, info: ValidationInfo) -> object:
    """Reject keys that are not languages of the story; skipped if the languages failed to load."""
    languages, before = story_languages(info), ""
    if not languages or not isinstance(value, dict):
        return value
    for key, text in value.items():
        if key not in languages:
            previous = f'{before}: "{value[before]}' if text is None and before else ""
            raise content_error(
                "unknown-language",
                f'"{key}" is not a language of this story',
                _language_hint(key, languages, previous),
                at=key,
            )
        before = key
    return value


def _language_hint(key: str, languages: tuple[str, ...], previous: str) -> str:
    """Return what an unknown key among languages was probably meant to be.

    Args:
        key: The unknown key.
        languages: The languages of the story.
        previous: The line above, if the key may continue its text after an unquoted comma.
    """
    hint = suggest_key(key, languages)
    is_like_a_language = (
        closest_match(key, languages) is not None or key.partition(":")[0] in languages
    )
    if is_like_a_language or not hint:
        return hint
    if previous:
        return f'if it is text after a comma, in quotation marks: {previous}, {key}"'
    return f"{hint}; a key of its own begins two spaces further out"


def require_translations(value: object, info: ValidationInfo) -> object:
    """Reject a plain string where the story has several languages: a sentence differs in each."""
    languages = story_languages(info)
    if isinstance(value, str) and len(languages) > 1:
        raise content_error(
            "untranslated-text",
            "the text is written once, not in each language",
            f"{{{', '.join(f'{language}: …' for language in languages)}}}",
        )
    return value


def expand_plain_list(value: object, info: ValidationInfo) -> object:
    """Expand a plain list to the same names in every language."""
    if isinstance(value, str):
        raise content_error("wrong-type", "expected a list, not a text", f"in brackets: [{value}]")
    if isinstance(value, list):
        return dict.fromkeys(story_languages(info), value)
    return require_known_languages(value, info)


def clean_line(value: str) -> str:
    """Strip spaces around a text; reject an empty one, line breaks and invisible characters."""
    # No-break spaces stay: some languages set them inside quotation marks.
    value = value.strip(" \t\n")
    if not value.strip():
        raise content_error("empty-text", "the text is empty", "write it, or remove its key")
    if "\n" in value:
        raise content_error(
            "line-break",
            "the text has a line break in it",
            "one line; after > (and not |) the lines below are read as one, if none is blank",
        )
    return reject_invisible(value)


BY_LANGUAGE = {"type": "object", "additionalProperties": BARE, "minProperties": 1}


LIST = {"type": "array", "items": BARE}


SingleLine = Annotated[
    str, StringConstraints(max_length=MAX_LINE), AfterValidator(clean_line), JsonSchema(BARE)
]


Text = Annotated[
    dict[str, SingleLine],
    Translated(),
    BeforeValidator(expand_plain_text),
    JsonSchema({"anyOf": [BARE, BY_LANGUAGE], "examples": [{"fr": "…", "de": "…"}, "…"]}),
]


Prose = Annotated[
    dict[str, SingleLine],
    Translated(prose=True),
    BeforeValidator(expand_plain_text),
    BeforeValidator(require_translations),
    JsonSchema({"anyOf": [BY_LANGUAGE, BARE], "examples": [{"fr": "…", "de": "…"}]}),
]


NameLine = Annotated[
    str, StringConstraints(max_length=MAX_NAME), AfterValidator(clean_line), JsonSchema(BARE)
]


Name = Annotated[
    dict[str, NameLine],
    Translated(),
    BeforeValidator(expand_plain_text),
    JsonSchema({"anyOf": [BARE, BY_LANGUAGE], "examples": [{"fr": "…", "de": "…"}, "…"]}),
]


Aliases = Annotated[
    dict[str, list[NameLine]],
    Translated(list=True),
    BeforeValidator(expand_plain_list),
    JsonSchema(
        {
            "anyOf": [LIST, {"type": "object", "additionalProperties": LIST}],
            "examples": [["…"], {"fr": ["…"], "de": ["…"]}],
        }
    ),
]


Translations = Annotated[
    dict[str, SingleLine],
    BeforeValidator(require_known_languages),
    JsonSchema({**BY_LANGUAGE, "examples": [{"fr": "…"}]}),
]
