"""Report files that nothing reads: backups, swap files, and what desktops leave in folders."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.problems import NOTICE, Problem
from explainer.reading.leftovers import is_leftover


def check_leftovers(folders: Iterable[Path]) -> Iterator[Problem]:
    """Yield one notice that lists the leftovers in all folders, if there are any."""
    leftovers = sorted(
        Path(folder, name).relative_to(root.parent).as_posix()
        for root in folders
        for folder, _, names in os.walk(root)
        for name in names
        if is_leftover(name)
    )
    if leftovers:
        yield Problem(
            leftovers[0],
            1,
            1,
            NOTICE,
            f"backups and system files are ignored: {', '.join(leftovers)}",
            "delete what you do not need",
            "leftover-file",
        )
