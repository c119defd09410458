"""Where YAML does not parse: what an editor most likely meant, in plain words.

The parser names a rule of YAML, not the slip. So the slips that editors make are mended here, one after another, in the
lines around the place; the first mend with which the parser gets past it is the diagnosis, and the line so mended is
the hint. What a hint shows has thus been parsed.
"""

from __future__ import annotations

import re
from itertools import islice

import yaml

from explainer.reading.repairs import Place, Repair, RepairFinder, quoted

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: slower, else the same
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")


NOT_OPENED = re.compile("block (?:mapping|collection|sequence)|plain scalar|next token")


AHEAD = 20  # the lines after the place that a mend is tried with


MOST_READ, MOST_TRIED = 50_000, 100  # characters, and mends: no editor's slip needs more


def diagnose_syntax_error(
    lines: list[str], error: yaml.MarkedYAMLError, last: Place | None
) -> tuple[Place, str, str]:
    """Where a text goes wrong, how, and what to do: place (counted from 0), message, hint.

    `last` is where the last scalar began that the parser could read: a text may run on unseen from there.
    """
    conflict = [row for row, line in enumerate(lines) if CONFLICT.match(line)]
    if conflict:
        rows = ", ".join(str(row + 1) for row in conflict)
        return (
            (conflict[0], 0),
            "two versions of this file were merged, and nobody has chosen between them",
            f"keep one of the two, and remove the lines {rows}",
        )
    place, context = (error.problem_mark.line, error.problem_mark.column), error.context or ""
    opened = (
        (error.context_mark.line, error.context_mark.column)
        if context and not NOT_OPENED.search(context)
        else place
    )
    # What a quotation mark left open swallows may be the whole file: it is enough to get past the next line.
    goal = opened[0] + 1 if "quoted scalar" in context else place[0]
    rows = [
        row
        for row in dict.fromkeys((opened[0], (last or place)[0], place[0], max(0, place[0] - 1)))
        if row < len(lines)
    ]
    window = range(_record(lines, {}, min(rows)), min(len(lines), goal + AHEAD))
    if sum(len(lines[row]) for row in window) <= MOST_READ:
        mends = list(islice(RepairFinder(lines, rows, place, opened, window.stop), MOST_TRIED))
        for whole in (True, False):  # best is a mend with which all that follows can be read too
            for mend in mends:
                if _reads_on(lines, window, mend, len(lines) if whole else goal):
                    return (
                        mend.place,
                        mend.message,
                        mend.hint.replace("{}", mend.changed[min(mend.changed)].strip()),
                    )
    return (
        place,
        "this does not fit what stands before it",
        "look at the quotation marks, colons, brackets and indentation here and in the lines above",
    )


def describe_unquoted_start(line: str, column: int) -> tuple[str, str]:
    """Message and hint for a text that begins with a character which means something to YAML, and which the parser accepted."""
    return (
        f"a text cannot begin with {line[column]}",
        f"in quotation marks: {line[:column].lstrip()}{quoted(line[column:].rstrip())}",
    )


def _record(lines: list[str], changed: dict[int, str], row: int) -> int:
    """The line on which the record begins that a line belongs to."""
    while row > 0 and re.match(r"[\s#\]}]|$", changed.get(row, lines[row])):
        row -= 1
    return row


def _reads_on(lines: list[str], window: range, mend: Repair, goal: int) -> bool:
    """Whether the parser, reading a window of the lines as mended, gets past the line `goal`, or to the window's end."""
    start = _record(lines, mend.changed, min(window.start, *mend.changed))
    try:
        for _ in yaml.parse(
            "\n".join(mend.changed.get(row, lines[row]) for row in range(start, window.stop)),
            Loader=Loader,
        ):
            pass
    except yaml.MarkedYAMLError as error:
        return start + error.problem_mark.line > goal
    return True
