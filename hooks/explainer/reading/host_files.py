"""Files of the whole host, such as CNAME and robots.txt: `docs/root/`, copied as it is."""

from __future__ import annotations

import os
from pathlib import Path

from explainer.reading.leftovers import is_leftover

FOLDER = "root"


def root_files(docs: Path) -> list[Path]:
    """Return the files of `docs/root`, hidden ones included, relative to that folder."""
    folder = docs / FOLDER
    return sorted(
        Path(place, name).relative_to(folder)
        for place, folders, names in os.walk(folder)
        for name in [*names, *(one for one in folders if Path(place, one).is_symlink())]
        if not is_leftover(name)
    )
