"""Where lines begin, and where they should: YAML by its indentation alone, which can be told while it does not parse.

A key stands under another, so much further in, and after a third: as in the rest of the file it is right, otherwise it
is odd. So the line that begins wrongly is found, though the parser stops at a later one, and how it should begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

BEGINNING = re.compile(
    r"""(?P<margin>\s*)(?P<hyphens>(?:-(?: +|$)){0,24})(?:(?P<key>\w[\w-]*|"[^"]+"|'[^']+'):(?=\s|$)\s*(?P<more>[^#\s]?))?"""
)


RECORD = re.compile(r"[^\s#\]}]")  # how the line of a record's id begins


STEP = 2  # how much further in a key begins than the one that it stands under


FAR, NEAR = (
    400,
    40,
)  # lines: how far around what is usual is looked for, and how far above what is odd


MOST_LEVELS, MOST_PLACES, MOST_CHANGES = 12, 12, 25


# How odd it is: a key twice, one under what has a value, one with nothing after it; a line so many columns from where it is; a hyphen more or less.
TWICE, UNDER_VALUE, NOTHING, A_COLUMN, A_HYPHEN = 5, 5, 3, 0.5, 1


MOVED, WITHOUT, WITH, APART = (
    "moved",
    "without its hyphen",
    "with a hyphen",
    "with a space after its hyphen",
)


Relation = tuple[
    str, str | int, str
]  # what a key stands under and how much further in, or after what; and the key


class LineStart(NamedTuple):
    """How a line begins: its indentation; its hyphens and key, each with its distance from the first and whether nothing follows it."""

    indent: int
    items: list[tuple[int, str, bool]]


class Item(NamedTuple):
    """A key, or the hyphen of an entry, and what it stands under."""

    row: int
    column: int
    under: int  # a row
    name: str
    relations: tuple[Relation, ...]
    open: bool  # more may stand under it
    stray: bool  # it cannot stand where it does


FILE = Item(-1, 0, -1, "", (), True, False)


class IndentChange(NamedTuple):
    """How a line may have been meant to begin; `better` if less is odd then, `like` says which neighbour begins there."""

    row: int
    line: str
    what: str
    better: bool
    like: str


