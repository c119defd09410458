"""Check the pictures of the story and their files in `docs/assets/pictures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from explainer.problems import WARNING, Problem, suggest
from explainer.schema.records import Picture
from explainer.story.pictures import FOLDER, FORMATS, size_of
from explainer.story.story import Story


def check_pictures(story: Story, docs: Path) -> Iterator[Problem]:
    """Check that each picture has a file that browsers can show, and each file a picture.

    Args:
        story: The story with its pictures.
        docs: The folder of page templates, which contains the folder of pictures.
    """
    folder = docs / FOLDER
    files = [path.name for path in sorted(folder.iterdir())] if folder.is_dir() else []
    for picture in story.pictures.values():
        yield from _check_file(picture, folder / picture.file_, f"{docs.name}/{FOLDER}", files)
    used = {picture.file_ for picture in story.pictures.values()}
    for name in files:
        if name not in used and not name.startswith("."):
            yield Problem(
                f"{docs.name}/{FOLDER}/{name}",
                1,
                1,
                WARNING,
                "no picture of pictures.yml has this file",
                f".venv/bin/explainer new picture some-id --set file={name}, or remove the file",
                "unused-picture",
            )


def _check_file(
    picture: Picture, path: Path, folder_name: str, files: Iterable[str]
) -> Iterator[Problem]:
    """Check the file of a picture; if it is missing, suggest one of those that are there."""
    name = f"{folder_name}/{picture.file_}"
    if not path.is_file():
        yield picture.problem(
            f"the picture's file {name} is not there",
            "file",
            hint=suggest(picture.file_, files) or "put it there",
            code="missing-picture",
        )
        return
    try:
        size_of(path)
    except OSError:
        yield picture.problem(
            f"{name} cannot be read as a picture",
            "file",
            hint=f"save it as one of {', '.join(FORMATS)}",
            code="unreadable-picture",
        )
