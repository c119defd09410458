"""Walk over a record's fields by their types: which part stands where, and what refers to what."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator

from pydantic import BaseModel

from explainer.reading.document import Route
from explainer.schema.id_types import References
from explainer.schema.record import Part


def unwrap_annotation(annotation: object) -> tuple[object, list[object]]:
    """An annotation without `Annotated` and `| None`, and the metadata found on the way."""
    found: list[object] = []
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation, *metadata = typing.get_args(annotation)
            found += metadata
        elif origin in (types.UnionType, typing.Union):
            annotation = next(arg for arg in typing.get_args(annotation) if arg is not type(None))
        else:
            return annotation, found


def type_at(kind: type[Part], loc: tuple) -> tuple[object, list[object]]:
    """The type of what stands at a place inside a record, as `strip` has it; (None, []) where the model knows nothing there."""
    annotation, metadata = kind, []
    for step in loc:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            field = next(
                (f for name, f in annotation.model_fields.items() if (f.alias or name) == step),
                None,
            )
            if field is None:
                return None, []
            annotation, more = unwrap_annotation(field.annotation)
            metadata = [*field.metadata, *more]
        else:
            arguments = typing.get_args(annotation)
            annotation, metadata = unwrap_annotation(arguments[-1]) if arguments else (None, [])
    return annotation, metadata


def part_at(kind: type[Part], loc: tuple) -> type[Part] | None:
    """The model class that stands at a place inside a record, or None where the place holds no keys."""
    annotation, _ = type_at(kind, loc)
    return (
        annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
    )


def references(part: Part, route: Route = ()) -> Iterator[tuple[str, References, Route]]:
    """Every id inside a part that refers to a record: the id, what it may refer to, its route from the part."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value is not None:
            yield from _references(
                value, field.annotation, field.metadata, (*route, field.alias or name)
            )


def _references(
    value: object, annotation: object, metadata: list, route: Route
) -> Iterator[tuple[str, References, Route]]:
    annotation, more = unwrap_annotation(annotation)
    refers = next((m for m in [*metadata, *more] if isinstance(m, References)), None)
    if isinstance(value, BaseModel):
        yield from references(value, route)
    elif isinstance(value, str) and refers:
        yield value, refers, route
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _references(item, typing.get_args(annotation)[0], [], (*route, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _references(item, typing.get_args(annotation)[1], [], (*route, key))
