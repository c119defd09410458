"""The live preview, when an edit is broken: a page that says what is wrong, wherever the editor's browser is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from markupsafe import escape

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>This edit cannot be shown yet</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:10vh auto;padding:0 1rem;color-scheme:light dark}pre{white-space:pre-wrap;font-size:1rem}</style>
</head>
<body>
<h1>This edit cannot be shown yet</h1>
<pre>%s</pre>
<p>The page comes back by itself once this is mended.</p>
</body>
</html>
"""


def pages_of(site: Path) -> list[Path]:
    """The pages of a built site, by their paths from its root."""
    return [path.relative_to(site) for path in site.rglob("*.html")]


def show_problems(site: Path, problems: str, pages: Iterable[Path]) -> None:
    """Write a page that says what is wrong in the place of each of the last site's `pages`, and where there are none."""
    for page in {Path("index.html"), Path("404.html"), *pages}:
        (site / page).parent.mkdir(parents=True, exist_ok=True)
        (site / page).write_text(PAGE % escape(problems.strip()), "utf-8")
