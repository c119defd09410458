"""Check the files of the whole host, such as CNAME and robots.txt, in `docs/root/`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.problems import ERROR, Problem
from explainer.reading.host_files import FOLDER, root_files

# What the build writes at the root, beside a folder for each language.
MADE = ("index.html", "404.html", "facts.json", "facts.schema.json", "sitemap.xml", "assets")


MAX_BYTES = 10_000_000


def check_root_files(docs: Path, languages: Iterable[str]) -> Iterator[Problem]:
    """Yield the files that cannot be copied to the root of the site.

    Args:
        docs: The folder of page templates, which contains the folder of these files.
        languages: The languages of the story, each a folder of the site.
    """
    made = {name.casefold(): name for name in (*MADE, *languages)}
    first_of_name: dict[str, Path] = {}
    for file in root_files(docs):
        built = made.get(file.parts[0].casefold())
        first = first_of_name.setdefault(file.as_posix().casefold(), file)
        if built:
            message = f"the build makes {built} itself, at the root of the site"
            yield _problem(docs, file, message, "give this file another name", "root-file-taken")
        elif first != file:
            message = f"{first.as_posix()} has the same name but for upper and lower case"
            hint = "give one another name: some hosts cannot keep both"
            yield _problem(docs, file, message, hint, "root-file-taken")
        elif refusal := _refusal(docs / FOLDER, file):
            yield _problem(docs, file, *refusal, "root-file-refused")


def _refusal(folder: Path, file: Path) -> tuple[str, str] | None:
    """Return why a file is not published and what to do, or None if it is published."""
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
