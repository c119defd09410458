"""The values that fields of records hold: texts, dates, ids, addresses.

The reader hands over strings; the types here turn shorthand into the one full form before validation (a
plain string becomes a text in every language), so that no field is a union and one mistake gives one error.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints, ValidationInfo

from explainer.schema.field_types import JsonSchema, content_error


@dataclass(frozen=True)
class References:
    """Marks a field as the id of another record, and names the kinds it may be."""

    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        """What problems call a record of these kinds."""
        return self.kinds[0] if len(self.kinds) == 1 else "entity"


def expand_fact_id(value: object, info: ValidationInfo) -> object:
    """A bare id stands for a sentence that is the fact as it stands."""
    if (
        isinstance(value, str)
        and " " in value
        or isinstance(value, dict)
        and set(info.context["languages"]) & set(value)
    ):
        raise content_error(
            "sentence-without-facts",
            "a sentence of its own names the facts that it rests on",
            "facts: [the-facts-id], and below it text: {…}, in every language",
        )
    return {"facts": [value]} if isinstance(value, str) else value


def as_id(words: str) -> str:
    """Words as an id: `Élue_maire` is `elue-maire`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@dataclass(frozen=True)
class FactIdAllowed:
    """Of a sentence, that the bare id of a fact may stand in its place."""

    def __get_pydantic_json_schema__(self, core_schema, handler) -> dict[str, object]:
        return {"anyOf": [handler(core_schema), id_schema("fact")]}


def id_schema(*kinds: str) -> dict[str, object]:
    """An id of some kinds of record: `schema` writes the reference to those that there are, which pydantic would look for."""
    references = [{"x-id-of": kind} for kind in kinds]
    return references[0] if len(references) == 1 else {"anyOf": references}


def reference_to(*kinds: str) -> object:
    return Annotated[Id, References(kinds), JsonSchema(id_schema(*kinds))]


MAX_ID = 100  # characters: ids become names of files, and addresses


ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


Id = Annotated[
    str,
    StringConstraints(pattern=f"^{ID.pattern}$", max_length=MAX_ID),
    JsonSchema(
        {"type": ["string", "integer"], "pattern": f"^{ID.pattern}$", "examples": ["like-this"]}
    ),
]


FactId = reference_to("fact")


SourceId = reference_to("source")


PersonId = reference_to("person")


OrganizationId = reference_to("organization")


EntityId = reference_to("person", "organization", "product")


OfficeId = reference_to("office")
