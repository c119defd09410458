"""Take the picture of a page that README shows: `make picture`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from support.browser import served, started_browser
from support.project import PROJECT

PICTURE = PROJECT / ".github" / "page.png"
WIDTH, HEIGHT = 1100, 820  # CSS pixels


def main(site: Path, page: str) -> None:
    """Open a page of a built site in a browser, and write its first screen to `.github/page.png`.

    Args:
        site: The folder of the built site.
        page: The page's address below the site's root, such as `en/`.
    """
    with started_browser() as browser, served(site) as address:
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        view.goto(address + page)
        screen = view.screenshot(animations="disabled")
    # A palette of 64 colours is enough for text, and a quarter of the bytes.
    Image.open(io.BytesIO(screen)).convert("P", palette=Image.ADAPTIVE, colors=64).save(
        PICTURE, optimize=True
    )
    print(f"{PICTURE.relative_to(PROJECT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
