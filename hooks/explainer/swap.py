"""All or nothing: build beside the published folder, then take its place in one step.

On Linux the two folders are exchanged by renameat2(2) with RENAME_EXCHANGE, so that the published path
never lacks a site. Elsewhere two renames do it, and the path is absent for the instant between them.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2


class Staging:
    """A private folder beside the published one, on the same file system: `site` in it becomes the new site."""

    def __init__(self, published: Path) -> None:
        self.published = published
        published.parent.mkdir(parents=True, exist_ok=True)
        recover(published)
        self.folder = Path(tempfile.mkdtemp(prefix=_prefix(published), dir=published.parent))
        self._lock = _lock(self.folder)
        self.site = self.folder / "site"
        self.site.mkdir()

    def publish(self) -> None:
        """Put `site` in the place of the published folder; the old one is left here, to be discarded."""
        if self.published.exists():
            # mkdtemp made a private folder; the site keeps the mode that it had.
            shutil.copymode(self.published, self.site)
            if not _exchange(self.site, self.published):
                old = self.folder / "old"
                self.published.rename(old)
                self.site.rename(self.published)
        else:
            self.site.rename(self.published)

    def discard(self) -> None:
        """Remove the staging folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)


def recover(published: Path) -> None:
    """Mend what killed builds left beside a published folder: put back a site caught between two renames, drop the rest."""
    for left in sorted(published.parent.glob(f"{_prefix(published)}*")):
        if not left.is_dir() or _in_use(left):
            continue
        if not published.exists() and (left / "old").is_dir():
            new = left / "site"
            (new if new.is_dir() else left / "old").rename(published)
        shutil.rmtree(left, ignore_errors=True)


def _prefix(published: Path) -> str:
    return f".{published.name}.build-"


def _lock(folder: Path) -> int:
    """Hold a lock on a staging folder for as long as this process lives; returns its file descriptor."""
    descriptor = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor


def _in_use(folder: Path) -> bool:
    """Whether a build that still runs holds the lock of a staging folder."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        descriptor = os.open(folder / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except OSError:
        return True
    finally:
        os.close(descriptor)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two paths atomically; False where the system or the file system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))
