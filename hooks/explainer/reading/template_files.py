"""Checks of pages: what their prose tells, once each, and that page and template belong together."""

from __future__ import annotations

from pathlib import Path

from explainer.reading.host_files import FOLDER


def templates_in(docs: Path) -> dict[str, Path]:
    """The templates of pages below a folder, by their path in it; hidden ones, such as an editor's locks, are none."""
    found = {path.relative_to(docs): path for path in sorted(docs.rglob("*.md"))}
    return {
        name.as_posix(): path
        for name, path in found.items()
        if name.parts[0] != FOLDER and not any(part.startswith(".") for part in name.parts)
    }
