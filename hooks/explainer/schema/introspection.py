"""Walk over the annotated fields of a record: its keys, its types and its references."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Sequence

from explainer.reading.document import Route
from explainer.schema.id_types import References
from explainer.schema.record import Part

Metadata = Sequence[object]


def unwrap_annotation(annotation: object) -> tuple[object, list[object]]:
    """Return an annotation without `Annotated` and `| None`, and the metadata that it had."""
    metadata: list[object] = []
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation, *more = typing.get_args(annotation)
            metadata += more
        elif origin in (types.UnionType, typing.Union):
            annotation = next(arg for arg in typing.get_args(annotation) if arg is not type(None))
        else:
            return annotation, metadata


def type_at(kind: type[Part], route: Route) -> tuple[object, Metadata]:
    """Return the type at a route inside a record, unwrapped, and its metadata.

    Returns:
        `(None, [])` if the model has nothing at the route.
    """
    annotation: object = kind
    metadata: Metadata = []
    for key in route:
        if _is_part(annotation):
            fields = annotation.model_fields.items()
            field = next((info for name, info in fields if (info.alias or name) == key), None)
            if field is None:
                return None, []
            annotation, more = unwrap_annotation(field.annotation)
            metadata = [*field.metadata, *more]
        else:
            arguments = typing.get_args(annotation)
            annotation, metadata = unwrap_annotation(arguments[-1]) if arguments else (None, [])
    return annotation, metadata


def part_at(kind: type[Part], route: Route) -> type[Part] | None:
    """Return the class of the part at a route inside a record, or None if it is not a part."""
    annotation, _ = type_at(kind, route)
    return annotation if _is_part(annotation) else None


def keys_at(kind: type[Part], route: Route = ()) -> list[str]:
    """Return the keys that a record, or the part at a route inside it, may have."""
    part = part_at(kind, route)
    return [field.alias or name for name, field in part.model_fields.items()] if part else []


def required_keys(kind: type[Part], route: Route = ()) -> list[str]:
    """Return the keys that a record, or the part at a route inside it, must have."""
    part = part_at(kind, route)
    fields = part.model_fields.items() if part else ()
    return [field.alias or name for name, field in fields if field.is_required()]


def references(part: Part, route: Route = ()) -> Iterator[tuple[str, References, Route]]:
    """Yield every id inside a part that refers to a record.

    Args:
        part: A record or a part of one.
        route: The route of the part inside its record.

    Yields:
        The id, the kinds it may refer to, and its route inside the record.
    """
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value is not None:
            yield from _references_in(
                value, field.annotation, field.metadata, (*route, field.alias or name)
            )


def _references_in(
    value: object, annotation: object, metadata: Metadata, route: Route
) -> Iterator[tuple[str, References, Route]]:
    annotation, more = unwrap_annotation(annotation)
    if isinstance(value, Part):
        yield from references(value, route)
    elif isinstance(value, str):
        reference = find_references([*metadata, *more])
        if reference:
            yield value, reference, route
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _references_in(item, typing.get_args(annotation)[0], [], (*route, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _references_in(item, typing.get_args(annotation)[1], [], (*route, key))


def find_references(metadata: Metadata) -> References | None:
    """Return the mark of a field that is an id of another record, if its metadata has one."""
    return next((item for item in metadata if isinstance(item, References)), None)


def _is_part(annotation: object) -> typing.TypeGuard[type[Part]]:
    return isinstance(annotation, type) and issubclass(annotation, Part)
