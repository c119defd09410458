"""The assets that all pages share: styles, scripts and the search worker.

All languages use one folder, named by a digest of its bytes: since the name changes with the
content, caches may keep it for ever.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import rcssmin

from explainer.reading.leftovers import is_leftover
from explainer.reading.parser import read_text

# Line ends of these become LF, so that the digest does not depend on a checkout.
TEXT = {".svg", ".txt", ".json", ".xml", ".webmanifest"}


# A line of a script that is a comment and nothing else.
COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)


def publish_assets(site: Path, own: Path, theme: Iterable[str], languages: Iterable[str]) -> str:
    """Write `site/assets/<digest>/` and return `assets/<digest>`.

    Args:
        site: The folder of the new site, or one whose `assets` will be moved there.
        own: The project's assets (`docs/assets`).
        theme: The theme's folders; the search worker is copied from its assets.
        languages: The codes whose stemmers the search needs.
    """
    folder = site / "assets" / "new"
    _copy(own, folder)
    for sheet in folder.rglob("*.css"):
        sheet.write_bytes(rcssmin.cssmin(_text(sheet, folder, own)).encode())
    for script in folder.rglob("*.js"):
        script.write_bytes(COMMENT.sub("", _text(script, folder, own)).encode())
    _copy_search(_theme_scripts(theme), folder, languages)
    return folder.rename(folder.with_name(_digest(folder))).relative_to(site).as_posix()


def _copy(source: Path, target: Path) -> None:
    """Copy a folder's files, with the modes of new ones."""
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if is_leftover(path.name):
            continue
        if path.is_dir():
            _copy(path, target / path.name)
        elif path.suffix.lower() in TEXT:
            (target / path.name).write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
        else:
            shutil.copyfile(path, target / path.name)


def _text(path: Path, folder: Path, own: Path) -> str:
    """Return the text of a file of `folder`; problems name the file of `own` it was copied from."""
    name = f"{own.parent.name}/{own.name}/{path.relative_to(folder).as_posix()}"
    return read_text(path, name, compose=False)


def _theme_scripts(theme: Iterable[str]) -> Path:
    """Return the folder of the theme's scripts, the first that there is."""
    folders = [Path(folder) / "assets" / "javascripts" for folder in theme]
    return next(folder for folder in folders if folder.is_dir())


def _copy_search(theme: Path, folder: Path, languages: Iterable[str]) -> None:
    """Copy the theme's search worker, and the stemmers to where it looks for them."""
    (folder / "workers").mkdir()
    (folder / "lunr" / "min").mkdir(parents=True)
    shutil.copyfile(
        _file_with_digest(theme / "workers", "search.*.min.js"), folder / "workers" / "search.js"
    )
    for name in ("stemmer.support", *languages):
        script = theme / "lunr" / "min" / f"lunr.{name}.min.js"
        if script.is_file():
            shutil.copyfile(script, folder / "lunr" / "min" / script.name)


def _file_with_digest(folder: Path, pattern: str) -> Path:
    """Return the file whose name holds the theme's own digest; FileNotFoundError without one."""
    matches = sorted(folder.glob(pattern))
    if not matches:
        raise FileNotFoundError(f"the theme has no {folder.name}/{pattern}")
    return matches[0]


def _digest(folder: Path) -> str:
    """Return eight characters that change with any name or byte in a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(
                f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content
            )
    return digest.hexdigest()[:8]
