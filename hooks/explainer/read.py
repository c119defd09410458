"""Read YAML: text in, plain data and the position of every key and value out.

Data is built straight from the C parser's events, without a composer: nothing recurses, nothing is
coerced (every scalar stays the string the editor typed), and depth and size are bounded on the way.
Of YAML 1.1 (https://yaml.org/spec/1.1/) it takes mappings, sequences and scalars; anchors, aliases,
tags and further documents are problems, because content has no use for them and editors trip on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .problem import ERROR, Problem

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: slower, else the same
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_BYTES = 2_000_000
MAX_DEPTH = 24

Step = str | int
Route = tuple[Step, ...]
Mark = tuple[int, int]  # line and column, both from 1


@dataclass
class Document:
    """One file's data with positions: `keys` and `values` map a route such as ("some-id", "name") to a mark."""

    file: str
    data: object = None
    keys: dict[Route, Mark] = field(default_factory=dict)
    values: dict[Route, Mark] = field(default_factory=dict)
    broken: bool = False  # reading stopped at a problem: what came after is not here

    def mark(self, route: Route, key: bool = False) -> Mark:
        """Where a value (or its key) stands; where it is absent, its nearest ancestor's key."""
        if not key and route in self.values:
            return self.values[route]
        while route and route not in self.keys:
            route = route[:-1]
        return self.keys.get(route) or self.values.get(route) or (1, 1)

    def problem(self, message: str, route: Route = (), hint: str = "", level: str = ERROR, key: bool = False) -> Problem:
        """A problem at a value of this file, or at its key."""
        return Problem(self.file, *self.mark(route, key), level, message, hint)


def read(path: Path, name: str) -> tuple[Document, list[Problem]]:
    """Read one YAML file; `name` is how problems call it. Never raises for what the file holds."""
    document = Document(name)
    try:
        raw = path.read_bytes()
    except OSError as error:
        return document, [Problem(name, 1, 1, ERROR, f"cannot read the file: {error.strerror}")]
    if len(raw) > MAX_BYTES:
        return document, [Problem(name, 1, 1, ERROR, f"the file is larger than {MAX_BYTES:,} bytes", "split it")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        return document, [Problem(name, line, column, ERROR, "the file is not UTF-8", "save it with the encoding UTF-8")]
    return document, list(_build(document, text))


def _build(document: Document, text: str) -> Iterator[Problem]:
    """Fill `document` from the parser's events; yields what is wrong."""
    builder = _Builder(document)
    try:
        for event in yaml.parse(text, Loader=Loader):
            yield from builder.take(event)
    except yaml.YAMLError as error:
        document.broken = True
        yield _syntax_problem(document.file, text, error)
    except _Refused as refused:
        document.broken = True
        yield refused.problem


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """The open collections, innermost last, while events come in."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[tuple[dict | list, Route]] = []
        self.key: list[str | None] = []  # the key waiting for its value, one an open collection
        self.documents = 0

    def take(self, event: yaml.Event) -> Iterator[Problem]:
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self.refuse(event, "a second document begins here", "remove the line with ---")
            case yaml.AliasEvent():
                self.refuse(event, f"aliases (*{event.anchor}) are not used here", "write the text out, or put it in quotes")
            case yaml.ScalarEvent():
                yield from self.unusual(event)
                yield from self.scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                yield from self.unusual(event)
                if len(self.open) >= MAX_DEPTH:
                    self.refuse(event, f"nested more than {MAX_DEPTH} levels deep")
                if self.waiting_for_key():
                    self.refuse(event, "a key must be plain words", "put text that begins with a bracket in quotes")
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
            line, _ = self.document.keys[here]
            yield Problem(self.document.file, *_mark(event), ERROR, f'the key "{key}" is here twice', f"first on line {line}: keep one")
        self.document.keys[here] = _mark(event)
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
        self.document.values[route] = _mark(event)
        return route

    def unusual(self, event: yaml.NodeEvent) -> Iterator[Problem]:
        if event.anchor:
            yield Problem(self.document.file, *_mark(event), ERROR, f"anchors (&{event.anchor}) are not used here", "put text that begins with & in quotes")
        if event.tag and event.tag != "!":
            yield Problem(self.document.file, *_mark(event), ERROR, f"tags ({event.tag}) are not used here", "put text that begins with ! in quotes")

    def refuse(self, event: yaml.Event, message: str, hint: str = "") -> None:
        raise _Refused(Problem(self.document.file, *_mark(event), ERROR, message, hint))


def _mark(event: yaml.Event) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


HINTS = (
    ("mapping values are not allowed", 'text that holds ": " goes in quotes: "…"'),
    ("found unexpected end of stream", "a quotation mark opened here is never closed"),
    ("while scanning a quoted scalar", "a quotation mark opened here is never closed"),
    ("did not find expected key", "check the indentation, and quotation marks inside quoted text"),
    ("could not find expected ':'", "a key is followed by a colon and a space"),
    ("cannot start any token", "text that begins with this character goes in quotes"),
    ("did not find expected alphabetic", "text that begins with *, & or ! goes in quotes"),
    ("control characters are not allowed", "remove the invisible character"),
    ("found unknown escape character", 'in "double quotes" a backslash begins an escape: use single quotes, or \\\\'),
)


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """The parser's complaint in plain words, at the place it concerns (an unclosed quote: where it opened)."""
    complaint = re.sub(r"\s+", " ", str(error))
    hint = next((hint for words, hint in HINTS if words in complaint), "")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened and "quoted scalar" in complaint:
        mark = opened
    if mark is None:  # a reader error: it knows the character's place in the text alone
        position = min(getattr(error, "position", 0) or 0, len(text))
        line, column = text.count("\n", 0, position) + 1, position - (text.rfind("\n", 0, position) + 1) + 1
        return Problem(file, line, column, ERROR, "this character is not allowed in YAML", "remove the invisible character")
    if text[mark.index : mark.index + 1] == "\t":
        hint = "indent with spaces, not tabs"
    return Problem(file, mark.line + 1, mark.column + 1, ERROR, f"not valid YAML: {error.problem}", hint)
