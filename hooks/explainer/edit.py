"""Small changes to YAML files, by line and column: all else in the file, comments and order included, stays byte for byte."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .read import Mark, read


class EditError(Exception):
    """A change that cannot be made, in an editor's words."""


def insert_key(path: Path, before: Mark, key: str, value: str) -> None:
    """Give a mapping a key with a plain value, written before another key, which stands at `before`."""
    for separator in ("\n" + " " * (before[1] - 1), ", "):  # a line of its own; or, inside {…}, the same line
        text = _spliced(path, before, before, f"{key}: {value}{separator}")
        if _parses(text):
            return _write(path, text)
    raise EditError(f"{path.name}:{before[0]}: there is no room for {key} here: put the keys on lines of their own")


def replace_value(path: Path, at: Mark, old: str, new: str) -> None:
    """Replace a plain value of one line that stands at a mark."""
    text = _spliced(path, at, (at[0], at[1] + len(old)), new, old)
    _write(path, text)


def append(path: Path, record: str) -> int:
    """Append a record (or several) to a file, after an empty line; returns the line on which it begins."""
    text = path.read_bytes().decode("utf-8") if path.exists() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    if text and not text.endswith("\n\n"):
        text += "\n"
    _write(path, text + record)
    return text.count("\n") + 1


def _spliced(path: Path, start: Mark, end: Mark, new: str, old: str = "") -> str:
    text = path.read_bytes().decode("utf-8")
    lines = text.split("\n")
    place = sum(len(line) + 1 for line in lines[: start[0] - 1]) + start[1] - 1 + text.startswith("\ufeff") * (start[0] == 1)
    length = end[1] - start[1]
    if text[place : place + length] != old:
        raise EditError(f"{path.name}:{start[0]}:{start[1]}: {old} does not stand here as it is: take its quotation marks away")
    return text[:place] + new + text[place + length :]


def _parses(text: str) -> bool:
    """Whether the text is content that the reader takes without a problem."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "edited.yml")
        path.write_bytes(text.encode("utf-8"))
        return not read(path, path.name)[1]


def _write(path: Path, text: str) -> None:
    """Replace a file's content in one step, so that none is half-written."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode("utf-8"))
    if path.exists():
        os.chmod(beside, path.stat().st_mode)
    os.replace(beside, path)
