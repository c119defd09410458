"""A line that does not begin where it should is the one that is named, and its hint says where it did begin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explainer.reading.indentation import Outline
from explainer.reading.parser import read
from support.fuzz import at_most
from support.project import PROJECT, RICH_STORY, SECOND_STORY

SHIFTS = (-2, -1, 1, 2, 3)
BEGINS = re.compile(r"""( *)(?:- |["\w][\w"-]*:(?: |$))""")


def shifted(content: Path, step: int):
    """Every so many lines of some content, begun otherwise: its file's lines then, its row, and how many spaces it had."""
    for path in sorted(content.rglob("*.yml")):
        lines = path.read_text("utf-8").split("\n")
        rows = [row for row, line in enumerate(lines) if BEGINS.match(line)]
        for number, row in enumerate(rows[::step]):
            indent = len(BEGINS.match(lines[row])[1])
            shift = max(-indent, SHIFTS[number % len(SHIFTS)]) or 1
            yield (
                [*lines[:row], " " * (indent + shift) + lines[row].lstrip(), *lines[row + 1 :]],
                row,
                indent,
            )


@pytest.mark.parametrize(
    "content, step, share",
    [(RICH_STORY / "content", 31, 0.98), (SECOND_STORY / "content", 3, 0.95)],
)
def test_obeying_the_hint_puts_a_shifted_line_back(tmp_path, report_line, content, step, share):
    held, missed = 0, []
    for lines, row, indent in shifted(content, step):
        path = tmp_path / "shifted.yml"
        path.write_text("\n".join(lines), "utf-8")
        document, problems = read(path, path.name)
        if document.broken:
            hint = re.match(r"(no|\d+) spaces? before it", problems[-1].hint)
            back = (problems[-1].line, hint and hint[1]) == (row + 1, str(indent or "no"))
            held += back
            missed += [] if back else [f"{row + 1}: {problems[-1]}"]
    report_line(
        f"indentation, {content.relative_to(PROJECT)}: {held} of {held + len(missed)} shifted lines are put back by their hint"
    )
    assert held + len(missed) > 80
    assert held / (held + len(missed)) >= share, "\n".join(missed)


def test_an_outline_says_what_stands_under_what():
    lines = [
        "a:",
        "  text:",
        "    fr: Un",
        "  cites:",
        "  - source: b",
        "    paragraph: 1",
        "  - source: c",
        "  # d: e",
        "f:",
    ]
    assert [
        (item.row, item.column, item.under) for item in Outline(lines).outline(range(len(lines)))
    ] == [
        (0, 0, -1),
        (1, 2, 0),
        (2, 4, 1),
        (3, 2, 0),
        (4, 2, 3),
        (4, 4, 4),
        (5, 4, 4),
        (6, 2, 3),
        (6, 4, 6),
        (8, 0, -1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" " * n + f"k{n}:" for n in range(300)) + "\n x: y: z",
        "- " * 20_000 + "a: b: c",
        "a:\n" * 20_000 + "  b:\n c: d",
        "a:\n" + "  b: c\n" * 8000 + "   d: e\n",
    ],
)
def test_thousands_of_lines_are_analysed_in_seconds(tmp_path, text):
    path = tmp_path / "many.yml"
    path.write_text(text, "utf-8")
    with at_most(10):
        assert read(path, path.name)[1]
