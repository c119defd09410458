"""The story's own pictures: their files in `docs/assets/pictures`, and their size as readers see it."""

from __future__ import annotations

from pathlib import Path

from PIL import ExifTags, Image

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
