"""Series of figures: what a chart shows, each value with the fact or citation it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from explainer.schema.date_types import Date
from explainer.schema.field_types import JsonSchema
from explainer.schema.id_types import FactId, Id
from explainer.schema.record import Part, Record
from explainer.schema.records import Citation
from explainer.schema.text_types import Prose, Text

Value = Annotated[
    str,
    StringConstraints(pattern=r"^\d{1,15}(\.\d{1,10})?(e\d{1,2})?$"),
    JsonSchema({"type": ["number", "string"], "examples": [13.5, "2.1e25"]}),
]


class Point(Part):
    """A value of a line."""

    at: Date | None = None
    """When: the date of the value."""
    category: Text | None = None
    """What it is the value of, where the series is not one over time."""
    value: Value
    """The value in the series’ unit: `13.5`, or `2.1e25`."""
    note: Text | None = None
    """A few words beside the value, such as “over” or “for the half-year”."""
    fact: FactId | None = None
    """The fact that gives the value."""
    cites: list[Citation] = []
    """Where the value is found, if no fact gives it."""

    @cached_property
    def number(self) -> Decimal:
        """The value as a number."""
        return Decimal(self.value)


class SeriesLine(Part):
    """One line, or one set of bars, of a series."""

    name: Text
    """What it is called in the chart."""
    points: list[Point] = Field(min_length=1)
    """Its values, oldest first."""
    estimate: Text | None = None
    """Whose estimates the values are, if they are estimates."""
    cites: list[Citation] = []
    """Where all its values are found, if not each has a ground of its own."""


class Series(Record):
    """A series of figures, shown as a chart and a table."""

    kind_name = "series"
    title: Prose
    """A sentence that says what to see: “The number of passengers doubled in three years.”"""
    unit: Text
    """What the values count: `billion dollars`."""
    form: Literal["bars", "lines"]
    """How it is drawn."""
    scale: Literal["linear", "log"] = "linear"
    """`log` where values differ by powers of ten: each step of the axis is then ten times the last."""
    note: Prose | None = None
    """What a reader should know to read it rightly."""
    lines: dict[Id, SeriesLine] = Field(min_length=1)
    """Its lines by id."""
    total: Id | None = None
    """The line that is the sum of the others, if one is."""

    @property
    def citations(self) -> Iterator[Citation]:
        """Every citation of its lines and points."""
        for line in self.lines.values():
            yield from line.cites
            for point in line.points:
                yield from point.cites
