"""What a preview shows while it cannot build the site, instead of the traceback of MkDocs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from markupsafe import escape

from explainer.checks.mkdocs_settings import check_settings
from explainer.problems import ContentError, blocking

log = logging.getLogger("mkdocs.hooks.explainer")

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>This edit cannot be shown yet</title>
<style>
body{font:1rem/1.5 system-ui,sans-serif;color-scheme:light dark}
body{max-width:60rem;margin:10vh auto;padding:0 1rem}
pre{white-space:pre-wrap;font-size:1rem}
</style>
</head>
<body>
<h1>This edit cannot be shown yet</h1>
<pre>%s</pre>
<p>The page comes back by itself once this is mended.</p>
</body>
</html>
"""


def pages_of(site: Path) -> list[Path]:
    """Return the pages of a built site, by their paths from its root."""
    return [path.relative_to(site) for path in site.rglob("*.html")]


def show_problems(site: Path, problems: str, pages: Iterable[Path]) -> None:
    """Write a page that says what is wrong.

    Args:
        site: The folder of the site.
        problems: What is wrong, as text.
        pages: The pages of the last site, each of which is replaced.
    """
    for page in {Path("index.html"), Path("404.html"), *pages}:
        (site / page).parent.mkdir(parents=True, exist_ok=True)
        (site / page).write_text(PAGE % escape(problems.strip()), "utf-8")


def builder_that_shows(
    build: Callable[[], object], settings: Path, site: Path, pages: Callable[[], Iterable[Path]]
) -> Callable[[], None]:
    """Return a builder that shows what keeps `build` from building.

    MkDocs itself prints a traceback then, and its server no longer answers.

    Args:
        build: Builds the site.
        settings: The path of mkdocs.yml, which is checked before MkDocs reads it.
        site: The folder of the site.
        pages: Returns the pages of the last site.
    """

    def builder() -> None:
        with _errors_logged() as messages:
            try:
                problems = check_settings(settings)
                if blocking(problems, strict=False):
                    raise ContentError(problems)
                build()
            except Exception as error:  # whatever it is: the preview goes on
                message = "\n".join(messages) or str(error) or type(error).__name__
                if not messages:
                    log.error(f"\n{message}")
                show_problems(site, message, pages())

    return builder


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage().strip())


@contextmanager
def _errors_logged() -> Iterator[list[str]]:
    """Collect the errors that MkDocs logs, which the exception at the end does not repeat."""
    messages: list[str] = []
    handler = _Collector(messages)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


def refreshing_missing_pages(app: WSGIApplication) -> WSGIApplication:
    """Return a WSGI application whose missing pages are requested again every two seconds.

    MkDocs reloads only pages that exist.
    """

    def patient(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def respond(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            refresh = [("Refresh", "2")] if status.startswith("404") else []
            return start_response(status, [*headers, *refresh], *more)

        return app(environ, respond)

    return patient
