"""Print what pyproject.toml asks for, at its `oldest` or its `newest`: `python tests/support/dependency_bounds.py oldest`."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def needs(*groups: str) -> dict[str, str]:
    """The range of each package that the site needs, and the groups of `optional-dependencies` named: `pyyaml`: `>=6.0.1,<7`."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    listed = project["dependencies"] + [
        need for group in groups for need in project["optional-dependencies"][group]
    ]
    return {
        re.match("[a-z0-9-]+", need)[0]: need.removeprefix(re.match("[a-z0-9-]+", need)[0])
        for need in listed
    }


def oldest(versions: str) -> str:
    """The lowest version of a range, and nothing else."""
    return re.sub(r"^>=([^,]+).*", r"==\1", versions)


if __name__ == "__main__":
    for name, versions in needs("test").items():
        print(name + (oldest(versions) if sys.argv[1] == "oldest" else versions))
