"""A figure with all that it may mean, and the figures of a text, which can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import IntEnum

PLAIN, PERCENT, MONEY = "", "%", " (money)"


AMOUNT_UNITS = (PLAIN, PERCENT, MONEY)


class Proof(IntEnum):
    """When it is a mistake that another text lacks a figure; the surest first."""

    SURE = 0
    """Always."""
    NAMED = 1
    """If the table of the other language has the figure's unit; else as for PAIRED."""
    PAIRED = 2
    """If the other text has a different figure of the same unit in its place."""
    POSSIBLE = 3
    """Never: this may not be a figure at all."""


@dataclass(frozen=True)
class Figure:
    """A figure of a text.

    Attributes:
        readings: All that the figure may mean, the likeliest first. Without a reading, its form is
            not understood, and it may be any figure.
        proof: When it is a mistake that another text lacks the figure.
        unit: What kind of figure it is, such as `decade`; empty for amounts and days.
    """

    readings: tuple[str, ...]
    proof: Proof = Proof.SURE
    unit: str = ""

    def agrees(self, other: Figure) -> bool:
        """Return whether both figures may mean the same."""
        return (
            not self.readings
            or not other.readings
            or not set(self.readings).isdisjoint(other.readings)
        )

    def __str__(self) -> str:
        return self.readings[0] if self.readings else "?"


@dataclass(frozen=True)
class FigureSet:
    """The figures of a text.

    Attributes:
        figures: The figures, the surest and least ambiguous first.
        known_units: The units that the table of the text's language has.
    """

    figures: tuple[Figure, ...] = ()
    known_units: frozenset[str] = frozenset()

    @classmethod
    def of(cls, figures: Iterable[Figure], known_units: frozenset[str]) -> FigureSet:
        """Return the figures of a text in the order in which they are compared."""
        return cls(tuple(sorted(figures, key=_order)), known_units)

    def __sub__(self, other: FigureSet) -> list[str]:
        """Return the figures that this text has and the other lacks by mistake."""
        if self.figures == other.figures:
            return []
        unmatched, left = _match(self.figures, other.figures)
        left_units = {figure.unit for figure in left if figure.proof < Proof.POSSIBLE}
        mistakes = {
            Proof.NAMED: left_units | other.known_units,
            Proof.PAIRED: left_units,
        }
        return [
            str(figure)
            for figure in unmatched
            if figure.proof is Proof.SURE or figure.unit in mistakes.get(figure.proof, ())
        ]

    def agrees(self, other: FigureSet) -> bool:
        """Return whether neither text lacks a figure of the other by mistake."""
        return not (self - other or other - self)

    def __bool__(self) -> bool:
        return bool(self.figures)


def _order(figure: Figure) -> tuple[object, ...]:
    return figure.proof, not figure.readings, len(figure.readings), figure.readings


def _match(
    figures: Iterable[Figure], others: Iterable[Figure]
) -> tuple[list[Figure], list[Figure]]:
    """Pair the figures of two texts, and return those that are left of each."""
    unmatched, left = [], list(others)
    for figure in figures:
        partner = next((other for other in left if figure.agrees(other)), None)
        if partner is None:
            unmatched.append(figure)
        else:
            left.remove(partner)
    return unmatched, left


def format_value(value: Decimal) -> str:
    """Return the one form of a value that is compared and shown; a year has no comma."""
    with localcontext(prec=1000):
        return f"{value.normalize():{',' if value >= 10_000 else ''}f}"
