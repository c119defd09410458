"""Files that nobody wrote: backups, swap files and what desktops leave in folders. Nothing reads them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.problems import NOTICE, Problem
from explainer.reading.leftovers import is_leftover


def check_leftovers(folders: Iterable[Path]) -> Iterator[Problem]:
    """Yield one notice that lists the leftovers in all folders."""
    found = sorted(
        Path(place, name).relative_to(folder.parent).as_posix()
        for folder in folders
        for place, _, names in os.walk(folder)
        for name in names
        if is_leftover(name)
    )
    if found:
        yield Problem(
            found[0],
            1,
            1,
            NOTICE,
            f"ignored, as no file of the project's: {', '.join(found)}",
            "delete what you do not need",
            "leftover-file",
        )