class Outline:
    """A text as the keys and hyphens that begin its lines. Rows and columns count from 0."""

    def __init__(self, lines: list[str]) -> None:
        self.text = lines
        self.lines = [_line(line) for line in lines]
        counts = Counter(name for line in self.lines for _, name, _ in line.items)
        self.ids = {name for name, times in counts.items() if times == 1}

    def changes(self, rows: Iterable[int], end: int) -> list[IndentChange]:
        """How some lines may have been meant to begin, likeliest first: least of what comes before the row `end` is odd then."""
        rows = list(dict.fromkeys(rows))
        last, end = max(rows), min(end, len(self.lines))
        near = range(max(self.beginning(last), last - NEAR), end)
        window = sorted({*rows, *self.suspects(last), *near})
        around = range(max(0, last - FAR), min(last + FAR, len(self.lines)))
        usage = KeyUsage(
            item for item in self.outline(around) if item.row not in rows and item.under not in rows
        )
        before, found = usage.oddness(list(self.outline(window))), []
        for row in rows:
            for text, what, cost in self.variants(row):
                outline = list(self.outline(window, {row: _line(text)}))
                after = usage.oddness(outline)
                found.append(
                    (
                        after + cost,
                        IndentChange(row, text, what, after < before, self.like(row, outline)),
                    )
                )
        return [change for _, change in sorted(found, key=lambda one: one[0])][:MOST_CHANGES]

    def outline(
        self, rows: Iterable[int], changed: Mapping[int, LineStart] | None = None
    ) -> Iterator[Item]:
        """The items of some rows, with what each stands under, as indentation has it; some may be `changed`."""
        levels: list[Item] = []
        for row in rows:
            line = changed.get(row, self.lines[row]) if changed else self.lines[row]
            for offset, name, open in line.items:
                column, closed = line.indent + offset, FILE
                while levels and not (
                    levels[-1].column < column
                    or levels[-1].column == column
                    and name == "-" != levels[-1].name[-1]
                ):
                    closed = levels.pop()
                above = levels[-1] if levels else FILE
                if name == "-":
                    name = f"{above.name}-"
                elif name in self.ids:  # one name stands for all
                    name = "id:" if not open else "id" if levels else "id of a record"
                after = closed.name if (closed.column, closed.under) == (column, above.row) else ""
                relations = (above.name, column - above.column, name), ("after", after, name)
                levels.append(
                    Item(
                        row,
                        column,
                        above.row,
                        name,
                        relations,
                        open,
                        not above.open or above is FILE and column > 0,
                    )
                )
                yield levels[-1]

    def variants(self, row: int) -> Iterator[tuple[str, str, float]]:
        """A line begun otherwise, what was done to it, and how unlikely that is by itself."""
        indent, items = self.lines[row]
        words = self.text[row].lstrip()
        for place in self.places(row) if items else ():
            yield " " * place + words, MOVED, A_COLUMN * abs(place - indent)
        if words.startswith("- "):
            yield " " * indent + words[1:].lstrip(), WITHOUT, A_HYPHEN
        elif items:
            yield " " * indent + "- " + words, WITH, A_HYPHEN
        elif re.match(r"-\w", words):
            yield " " * indent + "- " + words[1:], APART, 0

    def places(self, row: int) -> list[int]:
        """Where a line may begin, nearest first: as the lines of each level above it or the next line, or a step further in."""
        around = [
            *self.suspects(row)[1:],
            *(at for at in (row + 1, row + 2) if at < len(self.lines) and self.lines[at].items),
        ]
        columns, indent = {self.lines[at].indent for at in around}, self.lines[row].indent
        places = {0, *columns, *(column + STEP for column in columns)} - {indent}
        return sorted(places, key=lambda place: abs(place - indent))[:MOST_PLACES]

    def suspects(self, row: int) -> list[int]:
        """The rows that may be to blame where a row does not fit: itself, and the first and the last on each level above it."""
        last: dict[int, int] = {}
        first: dict[int, int] = {}
        for at in range(row - 1, self.beginning(row) - 1, -1):
            column = self.lines[at].indent
            if (
                self.lines[at].items
                and column <= min(first, default=column)
                and len(first) < MOST_LEVELS
            ):
                last.setdefault(column, at)
                first[column] = at
        return [row, *last.values(), *first.values()]

    def beginning(self, row: int) -> int:
        """The row on which the record before that of a row begins: the record's own first line may be one that begins wrongly."""
        lowest = max(0, row - FAR)
        for _ in range(2):
            row = next(
                (at for at in range(row - 1, lowest, -1) if RECORD.match(self.text[at])), lowest
            )
        return row

    def like(self, row: int, outline: list[Item]) -> str:
        """Words for the nearest neighbour of a row in an outline."""
        own = next((item for item in outline if item.row == row), FILE)
        same = [
            item.row
            for item in outline
            if item.row != row and (item.column, item.under) == (own.column, own.under)
        ]
        if not same or not own.column:
            return ""
        nearest = min(same, key=lambda at: (at < row, abs(at - row)))
        name = self.lines[nearest].items[0][1].strip("\"'")
        neighbour = "the entry" if name == "-" else f'"{name}"'
        return f", like {neighbour} {'above' if nearest < row else 'below'}"


def _line(text: str) -> LineStart:
    match = BEGINNING.match(text)
    start = match.end("margin")
    items = [
        (place, "-", True) for place, character in enumerate(match["hyphens"]) if character == "-"
    ]
    return LineStart(
        start,
        [*items, (match.start("key") - start, match["key"], not match["more"])]
        if match["key"]
        else items,
    )


class KeyUsage:
    """How keys stand in a text."""

    def __init__(self, items: Iterable[Item]) -> None:
        items = list(items)
        self.relations = Counter(relation for item in items for relation in item.relations)
        self.names = Counter(item.name for item in items)

    def oddness(self, outline: list[Item]) -> float:
        """How odd an outline is: in what is seldom so in the text, and in what can hardly be so anywhere."""
        odd, keys, one = 0.0, set(), FILE
        for item in outline:
            odd += sum(map(self.rarity, item.relations)) + UNDER_VALUE * item.stray
            odd += NOTHING * (one.open and one.name[-1:] not in ("-", "") and item.under != one.row)
            odd += TWICE * ((item.under, item.name) in keys)
            if item.name[-1] != "-" and not item.name.startswith("id"):
                keys.add((item.under, item.name))
            one = item
        return odd

    @lru_cache  # noqa: B019 (lives as long as the search)
    def rarity(self, relation: Relation) -> float:
        """How seldom a key stands so, of all the times that it is there."""
        above, step, name = relation
        return (
            log((self.names[name] + 1) / (self.relations[relation] + 0.5))
            + (above not in ("", "after") and step != STEP) / 2
        )
