"""Small changes to YAML files, by line and column.

Everything else in the file, comments and order included, stays byte for byte.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from explainer.reading.document import Position
from explainer.reading.parser import parse


class EditError(Exception):
    """The change cannot be made; the message says why."""


def insert_key(path: Path, before: Position, key: str, value: str) -> None:
    """Insert a key with a plain value before the key at `before`; EditError if there is no room."""
    end = _line_end(path.read_bytes().decode("utf-8"))
    for separator in (
        end + " " * (before[1] - 1),
        ", ",
    ):  # a line of its own; or, inside {…}, the same line
        text = _spliced(path, before, before, f"{key}: {value}{separator}")
        if _parses(text):
            return _write(path, text)
    raise EditError(
        f"{path.name}:{before[0]}: there is no room for {key} here: "
        "put the keys on lines of their own"
    )


def replace_value(path: Path, at: Position, old: str, new: str) -> None:
    """Replace the plain, single-line value at a position; EditError if it is not `old`."""
    text = _spliced(path, at, (at[0], at[1] + len(old)), new, old)
    _write(path, text)


def append(path: Path, record: str) -> int:
    """Append one or more records to a file, after an empty line.

    Returns:
        The line on which the first one begins.

    Raises:
        EditError: The file has no room for a record.
    """
    text = path.read_bytes().decode("utf-8") if path.exists() else ""
    text = re.sub(
        r"^\{\s*\}\s*\Z", "", text, flags=re.MULTILINE
    )  # how a file says that it holds none
    end = _line_end(text)
    if text.strip():
        text = text.rstrip("\r\n") + 2 * end
    text, line = text + record.replace("\n", end), len(re.findall(r"\r\n|\n|\r", text)) + 1
    if not _parses(text):
        raise EditError(
            f"{path.name}: there is no room for a record at its end: "
            "write the records on lines of their own"
        )
    _write(path, text)
    return line


def _line_end(text: str) -> str:
    """Return the line end that a text uses first."""
    match = re.search(r"\r\n|\n|\r", text)
    return match[0] if match else "\n"


def _spliced(path: Path, start: Position, end: Position, new: str, old: str = "") -> str:
    text = path.read_bytes().decode("utf-8")
    lines = re.findall(r".*?(?:\r\n|\n|\r|$)", text)  # as the reader has them
    place = (
        sum(map(len, lines[: start[0] - 1]))
        + start[1]
        - 1
        + text.startswith("\ufeff") * (start[0] == 1)
    )
    length = end[1] - start[1]
    if text[place : place + length] != old:
        raise EditError(
            f"{path.name}:{start[0]}:{start[1]}: {old} does not stand here as it is: "
            "take its quotation marks away"
        )
    return text[:place] + new + text[place + length :]


def _parses(text: str) -> bool:
    """Return whether a text is YAML that the parser takes without a problem."""
    return not parse(text.encode("utf-8"), "edited.yml")[1]


def _write(path: Path, text: str) -> None:
    """Replace the content of a file in one step, so that it is never half-written."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode("utf-8"))
    if path.exists():
        os.chmod(beside, path.stat().st_mode)
    os.replace(beside, path)
