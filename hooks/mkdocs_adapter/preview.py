"""Files that nobody wrote: backups, swap files and what desktops leave in folders. Nothing reads them."""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from markupsafe import escape

from explainer.checks.mkdocs_settings import check_settings
from explainer.problems import ContentError, blocking
from explainer.reading.leftovers import is_leftover


def ignore_leftovers(server, paths: Iterable[str]) -> None:
    """Keep a preview from building anew for leftovers; `paths` are those it already watches."""
    schedule = server.observer.schedule

    def schedule_filtered(handler, path, **options):
        on_any_event = handler.on_any_event
        handler.on_any_event = lambda event: None if _is_noise(event) else on_any_event(event)
        return schedule(handler, path, **options)

    server.observer.schedule = schedule_filtered
    for path in paths:
        server.unwatch(path)
        server.watch(path)


def _is_noise(event) -> bool:
    paths = filter(None, (event.src_path, getattr(event, "dest_path", "")))
    return all(is_leftover(Path(os.fsdecode(path)).name) for path in paths)


log = logging.getLogger("mkdocs.hooks.explainer")


LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d+)?", re.IGNORECASE)


INTERVAL = 0.5  # seconds between two looks at the watched paths


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


def builder_that_shows(
    build: Callable[[], None], settings: Path, site: Path, pages: Callable[[], Iterable[Path]]
) -> Callable[[], None]:
    """Return a builder that shows what keeps `build` from building, on the pages of the last site.

    MkDocs itself prints a traceback then, and its server no longer answers. `settings` is mkdocs.yml,
    which is checked before MkDocs reads it; `pages` gives the pages of the last site.
    """

    def builder() -> None:
        with _errors_logged() as logged:
            try:
                problems = check_settings(settings)
                if blocking(problems, strict=False):
                    raise ContentError(problems)
                build()
            except (
                Exception
            ) as error:  # whatever it is, MkDocs' Abort included: the preview goes on
                message = "\n".join(logged) or str(error) or type(error).__name__
                if not logged:
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
    """Collect the errors that MkDocs logs meanwhile: what it raises in the end does not repeat them."""
    messages: list[str] = []
    handler = _Collector(messages)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)


class Follower(threading.Thread):
    """Watch whether watched paths themselves are still there: the server's own watches end with them.

    Where a path goes, comes back or is replaced, `changed(path)` is called, from this thread.
    """

    def __init__(self, paths: Iterable[str], changed: Callable[[str], None]) -> None:
        super().__init__(daemon=True)
        self.changed = changed
        self.seen = {path: _identity(path) for path in paths}
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(INTERVAL):
            for path, before in self.seen.items():
                self.seen[path] = now = _identity(path)
                if now != before:
                    self.changed(path)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def follow(server: Any, paths: Iterable[str]) -> Follower:
    """Have MkDocs' live reload server rebuild, and watch again, when one of its watched paths goes or comes back."""

    def changed(path: str) -> None:
        if Path(path).exists():
            with suppress(KeyError):
                while True:  # it counts how often a path is watched, and forgets it at none
                    server.unwatch(path)
            with suppress(OSError):  # gone again by now, which the next look sees
                server.watch(path)
        with server._rebuild_cond:  # there is no public way to ask for a build
            server._want_rebuild = True
            server._rebuild_cond.notify_all()

    follower = Follower(paths, changed)
    follower.start()
    return follower


def asking_again(app: WSGIApplication) -> WSGIApplication:
    """Return a WSGI application whose pages for what is not there ask again: MkDocs has only those that are there reload."""

    def patient(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def respond(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            again = [("Refresh", "2")] if status.startswith("404") else []
            return start_response(status, [*headers, *again], *more)

        return app(environ, respond)

    return patient


def answering_only(app: WSGIApplication, address: str) -> WSGIApplication:
    """Return a WSGI application that answers requests for this machine alone, by their `Host` header.

    A page elsewhere whose name is made to lead here (DNS rebinding) could read drafts otherwise. `address` is
    what `--dev-addr` names; one that stands for every address of the machine admits addresses, but no names.
    """

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_own_host(environ.get("HTTP_HOST", ""), address):
            return app(environ, start_response)
        body = b"This preview answers to localhost, 127.0.0.1, [::1] and what --dev-addr names.\n"
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        start_response("403 Forbidden", headers)
        return [body]

    return guarded


def is_own_host(header: str, address: str) -> bool:
    """Whether a `Host` header names this machine as the preview at `address` is asked for."""
    match = HOST.fullmatch(header)
    if match is None:
        return False
    host, named = match[1].lower(), address.lower()
    if host in LOOPBACK or host.strip("[]") == named.strip("[]"):
        return True
    try:
        everywhere = ipaddress.ip_address(named.strip("[]")).is_unspecified
        return everywhere and bool(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return False
