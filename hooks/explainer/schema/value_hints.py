"""Suggest how a value with the wrong form or the wrong type is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import get_args

from babel import Locale

from explainer.reading.document import Route
from explainer.schema.field_examples import FORMS, Form
from explainer.schema.id_types import ID, as_id
from explainer.schema.introspection import (
    find_references,
    required_keys,
    type_at,
    unwrap_annotation,
)
from explainer.schema.record import Part


def form_problem(text: str, pattern: str, route: Route) -> tuple[str, str]:
    """Return the message and the hint for a text without the form of its field.

    Args:
        text: The text.
        pattern: The regular expression that it does not match.
        route: The route of the field inside its record.
    """
    if pattern == f"^{ID.pattern}$":
        return _id_problem(text, in_list=isinstance(route[-1], int))
    name = next((key for key in reversed(route) if isinstance(key, str)), "")
    form = FORMS.get(name, Form("an allowed value", ""))
    likely = next((value for value in _likely_values(text, name) if re.match(pattern, value)), "")
    hint = f'did you mean "{likely}"?' if likely else f"as in {form.example}"
    return f'"{text}" is not {form.name}', hint


def _id_problem(text: str, in_list: bool) -> tuple[str, str]:
    message = f'"{text}" is not an id'
    if " " in text.strip():
        ids = ", ".join(map(as_id, text.split()))
        list_hint = f", or with a comma between two: {ids}" if in_list else ""
        return message, f"the id, as it stands in its own file{list_hint}"
    likely = as_id(text)
    return message, f'did you mean "{likely}"?' if likely else "as in lower-case-words"


def _likely_values(text: str, key: str) -> Iterator[str]:
    """Yield what a text in a field may have been meant to be, likeliest first."""
    text = text.strip("<>“”„«»‘’ ,.")
    yield from (text, text.lower(), text.replace("_", "-"), text.replace(" ", "%20"))
    yield from (PurePosixPath(text).name, f"/{text}")
    if "@" in text:
        yield f"mailto:{text}"
    if ":" not in text.partition("/")[0]:
        yield f"https://{text}"
    yield re.sub(r"^\w+:/+", "https://", text)
    if key in ("language", "languages"):
        # The name of a language, in the language of the messages.
        for code, language in Locale("en").languages.items():
            if language.casefold() == text.casefold():
                yield code


def list_hint(value: object) -> str:
    """Return how a value is written where a list is expected."""
    if isinstance(value, dict) and value:
        key, first = next(iter(value.items()))
        text = first if isinstance(first, str) else "…"
        return f"a hyphen and a space before it: - {key.lstrip('-')}: {text}"
    return f"in brackets: [{value if isinstance(value, str) else '…'}]"


def text_hint(kind: type[Part], route: Route, value: object) -> str:
    """Return how a value is written where the field at a route expects a text."""
    if not isinstance(value, list):
        return 'if it is text, in quotation marks: "{…}"'
    if find_references(type_at(kind, route)[1]):
        first = value[0] if value and isinstance(value[0], str) else "…"
        return f"one id alone, without brackets: {first}"
    return f'if it is text, in quotation marks: "[{", ".join(map(str, value))}]"'


def mapping_hint(kind: type[Part], route: Route, value: object) -> str:
    """Return how a value is written where the field at a route expects keys and values."""
    value_type = get_args(type_at(kind, route)[0])[1:]
    if value_type and unwrap_annotation(value_type[0])[0] is str:
        return "by language: {…}"
    required = required_keys(kind, route)
    if required:
        return f"{required[0]}: {value if isinstance(value, str) else '…'}"
    return "each key with a colon and a space after it"
