"""Problems: errors, warnings and notices about content, each at a place in a file."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ERROR, WARNING, NOTICE = "error", "warning", "notice"


MAX_MESSAGE_CHARS = 500  # characters of a message or a hint


MAX_SUGGESTION_WORDS = 500  # words among which one like a word typed is looked for


MAX_SUGGESTIONS = 25  # how often a check looks for what was meant: it costs a look at everything, and thousands of slips have one cause


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong with the content; `line` and `column` count from 1, in characters."""

    file: str
    line: int
    column: int
    level: str
    message: str
    hint: str = ""
    code: str = ""
    languages: tuple[str, ...] = ()  # which a missing translation lacks

    def __str__(self) -> str:
        """`file:line:column: level: message`, the hint indented below; a line each, whatever the content holds."""
        text = f"{_single_line(self.file)}:{self.line}:{self.column}: {self.level}: {_single_line(self.message)}"
        return f"{text}\n    {_single_line(self.hint)}" if self.hint else text

    def annotation(self, root: Path) -> str:
        """The problem as a command by which a GitHub workflow sets an annotation; `root` is where `file` is looked for.

        Its message is the whole text: the workflow's log shows nothing else.
        https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
        """
        file, title = (
            _escape_command(_single_line((root / self.file).as_posix()), ":,"),
            _escape_command(_single_line(self.message), ":,"),
        )
        return f"::{self.level} file={file},line={self.line},col={self.column},title={title}::{_escape_command(str(self))}"


def _single_line(text: str) -> str:
    """Text fit for a line of a terminal: what is too long is cut, and what cannot be seen is named, as `‹U+202E›`."""
    if text.isprintable() and len(text) <= MAX_MESSAGE_CHARS:
        return text
    line = "".join(
        c if c.isprintable() or unicodedata.category(c) == "Zs" else f"‹U+{ord(c):04X}›"
        for c in text[: MAX_MESSAGE_CHARS + 1]
    )
    return line if len(line) <= MAX_MESSAGE_CHARS else f"{line[:MAX_MESSAGE_CHARS]}…"


def _escape_command(text: str, more: str = "") -> str:
    """A text without the characters that end a workflow command or, if they are in `more`, one of its properties."""
    return "".join(
        f"%{ord(character):02X}" if character in "%\r\n" + more else character for character in text
    )


class ContentError(Exception):
    """The content cannot be built; carries every problem found, not the first alone."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join([*map(str, self.problems), summarize(self.problems)]))


def blocking(problems: Iterable[Problem], strict: bool) -> list[Problem]:
    """The problems that stop a build: errors, and under `strict` warnings too; notices never."""
    levels = {ERROR, WARNING} if strict else {ERROR}
    return [problem for problem in problems if problem.level in levels]


def summarize(problems: Iterable[Problem]) -> str:
    """A closing line such as `2 errors, 1 warning`, or `no problems`."""
    levels = [problem.level for problem in problems]
    parts = [(levels.count(level), level) for level in (ERROR, WARNING, NOTICE)]
    return (
        ", ".join(f"{n} {level}{'s' if n > 1 else ''}" for n, level in parts if n) or "no problems"
    )


def closest_match(word: str, words: Iterable[str]) -> str | None:
    """The known word most like the one typed, whatever its capitals, if any is like it."""
    known = {one.casefold(): one for one in sorted(set(words))}
    if len(known) > MAX_SUGGESTION_WORDS:
        known = dict(
            islice(
                (
                    (folded, one)
                    for folded, one in known.items()
                    if folded[:1] == word[:1].casefold()
                ),
                MAX_SUGGESTION_WORDS,
            )
        )
    return next(
        (known[one] for one in difflib.get_close_matches(word.casefold(), known, n=1, cutoff=0.6)),
        None,
    )


def suggest(word: str, words: Iterable[str]) -> str:
    """A hint that names the known word most like the one typed, else the known ones if they are few."""
    known = sorted(set(words))
    close = closest_match(word, known)
    if close:
        return f'did you mean "{close}"?'
    return f"known: {', '.join(known)}" if 0 < len(known) <= 20 else ""


def with_hint(message: str, hint: str) -> str:
    """A message and its hint, if there is one, on one line."""
    return f"{message}; {hint}" if hint else message


def suggest_key(key: str, keys: Iterable[str]) -> str:
    """A hint for a key that is not known: `fr:Texte` lacks a space, `Fr` and `ft` are like one that is."""
    start, colon, rest = key.partition(":")
    return (
        f"a space is missing after the colon: {start}: {rest.strip()}"
        if colon and start in keys
        else suggest(key, keys)
    )


def intended_ids(ids: Iterable[str], known: Iterable[str]) -> set[str | None]:
    """What the ids that are not known were most likely meant to be: a slip is reported where it stands, and nowhere else."""
    return {closest_match(id, known) for id in sorted(set(ids).difference(known))[:MAX_SUGGESTIONS]}


def with_article(kind: str) -> str:
    """`a fact`, `an entity`."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
