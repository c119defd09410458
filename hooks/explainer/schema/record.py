"""The base classes of records: they reject unknown and empty keys, and know their position."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationInfo, field_validator

from explainer.problems import ERROR, Problem
from explainer.reading.document import Document, PathKey, Route
from explainer.schema.field_types import content_error


def _key_of_field(name: str) -> str:
    """Return the key in YAML for the name of a field: `as_of` is `as-of`, `from_` is `from`."""
    return name.rstrip("_").replace("_", "-")


class Part(BaseModel):
    """A record or a part of one; unknown keys are rejected, and values cannot be changed."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=_key_of_field,
        arbitrary_types_allowed=True,
        defer_build=True,
        use_attribute_docstrings=True,
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: object) -> None:
        """Join the lines of each field's docstring, which becomes its description."""
        for field in cls.model_fields.values():
            if field.description:
                field.description = " ".join(field.description.split())

    @field_validator("*", mode="before")
    @classmethod
    def _reject_missing_value(cls, value: object, info: ValidationInfo) -> object:
        """Reject a key without a value, which is probably unfinished."""
        if value is None:
            field = cls.model_fields[info.field_name or ""]
            removal = "" if field.is_required() else ", or remove the key"
            raise content_error(
                "missing-value",
                "this key has no value",
                f"fill it in, on its line or two spaces further in below it{removal}",
            )
        return value


class Record(Part):
    """A part with an id and a position in a file.

    Attributes:
        kind_name: What messages call a record of this kind.
        implicit_field: The field that holds all the data, if the file does not name it.
    """

    kind_name: ClassVar[str]
    implicit_field: ClassVar[tuple[str, ...]] = ()
    _id: str = PrivateAttr(default="")
    _document: Document = PrivateAttr()
    _route: Route = PrivateAttr(default=())

    @cached_property
    def id(self) -> str:
        """The key of the record in its file."""
        return self._id

    @cached_property
    def file(self) -> str:
        """The name of the record's file, as messages have it."""
        return self._document.file

    @cached_property
    def line(self) -> int:
        """The line of the record's key in its file, from 1."""
        return self._document.position(self._route, key=True)[0]

    def line_at(self, *route: PathKey) -> int:
        """Return the line of a field of this record, from 1."""
        return self._document.position((*self._route, *route))[0]

    def problem(
        self,
        message: str,
        *route: PathKey,
        hint: str = "",
        level: str = ERROR,
        key: bool = False,
        code: str = "",
    ) -> Problem:
        """Return a problem at a field of this record.

        Args:
            message: What is wrong.
            route: The route of the field inside the record.
            hint: What to do.
            level: `ERROR`, `WARNING` or `NOTICE`.
            key: Whether the position is that of the key, not of the value.
            code: The code of the problem, from `explainer.codes`.
        """
        return self._document.problem(message, (*self._route, *route), hint, level, key, code)

    def raw_texts(self) -> Iterator[tuple[str, Route]]:
        """Yield every text of the record as its file has it, with its route in the record."""
        pending: list[tuple[object, Route]] = [(self._document.at(self._route), ())]
        while pending:
            value, route = pending.pop()
            if isinstance(value, str):
                yield value, route
            elif isinstance(value, dict):
                pending += [(item, (*route, key)) for key, item in value.items()]
            elif isinstance(value, list):
                pending += [(item, (*route, index)) for index, item in enumerate(value)]
