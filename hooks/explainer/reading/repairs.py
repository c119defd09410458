"""The slips of editors in YAML, mended: what may have been meant by lines that do not parse, likeliest first.

Which of these mends is right is for the parser to say (see `syntax`). Lines and columns count from 0, as the parser's do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from explainer.reading.indentation import APART, MOVED, WITHOUT, IndentChange, Outline

Place = tuple[int, int]


Span = tuple[int, int]


KEY = r"""(?:[A-Za-z][\w-]*|"[\w-]+"|'[\w-]+')"""


BEFORE = r"\s*(?:- +)*"  # what may stand before a key on its line


BEFORE_VALUE = re.compile(rf"{BEFORE}(?:{KEY}\s*:\s+|(?<=- ))(?=\S)")


BEFORE_FLOW_VALUE = re.compile(rf"[{{,]\s*{KEY}\s*:\s+")


KEY_LINE = re.compile(
    rf"(?P<before>{BEFORE})(?P<key>{KEY})(?P<sign>\s*[:=：]|(?=\s|$))\s*(?P<rest>.*)"
)


USED_KEY = re.compile(rf"(?:^|[{{,]){BEFORE}({KEY}):(?=\s|$)")


QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')


FAR = 20  # lines that a text may run on


CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class Repair:
    """What an editor may have meant: the lines changed, and what was wrong with them, where."""

    changed: dict[int, str]
    place: Place
    message: str
    hint: str = "write: {}"  # {} is the first line changed


def quoted(value: str) -> str:
    """A text in the quotation marks that it does not hold itself; marks already around it, or opened only, are replaced."""
    mark = value[:1]
    if mark in ("'", '"') and value.count(mark) == 1:
        value = value[1:]
    elif mark in ("'", '"') and value.endswith(mark):
        value = value[1:-1]
    return "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'


class RepairFinder:
    """Iterates over the mends of some `rows` of a text, where the parser stopped at `place`, in what was `opened` before."""

    def __init__(
        self, lines: list[str], rows: list[int], place: Place, opened: Place, last: int
    ) -> None:
        self.lines, self.rows, self.place, self.opened, self.last = lines, rows, place, opened, last
        self.outline = Outline(lines)
        self.keys = Counter(key for line in lines for key in USED_KEY.findall(line))

    def __iter__(self) -> Iterator[Repair]:
        for row in self.rows:
            yield from self.spaces(row)
        changes = self.outline.changes(
            [*self.rows, *self.outline.suspects(min(self.place[0], len(self.lines) - 1))], self.last
        )
        yield from self.beginnings(
            change for change in changes if change.better or change.what == APART
        )
        yield from self.brackets()
        begun = [row for row in self.rows if self.outline.lines[row].items]
        for slip in (self.comma, self.quotations, self.colon, self.hyphen):
            for row in self.rows:
                yield from slip(row)
        for row in self.rows:
            if row not in begun:
                yield from self.run_on(row)
        yield from self.beginnings(changes)
        for row in begun:
            yield from self.run_on(row)

    def at(self, place: Place) -> str:
        """The character at a place; nothing at the end of a line."""
        row, column = place
        return self.lines[row][column : column + 1] if row < len(self.lines) else ""

    def spaces(self, row: int) -> Iterator[Repair]:
        """Tabs, and the fixed spaces that word processors set, where YAML wants plain spaces."""
        line = self.lines[row]
        margin = re.match(r"\s*", line)[0]
        if "\t" in margin:
            for change in self.outline.changes([row], self.last):
                if change.what == MOVED:
                    yield Repair(
                        {row: change.line},
                        (row, margin.index("\t")),
                        "a tab indents this line: YAML wants spaces",
                        _spaces_before(change),
                    )
        plain = re.sub(r"^\s+|(?<=:)\s+", lambda match: " " * len(match[0]), line)
        if plain != line:
            column = next(
                i for i, (one, other) in enumerate(zip(line, plain, strict=True)) if one != other
            )
            yield Repair(
                {row: plain},
                (row, column),
                "this is a no-break space, which YAML takes for a letter",
                "type a plain space: {}",
            )

    def brackets(self) -> Iterator[Repair]:
        """A bracket never closed, or a bracket or comma too many."""
        row, opening = self.opened[0], self.at(self.opened)
        if opening in CLOSING:
            yield Repair(
                {row: self.lines[row].rstrip().rstrip(",") + CLOSING[opening]},
                self.opened,
                f"the {opening} that opens here is never closed",
            )
        row, column = self.place
        if self.at(self.place) in ("]", "}", ","):
            yield Repair(
                {row: self.lines[row][:column] + self.lines[row][column + 1 :]},
                self.place,
                f"this {self.at(self.place)} has no place here",
            )

    def comma(self, row: int) -> Iterator[Repair]:
        """A comma left out between two keys in braces."""
        line = self.lines[row]
        for match in re.finditer(rf"[^\s,{{](\s+)({KEY}):\s", line):
            if self.keys[match[2]] and "{" in line[: match.start()]:
                yield Repair(
                    {row: f"{line[: match.start(1)]},{line[match.start(1) :]}"},
                    (row, match.start(1)),
                    f'a comma is missing before "{match[2]}"',
                )

    def quotations(self, row: int) -> Iterator[Repair]:
        """A text that goes in quotation marks: one in braces or brackets, or the whole value."""
        line = self.lines[row]
        for start, end in (*_flow_values(line), *_value(line)):
            value = line[start:end]
            if QUOTED.fullmatch(value) and "\\" in value:
                column = self.place[1] if self.place[0] == row else start
                single = "'" + value[1:-1].replace("'", "''") + "'"
                yield Repair(
                    {row: line[:start] + single + line[end:]},
                    (row, column),
                    "a backslash in double quotation marks begins a code",
                    "in single ones it is a backslash: {}",
                )
            elif value and not QUOTED.fullmatch(value):
                yield Repair(
                    {row: line[:start] + quoted(value) + line[end:]},
                    *self.why_quoted(value, (row, start)),
                    "in quotation marks: {}",
                )

    def why_quoted(self, value: str, start: Place) -> tuple[Place, str]:
        """The place that shows why a value needs quotation marks, and the reason."""
        row, column = start
        here = self.place if self.place[0] >= row and self.place >= start else start
        if value[0] in "\"'":
            if value.count(value[0]) == 1:
                return start, "the quotation mark that opens here is never closed"
            return here, "the text in quotation marks has ended before this"
        if value[0] in "[{*&!|>%@`":
            return start, f"a text cannot begin with {value[0]}"
        if " #" in value:
            return (
                row,
                column + value.index(" #") + 1,
            ), "from # on the line is a comment, not text"
        return here, "this colon makes a key of the words before it"

    def colon(self, row: int) -> Iterator[Repair]:
        """A key without its colon, with another sign for it, or without the space after it."""
        match = KEY_LINE.match(self.lines[row])
        if not match or not (match["sign"].strip() or not match["rest"] or self.is_key(row)):
            return
        mended = f"{match['before']}{match['key']}: {match['rest']}".rstrip()
        if mended == self.lines[row].rstrip():
            return
        if match["sign"] == ":":
            yield Repair(
                {row: mended}, (row, match.end("sign")), "a space is missing after the colon"
            )
        else:
            yield Repair(
                {row: mended}, (row, match.end("key")), f'a colon is missing after "{match["key"]}"'
            )

    def hyphen(self, row: int) -> Iterator[Repair]:
        """Another sign for the hyphen of a list."""
        match = re.match(r"(\s*)[*•–—]\s+(.*)", self.lines[row])
        if match:
            yield Repair(
                {row: f"{match[1]}- {match[2]}"},
                (row, match.end(1)),
                "an entry of a list begins with a hyphen",
            )

    def beginnings(self, changes: Iterable[IndentChange]) -> Iterator[Repair]:
        """A key or an entry of a list that begins a little too far to the left or right, or with a hyphen too many or too few."""
        for change in changes:
            row, place = change.row, (change.row, self.outline.lines[change.row].indent)
            if change.what == MOVED and (change.better or not self.goes_on(row)):
                yield Repair(
                    {row: change.line},
                    place,
                    "this line does not begin where it should",
                    _spaces_before(change),
                )
            elif change.what == WITHOUT:
                yield Repair(
                    {row: change.line},
                    place,
                    "a hyphen begins an entry of a list, and this is no list",
                )
            elif change.what == APART:
                yield Repair({row: change.line}, place, "a space is missing after the hyphen")
            elif change.what != MOVED and change.better:
                yield Repair({row: change.line}, place, "an entry of a list begins with a hyphen")

    def run_on(self, row: int) -> Iterator[Repair]:
        """A text over several lines: in quotation marks, or indented further than its key."""
        line, below = self.lines[row], range(row + 1, self.place[0] + 1)
        for start, end in _value(line) if 0 < len(below) < FAR else ():
            text = " ".join(
                [line[start:end], *(self.lines[r].strip() for r in below if r < len(self.lines))]
            )
            yield Repair(
                {row: line[:start] + quoted(text), **dict.fromkeys(below, "")},
                *self.why_quoted(text, (row, start)),
                "in quotation marks: {}",
            )
        yield Repair(
            {row: f"  {line}"},
            (row, len(line) - len(line.lstrip())),
            "this is neither a key with its value nor the rest of the text above",
            "a key has a colon and a space after it; a text that goes on is indented further than its key",
        )

    def is_key(self, row: int) -> bool:
        """Whether a line begins with a word that is a key elsewhere in the text."""
        match = KEY_LINE.match(self.lines[row])
        return bool(match) and self.keys[match["key"]] > USED_KEY.findall(self.lines[row]).count(
            match["key"]
        )

    def goes_on(self, row: int) -> bool:
        """Whether a line looks like the rest of a sentence above it, and not like a key that the text has elsewhere too."""
        above = next((line for line in reversed(self.lines[:row]) if line.strip()), "")
        return any(
            " " in above[start:end] and not QUOTED.fullmatch(above[start:end])
            for start, end in _value(above)
        ) and not self.is_key(row)


def _spaces_before(change: IndentChange) -> str:
    indent = len(change.line) - len(change.line.lstrip())
    return f"{indent or 'no'} space{'' if indent == 1 else 's'} before it{change.like}: {{}}"


def _value(line: str) -> Iterator[Span]:
    """Where the value of a line's own key stands, if it has one."""
    match = BEFORE_VALUE.match(line)
    if match:
        yield match.end(), len(line.rstrip())


def _flow_values(line: str) -> Iterator[Span]:
    """Where the values in braces stand in a line, or else those in brackets, as far as can be told while something is wrong in them."""
    keys = list(BEFORE_FLOW_VALUE.finditer(line))
    for key, following in zip(keys, keys[1:], strict=False):
        yield key.end(), following.start()
    if keys:  # after the last value, as many brackets close as are open before it
        start, end = keys[-1].end(), len(line.rstrip())
        for _ in range(sum((c in "[{") - (c in "]}") for c in line[:start])):
            end = len(line[:end].rstrip()) - (line[:end].rstrip()[-1:] in ("]", "}"))
        yield start, len(line[:end].rstrip())
    inner = re.search(r"\[(.*)\]", line)
    if inner and not keys:
        for part in re.finditer(r"[^,\s][^,]*", inner[1]):
            yield inner.start(1) + part.start(), inner.start(1) + part.end()
