"""The types of fields that hold ids: the id of a record itself, and references to others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from pydantic import GetJsonSchemaHandler, StringConstraints, ValidationInfo
from pydantic_core import CoreSchema

from explainer.schema.field_types import JsonSchema, content_error, story_languages


@dataclass(frozen=True)
class References:
    """Mark a field as the id of another record.

    Attributes:
        kinds: The kinds of record that the id may name.
    """

    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        """What messages call a record of these kinds."""
        return self.kinds[0] if len(self.kinds) == 1 else "entity"

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        return _reference_schema(*self.kinds)


@dataclass(frozen=True)
class FactIdAllowed:
    """Allow the bare id of a fact in place of a sentence, in the JSON Schema."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        return {"anyOf": [handler(core_schema), _reference_schema("fact")]}


def _reference_schema(*kinds: str) -> dict[str, object]:
    """Return the JSON Schema of a reference to records of some kinds.

    The key is not `$ref`, which pydantic would resolve: the editor's schema replaces it with a
    reference to the ids in use.
    """
    references: list[dict[str, object]] = [{"x-id-of": kind} for kind in kinds]
    return references[0] if len(references) == 1 else {"anyOf": references}


def expand_fact_id(value: object, info: ValidationInfo) -> object:
    """Expand the bare id of a fact to a sentence that repeats the fact.

    Raises:
        PydanticCustomError: The value is a text of its own, which must name its facts.
    """
    languages = story_languages(info)
    is_text = (isinstance(value, str) and " " in value) or (
        isinstance(value, dict) and not value.keys().isdisjoint(languages)
    )
    if is_text:
        raise content_error(
            "sentence-without-facts",
            "a sentence of its own names the facts that it rests on",
            "facts: [the-facts-id], and below it text: {…}, in every language",
        )
    return {"facts": [value]} if isinstance(value, str) else value


def as_id(words: str) -> str:
    """Turn words into an id: `Élue_maire` becomes `elue-maire`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


MAX_ID = 100  # characters: ids become names of files, and addresses


ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


Id = Annotated[
    str,
    StringConstraints(pattern=f"^{ID.pattern}$", max_length=MAX_ID),
    JsonSchema(
        {"type": ["string", "integer"], "pattern": f"^{ID.pattern}$", "examples": ["like-this"]}
    ),
]


FactId = Annotated[Id, References(("fact",))]


SourceId = Annotated[Id, References(("source",))]


PersonId = Annotated[Id, References(("person",))]


OrganizationId = Annotated[Id, References(("organization",))]


EntityId = Annotated[Id, References(("person", "organization", "product"))]


OfficeId = Annotated[Id, References(("office",))]
