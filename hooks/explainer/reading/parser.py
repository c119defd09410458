"""Read YAML: text in, plain data and the position of every key and value out.

Data is built straight from the C parser's events, without a composer: nothing recurses, nothing is
coerced (every scalar stays the string the editor typed), and depth and size are bounded on the way.
Of YAML 1.1 (https://yaml.org/spec/1.1/) it takes mappings, sequences and scalars; anchors, aliases,
tags and further documents are problems, because content has no use for them and editors trip on them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import yaml

from explainer.problems import ERROR, WARNING, ContentError, Problem
from explainer.reading.characters import find_invisible
from explainer.reading.document import Document, Position, Route
from explainer.reading.repairs import quoted
from explainer.reading.syntax_errors import Loader, describe_unquoted_start, diagnose_syntax_error

MAX_BYTES = 2_000_000


MAX_DEPTH = 24


def read(path: Path, name: str) -> tuple[Document, list[Problem]]:
    """Read one YAML file; `name` is how problems call it. Never raises for what the file holds."""
    try:
        raw = _bytes_of(path, name)
    except ContentError as error:
        return Document(name, broken=True), error.problems
    return parse(raw, name)


def parse(content: str | bytes, name: str) -> tuple[Document, list[Problem]]:
    """Parse YAML that is at hand: a text, or the bytes of a file.

    Args:
        content: The text, with any line ends.
        name: What problems call it.

    Returns:
        The document, and what is wrong with it. Nothing that the content holds raises an error.
    """
    document = Document(name)
    try:
        text = content if isinstance(content, str) else _decoded(content, name)
        return document, list(_build(document, LINE_END.sub("\n", text)))
    except ContentError as error:
        document.broken = True
        return document, error.problems


LINE_END = re.compile(r"\r\n|\r")


def read_text(path: Path, name: str, compose: bool = True) -> str:
    """Read a text: UTF-8 with or without BOM, any line ends, in Unicode form NFC.

    Args:
        path: The file.
        name: What problems call it.
        compose: Whether the text is put into NFC; off, its columns are those of the file.

    Raises:
        ContentError: The file cannot be read.
    """
    text = LINE_END.sub("\n", _decoded(_bytes_of(path, name), name))
    return unicodedata.normalize("NFC", text) if compose else text


def composed(line: str) -> tuple[str, list[int]]:
    """Return a line in Unicode form NFC, and for each of its columns that of the line as given."""
    parts: list[str] = []
    for character in line:
        if parts and not _begins(parts[-1], character):
            parts[-1] += character
        else:
            parts.append(character)
    text, columns, start = [], [], 0
    for part in parts:
        text.append(unicodedata.normalize("NFC", part))
        columns += [start + min(n, len(part) - 1) for n in range(len(text[-1]))]
        start += len(part)
    return "".join(text), [*columns, start]


def _begins(part: str, character: str) -> bool:
    """Return whether a character is unchanged by what stands before it."""
    if unicodedata.combining(character):
        return False
    whole = unicodedata.normalize("NFC", part[:4] + character)
    return whole == unicodedata.normalize("NFC", part[:4]) + unicodedata.normalize("NFC", character)


def _bytes_of(path: Path, name: str) -> bytes:
    """Return what a file holds, or one byte more than is read of any."""
    try:
        if (
            path.exists() and not path.is_file()
        ):  # a folder; or a pipe, which would be waited for without end
            raise ContentError(
                [Problem(name, 1, 1, ERROR, "this is not a file", "put the file in its place")]
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ContentError(
            [Problem(name, 1, 1, ERROR, "the file is not there", "put it back, or mend its name")]
        ) from None
    except OSError as error:
        raise ContentError(
            [Problem(name, 1, 1, ERROR, f"cannot read the file: {error.strerror}")]
        ) from None


def _decoded(raw: bytes, name: str) -> str:
    """Return the text of a file's bytes: UTF-8 with or without BOM."""
    if len(raw) > MAX_BYTES:
        raise ContentError(
            [Problem(name, 1, 1, ERROR, f"the file is larger than {MAX_BYTES:,} bytes", "split it")]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = LINE_END.sub("\n", raw[: error.start].decode("utf-8-sig", "replace"))
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        raise ContentError(
            [
                Problem(
                    name,
                    line,
                    column,
                    ERROR,
                    "the file is not UTF-8",
                    "save it with the encoding UTF-8",
                )
            ]
        ) from None


def _build(document: Document, text: str) -> Iterator[Problem]:
    """Fill `document` from the parser's events; yields what is wrong."""
    lines = text.split("\n")
    # What cannot be seen is reported and then read over, so that it is one problem and not several.
    unseen = {row: columns for row, line in enumerate(lines) if (columns := find_invisible(line))}
    for row, columns in unseen.items():
        character, more = (
            lines[row][columns[0]],
            f"; {len(columns) - 1} more on this line" if len(columns) > 1 else "",
        )
        name = unicodedata.name(character, "a control character").lower()
        yield Problem(
            document.file,
            row + 1,
            columns[0] + 1,
            ERROR,
            f"a character that cannot be seen stands here: U+{ord(character):04X}, {name}{more}",
            "delete it; if it does not show, delete the letters around it and type them again",
        )
        lines[row] = "".join(
            lines[row][start + 1 : end] for start, end in pairwise([-1, *columns, len(lines[row])])
        )
    directive = next((row for row, line in enumerate(lines) if line.startswith("%")), None)
    if directive is not None:  # to the parser a directive, which it compares with all before it
        document.broken = True
        yield Problem(
            document.file, directive + 1, 1, ERROR, *describe_unquoted_start(lines[directive], 0)
        )
        return
    moved: dict[int, list[int]] = {}
    for row, line in enumerate(lines):
        if not unicodedata.is_normalized("NFC", line):
            lines[row], moved[row] = composed(line)
    builder = _Builder(document, lines, unseen, moved)
    try:
        for event in yaml.parse("\n".join(lines), Loader=Loader):
            yield from builder.take(event)
        yield from builder.comments
    except yaml.MarkedYAMLError as error:
        document.broken = True
        place, message, hint = diagnose_syntax_error(lines, error, builder.last)
        yield Problem(document.file, *builder.position(*place), ERROR, message, hint)
    except UnsupportedYaml as refused:
        document.broken = True
        yield refused.problem


class UnsupportedYaml(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """The open collections, innermost last, while events come in."""

    def __init__(
        self,
        document: Document,
        lines: list[str],
        unseen: dict[int, list[int]],
        moved: dict[int, list[int]],
    ) -> None:
        self.document, self.lines, self.unseen, self.moved = document, lines, unseen, moved
        self.last: tuple[int, int] | None = None  # where the last scalar began, from 0
        self.open: list[tuple[dict | list, Route]] = []
        self.key: list[str | None] = []  # the key waiting for its value, one an open collection
        self.documents = 0
        self.comments: list[Problem] = []  # about comments that may have been meant as text

    def take(self, event: yaml.Event) -> Iterator[Problem]:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.refuse(event, "a second document begins here", "remove the line with ---")
            case yaml.DocumentEndEvent(explicit=True):
                self.refuse(event, "the document ends here", "remove the line with ...")
            case yaml.AliasEvent():
                self.refuse(event, *self.begins(event))
            case yaml.ScalarEvent():
                self.last = (event.start_mark.line, event.start_mark.column)
                yield from self.unusual(event)
                yield from self.scalar(event)
                self.comments += self.cut_short(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                yield from self.unusual(event)
                if len(self.open) >= MAX_DEPTH:
                    self.refuse(event, f"nested more than {MAX_DEPTH} levels deep")
                if self.waiting_for_key():
                    self.refuse(
                        event,
                        "a key must be plain words",
                        "a text that begins with a bracket or a question mark goes in quotation marks",
                    )
                new: dict | list = {} if isinstance(event, yaml.MappingStartEvent) else []
                route = self.place(new, event)
                self.open.append((new, route))
                self.key.append(None)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.open.pop()
                self.key.pop()

    def waiting_for_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][0], dict) and self.key[-1] is None

    def scalar(self, event: yaml.ScalarEvent) -> Iterator[Problem]:
        if not self.waiting_for_key():
            plain_null = not event.style and event.value in ("", "~")
            self.place(None if plain_null else event.value, event)
            return
        mapping, route = self.open[-1]
        key, here = event.value, (*route, event.value)
        if key in mapping:
            line, column = self.document.keys[here]
            yield Problem(
                self.document.file,
                *self.at(event),
                ERROR,
                f'the key "{key}" is here twice',
                f"first on line {line}, column {column}: keep one of the two",
            )
        self.document.keys[here] = self.at(event)
        self.key[-1] = key

    def place(self, value: object, event: yaml.Event) -> Route:
        """Put a value where the open collection wants it; returns its route."""
        if not self.open:
            self.document.data, route = value, ()
        else:
            collection, parent = self.open[-1]
            if isinstance(collection, list):
                route = (*parent, len(collection))
                collection.append(value)
            else:
                route = (*parent, self.key[-1])
                collection[self.key[-1]] = value
                self.key[-1] = None
        self.document.values[route] = self.at(event)
        return route

    def unusual(self, event: yaml.NodeEvent) -> Iterator[Problem]:
        if event.anchor or event.tag:
            yield Problem(self.document.file, *self.at(event), ERROR, *self.begins(event))

    def begins(self, event: yaml.NodeEvent) -> tuple[str, str]:
        """What is wrong with an anchor, alias or tag: content has no use for them, they are texts not quoted."""
        return describe_unquoted_start(self.lines[event.start_mark.line], event.start_mark.column)

    def cut_short(self, event: yaml.ScalarEvent) -> Iterator[Problem]:
        """Words after ` #` are a comment, and an editor may not have meant that: dates and ids apart, it is named."""
        row, end = event.end_mark.line, event.end_mark.column
        line = self.lines[row] if row < len(self.lines) else ""  # at the end of the text
        comment = re.match(r"\s+(#\S*)", line[end:])
        if comment and not event.style and (" " in event.value or len(comment[1]) > 1):
            start = (
                event.start_mark.column
                if event.start_mark.line == row
                else len(line) - len(line.lstrip())
            )
            yield Problem(
                self.document.file,
                *self.position(row, end + comment.start(1)),
                WARNING,
                "from # on the line is a comment, not text",
                f"if it is text, in quotation marks: {quoted(line[start:].rstrip())}; if it is a comment, on a line of its own",
            )

    def refuse(self, event: yaml.Event, message: str, hint: str = "") -> None:
        raise UnsupportedYaml(Problem(self.document.file, *self.at(event), ERROR, message, hint))

    def at(self, event: yaml.Event) -> Position:
        return self.position(event.start_mark.line, event.start_mark.column)

    def position(self, row: int, column: int) -> Position:
        """A place as editors count, from 1, and with the characters that were read over."""
        if row in self.moved:
            columns = self.moved[row]
            column = columns[min(column, len(columns) - 1)]
        if row in self.unseen:
            before = [
                unseen - n for n, unseen in enumerate(self.unseen[row])
            ]  # as the parser counts
            column += bisect_right(before, column)
        return row + 1, column + 1
