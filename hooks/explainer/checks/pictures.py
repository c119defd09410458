"""The story's own pictures: their files in `docs/assets/pictures`, and their size as readers see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from explainer.problems import WARNING, Problem, suggest
from explainer.story.pictures import FOLDER, FORMATS, size_of
from explainer.story.story import Story


def check_pictures(story: Story, docs: Path) -> Iterator[Problem]:
    """Each picture has its file, which browsers can show; each file has its record."""
    folder = docs / FOLDER
    files = [path.name for path in sorted(folder.iterdir())] if folder.is_dir() else []
    for picture in story.pictures.values():
        place = f"{docs.name}/{FOLDER}/{picture.file_}"
        if not (folder / picture.file_).is_file():
            yield picture.problem(
                f"the picture's file {place} is not there",
                "file",
                hint=suggest(picture.file_, files) or "put it there",
                code="missing-picture",
            )
            continue
        try:
            size_of(folder / picture.file_)
        except OSError:
            yield picture.problem(
                f"{place} cannot be read as a picture",
                "file",
                hint=f"save it as one of {', '.join(FORMATS)}",
                code="unreadable-picture",
            )
    named = {picture.file_ for picture in story.pictures.values()}
    for name in files:
        if name not in named and not name.startswith("."):
            yield Problem(
                f"{docs.name}/{FOLDER}/{name}",
                1,
                1,
                WARNING,
                "no picture of pictures.yml has this file",
                f".venv/bin/explainer new picture some-id --set file={name}, or remove the file",
                "unused-picture",
            )
