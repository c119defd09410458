"""What all records have in common: fields that are refused where they are unknown or empty, an id, a place in a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, field_validator

from explainer.reading.document import Document, Route
from explainer.schema.field_types import content_error


class Part(BaseModel):
    """A piece of a record; unknown keys are refused, values never change."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
        arbitrary_types_allowed=True,
        defer_build=True,
        use_attribute_docstrings=True,
    )

    @field_validator("*", mode="before")
    @classmethod
    def _filled_in(cls, value: object, info: ValidationInfo) -> object:
        """A key with nothing after it means nothing, and is most likely forgotten."""
        if value is None:
            needed = cls.model_fields[info.field_name].is_required()
            raise content_error(
                "missing-value",
                "nothing stands after this key",
                f"fill it in, on its line or two spaces further in below it{'' if needed else ', or remove the key'}",
            )
        return value


class Record(Part):
    """What an id names: knows its id and where it stands."""

    kind_name: ClassVar[str]
    implicit_field: ClassVar[
        tuple[str, ...]
    ] = ()  # fields that the loader puts around what the file holds
    _id: str = PrivateAttr(default="")
    _document: Document = PrivateAttr(default=None)
    _route: Route = PrivateAttr(default=())

    @cached_property
    def id(self) -> str:
        return self._id

    @cached_property
    def file(self) -> str:
        return self._document.file

    @cached_property
    def line(self) -> int:
        """The line of the record's key in its file, from 1."""
        return self._document.position(self._route, key=True)[0]

    def line_at(self, *route: str | int) -> int:
        """The line of a field of this record, from 1."""
        return self._document.position((*self._route, *route))[0]

    def problem(self, message: str, *route: str | int, **more):
        """A problem at a field of this record (`hint`, `level`, `key` as in Document.problem)."""
        return self._document.problem(message, (*self._route, *route), **more)

    def raw_texts(self) -> Iterator[tuple[str, Route]]:
        """Every text of the record as it stands in its file, with its route in the record."""
        rest: list[tuple[object, Route]] = [(self._document.at(self._route), ())]
        while rest:
            value, route = rest.pop()
            if isinstance(value, str):
                yield value, route
            elif isinstance(value, dict | list):
                rest += [
                    (one, (*route, step))
                    for step, one in (
                        value.items() if isinstance(value, dict) else enumerate(value)
                    )
                ]
