"""All or nothing: build beside the published folder, then take its place in one step.

On Linux the two folders are exchanged by renameat2(2) with RENAME_EXCHANGE, so that the published
path never lacks a site. Elsewhere two renames do it, and the path is absent for the instant between
them.

A staging folder is locked for as long as its build lives. One whose lock is free was left by a
build that was killed: the next build restores a site caught between the two renames, and removes
the rest.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from explainer.publishing.signals import ending

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two builds at once apart there
    fcntl = None  # type: ignore[assignment]


AT_FDCWD = -100
RENAME_EXCHANGE = 2


LOCK_TIMEOUT_S = 30  # seconds for which another build may be putting its site in place


# Every site has these at its root, and hardly any other folder does.
SITE = {"index.html", "facts.json"}


class Staging:
    """A private folder beside the published one, on the same file system.

    The folder is removed by `discard()`, with this object, or when the process ends, unless that is
    killed outright.

    Attributes:
        published: The published folder.
        folder: The staging folder.
        site: The folder in it that becomes the new site.
        left: What could not be removed, a message each.
    """

    def __init__(self, published: Path) -> None:
        self.published = _resolve_link(published)
        self.published.parent.mkdir(parents=True, exist_ok=True)
        with publish_lock(self.published):
            self.left = _recover(self.published)
            with ending.held():
                self.folder = Path(
                    tempfile.mkdtemp(prefix=_prefix(self.published), dir=self.published.parent)
                )
                try:
                    self._lock = _lock(self.folder / "lock")
                except OSError:
                    _remove(self.folder)
                    raise
                self._end = weakref.finalize(
                    self, remove_staging, self.folder, self.published, self._lock
                )
        self.site = self.folder / "site"
        self.site.mkdir()

    def publish(self) -> None:
        """Put `site` in the place of the published folder, which moves here to be discarded.

        A signal that asks the process to end is answered before the new site takes its place, and
        ignored afterwards.

        Raises:
            OSError: The published folder is no site to replace, or the system refuses. The old
                site is in its place, or will be once this folder is discarded.
        """
        with publish_lock(self.published):
            _check_replaceable(self.published)
            if self.published.exists():
                self._copy_mode_and_hidden_files()
            with ending.held():
                ending.check()
                self._take_place()
                ending.ignore()

    def _take_place(self) -> None:
        if self.published.exists():
            if _exchange(self.site, self.published):
                return
            self.published.rename(self.folder / "old")
        self.site.rename(self.published)

    def discard(self) -> None:
        """Remove the staging folder; `left` then says what could not be removed."""
        with ending.held():
            if self._end.detach():
                self.left += remove_staging(self.folder, self.published, self._lock)

    def _copy_mode_and_hidden_files(self) -> None:
        """Copy what MkDocs leaves alone in a published folder: its mode and hidden files.

        A hidden file that the new site has too is not overwritten.
        """

        def visible(folder: str, names: list[str]) -> list[str]:
            return (
                [
                    name
                    for name in names
                    if not name.startswith(".") or os.path.lexists(self.site / name)
                ]
                if Path(folder) == self.published
                else []
            )

        shutil.copytree(
            self.published, self.site, symlinks=True, ignore=visible, dirs_exist_ok=True
        )


def describe_os_error(error: OSError, otherwise: str = "the site cannot be written") -> str:
    """Return what the system refused, and where: `/srv/site: Read-only file system`."""
    if isinstance(error, shutil.Error):  # of many files: the first says enough
        source, _, reason = error.args[0][0]
        return f"{source}: {reason}"
    path = error.filename2 or error.filename or otherwise
    return f"{path}: {error.strerror or error}"


def _resolve_link(published: Path) -> Path:
    """Return where a path leads: of a symbolic link, the folder that it names is replaced."""
    return Path(os.path.realpath(published))


def _check_replaceable(published: Path) -> None:
    """Raise OSError where a site cannot replace a folder, or must not, as it holds no site."""
    problem = None
    if published.is_dir():
        names = {name for name in os.listdir(published) if not name.startswith(".")}
        if os.path.ismount(published):
            problem = (
                errno.EBUSY,
                "another file system is mounted here, and cannot be exchanged: "
                "name a folder inside it (--site-dir)",
            )
        elif names and not names >= SITE:
            problem = (
                errno.ENOTEMPTY,
                "holds files, but no site: empty it, or name another folder (--site-dir)",
            )
    elif os.path.lexists(published):
        problem = errno.ENOTDIR, "is no folder: move it away, or name another one (--site-dir)"
    if problem:
        raise OSError(*problem, str(published))


def _prefix(published: Path) -> str:
    return f".{published.name}.build-"


def _recover(published: Path) -> list[str]:
    """Restore or remove what killed builds left; return a message for each that stays."""
    messages = []
    for path in sorted(published.parent.iterdir()):
        if path.name.startswith(_prefix(published)) and path.is_dir() and not path.is_symlink():
            try:
                messages += remove_staging(path, published, _lock(path / "lock"))
            except (BlockingIOError, FileNotFoundError):
                pass  # it still runs, or has just ended
            except PermissionError as error:  # it is another user's
                messages.append(_not_removed(path, error))
    return messages


def remove_staging(folder: Path, published: Path, lock: IO[str]) -> list[str]:
    """Remove a staging folder.

    A site caught between two renames is put in its place first. Signals wait until all is done.

    Args:
        folder: The staging folder.
        published: The folder that it was to replace.
        lock: Its lock, which the caller holds; it is released.

    Returns:
        A message for each folder that could not be removed.
    """
    old, new = folder / "old", folder / "site"
    with ending.held():
        interrupted_swap = old.is_dir() and new.is_dir()
        for site in (new, old) if interrupted_swap else ():
            if not os.path.lexists(published):
                with suppress(OSError):
                    site.rename(published)
        if interrupted_swap and not os.path.lexists(published):
            lock.close()
            return [f"the site could not be put back: it is in {new}; the next build tries again"]
        with suppress(OSError):
            new.chmod(0o700)  # it may have taken over a mode that forbids removal
        error = _remove(folder)
        lock.close()
    return [_not_removed(folder, error)] if error else []


def _not_removed(folder: Path, error: OSError) -> str:
    return f"{folder} could not be removed ({describe_os_error(error)}); the next build tries again"


def _remove(folder: Path) -> OSError | None:
    """Remove a folder as far as possible; return the first error.

    One folder is open at a time: `shutil.rmtree` keeps all parents open, and fails where a
    process may open few files.
    """
    errors: list[OSError] = []
    for parent, folders, files in os.walk(folder, topdown=False, onerror=errors.append):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        for path in [*(os.path.join(parent, name) for name in files + links), parent]:
            try:
                (os.rmdir if path == parent else os.unlink)(path)
            except OSError as error:
                errors.append(error)
    # Gone already, or not empty because of another error in the list.
    harmless = (errno.ENOENT, errno.ENOTEMPTY)
    return next((error for error in errors if error.errno not in harmless), None)


@contextmanager
def publish_lock(published: Path) -> Iterator[None]:
    """Keep other builds of a published folder waiting.

    The lock is on its parent folder, so that no lock file stays behind.
    """
    if not fcntl:
        yield
        return
    parent = os.open(published.parent, os.O_RDONLY)
    try:
        _wait_for(parent, published.parent)
        yield
    finally:
        os.close(parent)


def _wait_for(folder: int, name: Path) -> None:
    """Lock an open folder, as soon as other builds release it.

    Raises:
        OSError: Another program keeps it for more than `LOCK_TIMEOUT_S` seconds.
    """
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            return fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise OSError(
                    errno.EWOULDBLOCK,
                    f"another program has locked this folder for more than {LOCK_TIMEOUT_S} "
                    "seconds",
                    str(name),
                ) from None
            time.sleep(0.05)
        except OSError:
            # Few network file systems cannot lock folders: two builds at once are not safe there.
            return None


def _lock(file: Path) -> IO[str]:
    """Lock a file until it is closed; BlockingIOError where another process has locked it."""
    lock = file.open("a")
    if fcntl:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _exchange(new: Path, old: Path) -> bool:
    """Exchange two folders atomically; False where the system or the file system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if renameat2(AT_FDCWD, os.fsencode(new), AT_FDCWD, os.fsencode(old), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(old))
