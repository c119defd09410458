"""The picture shown where a page is shared: the question and the date checked, one a language.

It is drawn with Pillow in Source Serif Pro, which comes as a package: the same input gives the same
bytes.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from explainer.rendering.edition import Edition

FONT = "font_source_serif_pro"


SIZE = (1200, 630)  # pixels


MARGIN = 80


PAPER, INK, SOFT, ACCENT = "#fffdf9", "#1d1b18", "#5a554d", "#7a1f2b"


def share_image(edition: Edition) -> Image.Image:
    """Return the share image of one language."""
    settings, language = edition.story.settings, edition.language
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 18), fill=ACCENT)
    draw.text((MARGIN, 64), settings.title[language], font=_font("Semibold", 34), fill=ACCENT)
    font, lines = _fit(draw, settings.question[language], SIZE[0] - 2 * MARGIN, 360)
    draw.multiline_text(
        (MARGIN, 130), "\n".join(lines), font=font, fill=INK, spacing=font.size * 0.18
    )
    draw.text(
        (MARGIN, SIZE[1] - 92),
        edition.t("checked-on", date=edition.date(settings.checked)),
        font=_font("Regular", 30),
        fill=SOFT,
    )
    return image


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    # The package is not imported: its files are all that is needed of it.
    package = find_spec(FONT)
    if not package or not package.submodule_search_locations:
        raise FileNotFoundError(f"the package {FONT} is not installed")
    folder = Path(package.submodule_search_locations[0])
    return ImageFont.truetype(
        folder / "files" / f"SourceSerifPro-{weight}.ttf",
        size,
        layout_engine=ImageFont.Layout.BASIC,
    )


def _fit(
    draw: ImageDraw.ImageDraw, text: str, width: int, height: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the font of the largest size at which a text fits into a box, and its lines."""
    for size in range(76, 24, -4):
        font = _font("Bold", size)
        lines = _wrap(draw, text, font, width)
        if len(lines) * size * 1.38 <= height:
            break
    return font, lines


def _wrap(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int
) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
