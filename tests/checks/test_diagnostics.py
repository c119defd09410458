"""Mistakes that editors make: each is named at its very place, in plain words, with a hint that says how to mend it.

`tests/mistakes/` holds them as annotated edits of the second, invented story:

    === an id mistyped
    --- content/facts/tramway.yml
    -   about: [ostrevange]
    +   about: [ostrevang]
    !           ^ error: unknown entity "ostrevang"
    !             did you mean "ostrevange"?
        status: confirmed

Lines begin as in a diff; `^` stands under the very character, in the line above it, and the hint below the message.
All problems of the whole story are compared: what is not annotated must not be found. Places are found by the text
around them, so that no case depends on a line's number, except where a message names one.
`⟨U+200B⟩` is a character that cannot be seen. `--- file in latin-1` says how the file is saved, `--- file removed` that
it is not there, `--- file emptied` that nothing is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from explainer.checks.run import load_checked
from explainer.problems import ContentError, Problem
from support.project import SECOND_STORY, Project

GONE = ("removed", "emptied")


@dataclass
class Hunk:
    """A stretch of one file, its lines as in the corpus; `saved` is an encoding, "removed", "emptied" or nothing."""

    file: str
    saved: str
    lines: list[str] = field(default_factory=list)

    def text(self, signs: str) -> str:
        """The lines that begin with one of some signs, as they are in the file."""
        return "".join(f"{real(line[2:])}\n" for line in self.lines if line[0] in signs)

    def edit(self, text: str) -> str:
        """A file's text with this edit made."""
        before, after = self.text(" -"), self.text(" +")
        if not before:
            return "" if self.saved in GONE else after
        above = once(text, before)
        lines = text.split("\n")
        return "\n".join(
            [*lines[:above], *after.split("\n")[:-1], *lines[above + before.count("\n") :]]
        )

    def problems(self, text: str) -> Iterator[Problem]:
        """What is to be found in this stretch of the edited file."""
        row, above = once(text, self.text(" +")), ""
        for number, line in enumerate(self.lines):
            if line[0] in " +":
                row, above = row + 1, line[2:]
            elif problem := re.match(r"! ( *)\^ (\w+): (.*)", line):
                hint = re.match(r"! +([^ ^].*)", "".join(self.lines[number + 1 : number + 2]))
                yield Problem(
                    self.file,
                    max(row, 1),
                    len(real(above[: len(problem[1])])) + 1,
                    problem[2],
                    problem[3],
                    hint[1] if hint else "",
                )


def real(line: str) -> str:
    """A line of the corpus as it is in the file, with the characters that cannot be seen."""
    return re.sub(r"⟨U\+([0-9A-F]{4})⟩", lambda match: chr(int(match[1], 16)), line)


def once(text: str, lines: str) -> int:
    """How many lines come before some lines in a text that must hold them once."""
    assert not lines or f"\n{text}".count(f"\n{lines}") == 1, f"not there once:\n{lines}"
    return f"\n{text}".partition(f"\n{lines}")[0].count("\n") if lines else 0


def cases() -> Iterator[tuple[str, list[Hunk]]]:
    """Every mistake of the corpus: its name, and the edits that make it."""
    for path in sorted((Path(__file__).parent / "diagnostics").glob("*.txt")):
        for case in path.read_text("utf-8").split("=== ")[1:]:
            name, *lines = filter(None, case.split("\n"))
            hunks: list[Hunk] = []
            for line in lines:
                if line.startswith("--- "):
                    file, _, saved = line[4:].partition(" ")
                    hunks.append(Hunk(file, saved.removeprefix("in ")))
                else:
                    hunks[-1].lines.append(line)
            yield f"{path.stem}: {name}", hunks


CASES = dict(cases())


def edit(root: Path, hunks: list[Hunk]) -> list[Problem]:
    """Make the edits; returns the problems that are to be found then, in order."""
    texts: dict[str, str] = {}
    for hunk in hunks:
        path = root / hunk.file
        texts[hunk.file] = hunk.edit(
            texts.get(hunk.file) or (path.read_text("utf-8") if path.exists() else "")
        )
        if hunk.saved == "removed":
            path.unlink()
        else:
            path.write_bytes(
                texts[hunk.file].encode("utf-8" if hunk.saved in ("", *GONE) else hunk.saved)
            )
    return sorted(problem for hunk in hunks for problem in hunk.problems(texts[hunk.file]))


def found(root: Path) -> list[Problem]:
    try:
        return load_checked(root / "content", root / "docs")[2]
    except ContentError as error:
        return error.problems


@pytest.mark.parametrize("mistake", CASES)
def test_a_mistake_is_named_at_its_place_with_a_hint(second_story: Project, monkeypatch, mistake):
    monkeypatch.setenv("EXPLAINER_SOURCES", str(SECOND_STORY / "sources"))
    expected = edit(second_story.root, CASES[mistake])
    assert "\n".join(map(str, found(second_story.root))) == "\n".join(map(str, expected))
    assert all(problem.hint for problem in expected)


def test_the_corpus_holds_at_least_eighty_mistakes():
    assert (
        sum(
            any(line.startswith("!") for hunk in hunks for line in hunk.lines)
            for hunks in CASES.values()
        )
        >= 80
    )
