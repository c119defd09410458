"""Files that nobody wrote: backups, swap files and what desktops leave in folders. Nothing reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .problem import NOTICE, Problem

LEFTOVER = re.compile(
    r".*~|#.*#|\.#.*|4913|.*\.(?:bak|orig|rej|sw[a-p]|tmp)|\.?_?\.DS_Store|\._.*|Thumbs\.db"
    r"|ehthumbs\.db|desktop\.ini|.*\.kate-swp|___jb_(?:tmp|old)___.*|.*___jb_(?:tmp|old)___",
    re.IGNORECASE | re.DOTALL,
)


def is_leftover(name: str) -> bool:
    """Return whether an editor, a version control tool or a desktop left a file of this name."""
    return LEFTOVER.fullmatch(name) is not None


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


def ignore_leftovers(server, paths: Iterable[str]) -> None:
    """Keep a preview from building anew for leftovers; `paths` are those it already watches."""
    schedule = server.observer.schedule

    def schedule_filtered(handler, path, **options):
        on_any_event = handler.on_any_event
        handler.on_any_event = lambda event: None if _is_noise(event) else on_any_event(event)
        return schedule(handler, path, **options)

    server.observer.schedule = schedule_filtered
    for path in paths:
        server.unwatch(path)
        server.watch(path)


def _is_noise(event) -> bool:
    paths = filter(None, (event.src_path, getattr(event, "dest_path", "")))
    return all(is_leftover(Path(os.fsdecode(path)).name) for path in paths)
