"""The story's own pictures: their files in `docs/assets/pictures`, and their size as readers see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import ExifTags, Image

from .problem import WARNING, Problem, nearest
from .story import Story

FOLDER = "assets/pictures"  # in the folder of templates
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
TURNED = {5, 6, 7, 8}  # EXIF orientations that browsers show with width and height exchanged


def size_of(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture in pixels, read from its header alone. Raises OSError if it is none."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            width, height = image.size
            turned = image.getexif().get(ExifTags.Base.Orientation) in TURNED
    except OSError:
        raise
    except Exception as error:  # a broken header raises whatever the format's reader raises
        raise OSError(str(error)) from error
    return (height, width) if turned else (width, height)


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
                hint=nearest(picture.file_, files) or "put it there",
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
