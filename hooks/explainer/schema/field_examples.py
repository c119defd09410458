"""Describe what a field holds: by an example, or in a few words."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args, get_origin

from explainer.problems import with_article
from explainer.reading.document import Route
from explainer.schema.date_types import OpenDate
from explainer.schema.dates import PartialDate
from explainer.schema.introspection import (
    Metadata,
    find_references,
    required_keys,
    type_at,
    unwrap_annotation,
)
from explainer.schema.record import Part


class Form(NamedTuple):
    """The form of a text that is not free: what messages call it, and an example."""

    name: str
    example: str


# By the key of the field.
FORMS = {
    "url": Form("a web address", "https://example.org/page"),
    "report": Form("an address", "mailto:name@example.org"),
    "language": Form("a language code", "fr"),
    "languages": Form("a language code", "fr"),
    "locale": Form("a locale", "fr-FR"),
    "paragraph": Form("a paragraph's number", "6"),
    "paragraphs": Form("a paragraph's number", "6"),
    "text": Form("the name of a file", "article.txt"),
    "endings": Form("a pair of endings", "y/ies"),
    "value": Form("a number of a series", "13.5 or 2.1e25"),
    "reviewed": Form("the mark of a review", "1f3a; `.venv/bin/explainer review --accept` sets it"),
}


def example_for(kind: type[Part], route: Route) -> str:
    """Return what the field at a route inside a record holds: an example, or a few words."""
    annotation, metadata = type_at(kind, route)
    if annotation is str and route[-1] in FORMS:
        return FORMS[str(route[-1])].example
    return _example(annotation, metadata)


def _example(annotation: object, metadata: Metadata) -> str:
    reference = find_references(metadata)
    if reference:
        return f"the id of {with_article(reference.name)}"
    if isinstance(annotation, type):
        return _class_example(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return f"{', '.join(arguments[:-1])} or {arguments[-1]}"
    if origin is list:
        return f"[{_example(*unwrap_annotation(arguments[0]))}]"
    return _mapping_example(arguments[1]) if origin is dict else "…"


def _class_example(annotation: type) -> str:
    if issubclass(annotation, Part):
        return "{" + ", ".join(f"{key}: …" for key in required_keys(annotation)) + "}"
    if annotation in (PartialDate, OpenDate):
        return "a date, as in 2023-11-20"
    return "true or false" if annotation is bool else "…"


def _mapping_example(annotation: object) -> str:
    value, _ = unwrap_annotation(annotation)
    if get_origin(value) is dict:
        return "{some-id: {…}}"
    if get_origin(value) is list:
        return "[…], the same or one in every language"
    if isinstance(value, type) and issubclass(value, Part):
        return f"{{some-id: {_example(value, [])}}}"
    return "{…}, in every language"
