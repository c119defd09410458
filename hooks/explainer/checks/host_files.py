"""Files of the whole host, such as CNAME and robots.txt: `docs/root/`, copied as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.problems import ERROR, Problem
from explainer.reading.host_files import FOLDER, root_files

MADE = ("index.html", "404.html", "facts.json", "facts.schema.json", "sitemap.xml", "assets")


MAX_BYTES = 10_000_000


def check_root_files(docs: Path, languages: Iterable[str]) -> Iterator[Problem]:
    """Yield what cannot be copied to the site's root, by the names that the build itself takes."""
    made = {name.casefold(): name for name in (*MADE, *languages)}
    seen: dict[str, Path] = {}
    for file in root_files(docs):
        own = made.get(file.parts[0].casefold())
        other = seen.setdefault(file.as_posix().casefold(), file)
        if own:
            message = f"the build makes {own} itself, at the root of the site"
            yield _problem(docs, file, message, "give this file another name", "root-file-taken")
        elif other != file:
            message = f"{other.as_posix()} has the same name, but for capitals"
            yield _problem(docs, file, message, "some hosts hold only one", "root-file-taken")
        elif wrong := _refused(docs / FOLDER, file):
            yield _problem(docs, file, *wrong, "root-file-refused")


def _refused(folder: Path, file: Path) -> tuple[str, str] | None:
    path = folder / file
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        return f"this is a link that leads out of {FOLDER}/", "put the file itself in its place"
    if not path.is_file():
        return "this is not a file", "put the file in its place"
    if path.stat().st_size > MAX_BYTES:
        return f"the file is larger than {MAX_BYTES:,} bytes", "keep it on another host"
    if file.parts[0] == ".git":
        return "a repository is not published", "move it away"
    return None


def _problem(docs: Path, file: Path, message: str, hint: str, code: str) -> Problem:
    name = f"{docs.name}/{FOLDER}/{file.as_posix()}"
    return Problem(name, 1, 1, ERROR, message, hint, code)
