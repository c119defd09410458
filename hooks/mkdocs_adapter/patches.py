"""What this project changes in MkDocs, its live reload, Python and the environment.

Each function says why, and in which version that was seen. `tests/site/test_patches.py` fails once
the reason is gone; then the function goes too.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import click
import jinja2
import mkdocs
from mkdocs.livereload import LiveReloadServer
from mkdocs.theme import Theme
from watchdog.events import FileSystemEvent

from explainer.publishing.signals import ending
from explainer.reading.leftovers import is_leftover
from mkdocs_adapter.other_hooks import hook_problem

MKDOCS = os.path.join(os.path.dirname(mkdocs.__file__), "")


def tune_garbage_collector() -> None:
    """Look for reference cycles seldom, and never among what is imported.

    A build creates many objects and drops few; CPython's thresholds (3.11: 700, 10, 10) make it
    walk over them again and again, for about a tenth of the build's time.
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)


def end_on_signals(continues: bool) -> None:
    """End in an orderly way when a signal asks for it, so that the staging folder is removed.

    Neither Python nor MkDocs 1.6.1 handles SIGTERM and SIGHUP: the process would just end.

    Args:
        continues: Whether MkDocs goes on after a build, and handles Ctrl-C itself.
    """
    ending.listen(KeyboardInterrupt if continues else SystemExit)


def continues_after_build() -> bool:
    """Return whether MkDocs goes on after a build, as for `serve` and `gh-deploy`.

    MkDocs 1.6.1 calls itself a build in `on_startup` of `mkdocs serve --clean`: the name of the
    command that Click runs tells.
    """
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name != "build"


def set_source_date(seconds: str) -> None:
    """Have MkDocs write the content's date into gzip headers, so that equal content is equal bytes.

    MkDocs 1.6.1 writes today's date unless SOURCE_DATE_EPOCH is set. A value in the environment
    stands for a program's today; it is replaced, as nothing here depends on today.

    Args:
        seconds: Seconds since 1970.
    """
    os.environ["SOURCE_DATE_EPOCH"] = seconds


def skip_theme_files(theme: Theme) -> None:
    """Keep MkDocs from listing and copying the files of the theme.

    MkDocs 1.6.1 asks the Jinja environment for all templates and copies what is no template into
    each site. Material 9.8.1 has more than ten thousand icons among them; the assets of this site
    lie in a folder of their own. There is no setting, and no event before.
    """
    get_env = theme.get_env

    def without_files() -> jinja2.Environment:
        env = get_env()
        env.list_templates = lambda **_: []  # type: ignore[method-assign]
        return env

    theme.get_env = without_files  # type: ignore[method-assign]


def ignore_leftovers(server: LiveReloadServer, paths: Iterable[str]) -> None:
    """Keep a preview from building again for backups and swap files of editors.

    MkDocs 1.6.1 builds again for every file in a watched folder, and has no setting for it.

    Args:
        server: The server of the preview.
        paths: The paths that it watches already.
    """
    schedule = server.observer.schedule

    def schedule_filtered(handler: Any, path: str, **options: Any) -> Any:
        on_any_event = handler.on_any_event
        handler.on_any_event = lambda event: None if _is_noise(event) else on_any_event(event)
        return schedule(handler, path, **options)

    server.observer.schedule = schedule_filtered  # type: ignore[method-assign, assignment]
    for path in paths:
        server.unwatch(path)
        server.watch(path)


def _is_noise(event: FileSystemEvent) -> bool:
    changed = filter(None, (event.src_path, getattr(event, "dest_path", "")))
    return all(is_leftover(Path(os.fsdecode(path)).name) for path in changed)


def request_rebuild(server: LiveReloadServer) -> None:
    """Have the server of a preview build again.

    MkDocs 1.6.1 has no public method for it: only the callback of a watched file asks for a build.
    """
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def report_hook_errors() -> None:
    """Report another hook that fails on import or in `on_startup` without a traceback.

    MkDocs 1.6.1 lets both errors end the process, and no event comes before them. Hooks are
    imported in the order of mkdocs.yml: of one before ours, Python still prints the traceback.
    """
    report_others = sys.excepthook

    def report(
        kind: type[BaseException], error: BaseException, frames: TracebackType | None
    ) -> None:
        words = _hook_error(error, traceback.extract_tb(frames))
        if words:
            print(words, file=sys.stderr)
        else:
            report_others(kind, error, frames)

    sys.excepthook = report


def _hook_error(error: BaseException, frames: traceback.StackSummary) -> str:
    """Return the words for an error of another hook; empty for any other error."""
    calls = [number for number, frame in enumerate(frames) if frame.filename.startswith(MKDOCS)]
    caller = frames[calls[-1]].name if calls else ""
    when = {"_load_hook": "on import", "run_event": "in on_startup"}.get(caller)
    if not when or not isinstance(error, Exception):
        return ""
    own = [frame for frame in frames[calls[-1] + 1 :] if not frame.filename.startswith("<")]
    if isinstance(error, SyntaxError) and error.filename:
        file, line = error.filename, error.lineno
    elif own:
        file = own[0].filename
        line = [frame.lineno for frame in own if frame.filename == file][-1]
    else:
        return ""
    if Path(file).parent == Path(__file__).parent:
        return ""  # this package's own fault: whoever mends it needs the traceback
    return f"\n{hook_problem(os.path.relpath(file), line or 1, when, error)}"
