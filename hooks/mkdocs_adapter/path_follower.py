"""Watch whether the paths that a preview watches are themselves replaced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from mkdocs_adapter.patches import request_rebuild

INTERVAL_S = 0.5  # seconds between two looks at the paths


class PathFollower(threading.Thread):
    """Watch whether paths go, come back or are replaced: the server's own watches end with them.

    Args:
        paths: The paths to watch.
        changed: Called with such a path, from this thread.

    Attributes:
        ended: Set it to end the thread.
    """

    def __init__(self, paths: Iterable[str], changed: Callable[[str], None]) -> None:
        super().__init__(daemon=True)
        self.changed = changed
        self.seen = {path: _identity(path) for path in paths}
        self.ended = threading.Event()

    def run(self) -> None:
        """Look at the paths until the thread is to end."""
        while not self.ended.wait(INTERVAL_S):
            for path, before in self.seen.items():
                self.seen[path] = now = _identity(path)
                if now != before:
                    self.changed(path)


def follow(server: LiveReloadServer, paths: Iterable[str]) -> PathFollower:
    """Have a preview build again, and watch again, when one of its watched paths is replaced."""

    def changed(path: str) -> None:
        if Path(path).exists():
            with suppress(KeyError):
                while True:  # the server counts how often a path is watched, and forgets it at none
                    server.unwatch(path)
            with suppress(OSError):  # gone again by now, which the next look sees
                server.watch(path)
        request_rebuild(server)

    follower = PathFollower(paths, changed)
    follower.start()
    return follower


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
