"""The form of `facts.json`, from which its JSON Schema (2020-12) is made as well."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic.json_schema import GenerateJsonSchema

from explainer.schema.id_types import ID

Id = Annotated[str, StringConstraints(pattern=f"^{ID.pattern}$")]
Date = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
OpenDate = Date | Literal["unknown", "ongoing"]
Uri = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Text = Annotated[
    dict[str, str], Field(min_length=1, description="One string a language, by language code.")
]
PassageState = Literal["found", "unchecked"]
EntityKind = Literal["person", "organization", "product"]


class Exported(BaseModel):
    """A part of the export: every key is there, none is added."""

    model_config = ConfigDict(
        alias_generator=lambda name: to_camel(name.rstrip("_")),
        extra="forbid",
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


class ExportedStory(Exported):
    """The story itself."""

    title: Text
    question: Text
    languages: list[str]
    snapshot: Date
    checked: Date
    publisher: Text
    licence: Text


class ExportedCitation(Exported):
    """A pointer to a source, with the passage where one is named."""

    source: Id
    paragraph: Annotated[int, Field(ge=1)] | None
    from_: str | None
    to: str | None
    passage: PassageState | None
    """Whether the passage was found in a copy of the source; null where none is named."""


class ExportedFact(Exported):
    """One sentence in every language, with status, date and citations."""

    id: Id
    text: Text
    about: list[Id]
    subject: Id
    status: Literal["confirmed", "announced", "reported", "disputed", "opinion"]
    state: bool
    date: Date
    as_of: Date | None
    overtaken: Id | None
    citations: list[ExportedCitation]
    url: Annotated[dict[str, Uri], Field(min_length=1)]
    """One address a language, by language code."""


class ExportedEntity(Exported):
    """A person, an organization or a product that facts are about."""

    id: Id
    kind: EntityKind
    name: Text
    description: Text
    facts: list[Id]


class ExportedRole(Exported):
    """A person's office over time."""

    id: Id
    person: Id
    organization: Id
    office: Id
    title: Text
    interim: bool
    agreed: Date | None
    from_: OpenDate
    until: OpenDate
    as_of: Date | None
    facts: list[Id]


class ExportedQuote(Exported):
    """Words that somebody said, in the language they were said in."""

    id: Id
    words: str
    language: str
    translation: dict[str, str]
    by: Id
    date: Date
    citations: list[ExportedCitation]


class ExportedSource(Exported):
    """A published document."""

    id: Id
    kind: Literal["news", "announcement", "post", "filing", "interview", "document"]
    title: Text
    publisher: Text | None
    author: str | None
    language: str
    published: OpenDate
    accessed: Date | None
    verified: Literal["read", "cited"]
    url: Uri | None
    archived: Uri | None
    """An archived copy of the page."""


class ExportedPoint(Exported):
    """A value of a series, by date or by category."""

    at: Date | None
    category: Text | None
    value: float
    note: Text | None
    fact: Id | None
    sources: list[Id]


class ExportedLine(Exported):
    """One line of a series."""

    id: Id
    name: Text
    estimate: Text | None
    """Whose estimates the values are; null where they are none."""
    points: list[ExportedPoint]


class ExportedSeries(Exported):
    """A series of figures, as a chart shows it."""

    id: Id
    title: Text
    unit: Text
    note: Text | None
    lines: list[ExportedLine]


class ExportedUpdate(Exported):
    """A dated entry of the change log."""

    id: Id
    date: Date
    kind: Literal["update", "correction", "clarification"]
    text: Text
    facts: list[Id]


class Export(Exported):
    """The whole story in every language, as `facts.json` holds it."""

    model_config = ConfigDict(title="The facts of an explainer")

    story: ExportedStory
    facts: list[ExportedFact]
    entities: list[ExportedEntity]
    roles: list[ExportedRole]
    quotes: list[ExportedQuote]
    sources: list[ExportedSource]
    series: list[ExportedSeries]
    updates: list[ExportedUpdate]


class _Untitled(GenerateJsonSchema):
    """JSON Schema without a title for each field, which would repeat its key."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False


def facts_schema() -> dict[str, Any]:
    """Return the JSON Schema of `facts.json`."""
    schema = Export.model_json_schema(schema_generator=_Untitled)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}
