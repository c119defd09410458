"""The values that fields of records hold: texts, dates, ids, addresses.

The reader hands over strings; the types here turn shorthand into the one full form before validation (a
plain string becomes a text in every language), so that no field is a union and one mistake gives one error.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationInfo

from explainer.problems import suggest_key
from explainer.schema.field_types import BARE, JsonSchema, content_error, reject_invisible

LACKS = "the text is missing in "


def expand_plain_text(value: object, info: ValidationInfo) -> object:
    """A plain string stands for a text that is the same in every language."""
    languages = info.context["languages"]
    if isinstance(value, str):
        return dict.fromkeys(languages, value)
    if isinstance(value, dict):
        require_known_languages(value, info)
        for language in languages:
            if language in value and not value[language]:
                raise content_error(
                    f"the text is empty in {language}",
                    "write it: every language says the same",
                    at=language,
                )
        missing = [language for language in languages if language not in value]
        if missing:
            raise content_error(
                f"{LACKS}{', '.join(missing)}",
                f"add {' and '.join(f'{language}: …' for language in missing)}",
            )
    return value


def require_known_languages(value: object, info: ValidationInfo) -> object:
    """The keys of a text are languages of the story; where those are not known, that is the problem."""
    languages, before = info.context["languages"], ""
    for key, text in value.items() if languages and isinstance(value, dict) else ():
        if key not in languages:
            hint = suggest_key(key, languages)
            if hint.startswith("known"):
                hint += "; a key of its own begins two spaces further out"
            if hint.startswith("known") and text is None and before:
                hint = f'if it is text after a comma, in quotation marks: {before}: "{value[before]}, {key}"'
            raise content_error(f'"{key}" is not a language of this story', hint, at=key)
        before = key
    return value


def require_translations(value: object, info: ValidationInfo) -> object:
    """A sentence is not the same everywhere: a plain string will not do where there are several languages."""
    if isinstance(value, str) and len(info.context["languages"]) > 1:
        raise content_error(
            "the text is written once, not in each language",
            f"{{{', '.join(f'{language}: …' for language in info.context['languages'])}}}",
        )
    return value


def expand_plain_list(value: object, info: ValidationInfo) -> object:
    """A plain list stands for names that are the same in every language."""
    if isinstance(value, str):
        raise content_error("expected a list, not a text", f"in brackets: [{value}]")
    return (
        dict.fromkeys(info.context["languages"], value)
        if isinstance(value, list)
        else require_known_languages(value, info)
    )


def clean_line(value: str) -> str:
    value = value.strip(
        " \t\n"
    )  # not no-break spaces, which some languages set inside quotation marks
    if not value.strip():
        raise content_error("the text is empty", "write it, or remove its key")
    if "\n" in value:
        raise content_error(
            "the text has a line break in it",
            "one line; after > (and not |) the lines below are read as one, if none is blank",
        )
    return reject_invisible(value)


BY_LANGUAGE = {"type": "object", "additionalProperties": BARE, "minProperties": 1}


LIST = {"type": "array", "items": BARE}


MAX_NAME = 1000  # of what is looked for in every text


SingleLine = Annotated[
    str, StringConstraints(max_length=2000), AfterValidator(clean_line), JsonSchema(BARE)
]


Text = Annotated[
    dict[str, SingleLine],
    BeforeValidator(expand_plain_text),
    JsonSchema({"anyOf": [BARE, BY_LANGUAGE], "examples": [{"fr": "…", "de": "…"}, "…"]}),
]


Prose = Annotated[
    dict[str, SingleLine],
    BeforeValidator(expand_plain_text),
    BeforeValidator(require_translations),
    JsonSchema({"anyOf": [BY_LANGUAGE, BARE], "examples": [{"fr": "…", "de": "…"}]}),
]


NameLine = Annotated[
    str, StringConstraints(max_length=MAX_NAME), AfterValidator(clean_line), JsonSchema(BARE)
]


Name = Annotated[
    dict[str, NameLine],
    BeforeValidator(expand_plain_text),
    JsonSchema({"anyOf": [BARE, BY_LANGUAGE], "examples": [{"fr": "…", "de": "…"}, "…"]}),
]


Aliases = Annotated[
    dict[str, list[NameLine]],
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
