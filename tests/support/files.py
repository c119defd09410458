"""What is in a folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from support.project import Project


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file below a folder, with a digest of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_overs(project: Project) -> list[str]:
    return [path.name for path in project.root.iterdir() if ".build-" in path.name]
