"""What is patched in MkDocs and Python: what each patch does, and that it is still needed.

A test named `…_without_the_patch` fails once the library behaves as wanted: then the function of
`mkdocs_adapter/patches.py` can go.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from mkdocs.commands.serve import serve
from mkdocs.livereload import LiveReloadServer
from mkdocs.theme import Theme
from mkdocs.utils import get_build_datetime
from watchdog.events import FileModifiedEvent, FileSystemEventHandler

from mkdocs_adapter import patches
from support.project import Project, environment

# Prints how often Python looks for cycles while a story is read.
COUNT_COLLECTIONS = """
import gc
from pathlib import Path
from explainer.checks.run import load_checked
from mkdocs_adapter.patches import tune_garbage_collector
if {tuned}:
    tune_garbage_collector()
ends = []
gc.callbacks.append(lambda phase, _: ends.append(phase) if phase == "stop" else None)
load_checked(Path("content"), Path("docs"))
print(len(ends))
"""

# Prints how SIGTERM is handled once MkDocs is imported, and, if patched, at a build's start.
SIGTERM_HANDLER = """
import signal
import mkdocs.__main__
from mkdocs_adapter.patches import end_on_signals
if {patched}:
    end_on_signals(continues=False)
print(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)
"""


def run(code: str, folder: Path) -> str:
    """Run code with the project's modules in a process of its own; return what it prints."""
    command = [sys.executable, "-c", code]
    result = subprocess.run(
        command, cwd=folder, env=environment(), text=True, capture_output=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    """A server of MkDocs' preview that serves nothing yet."""
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    yield server
    server.server_close()


@pytest.fixture
def theme() -> Theme:
    return Theme(name="material")


def test_garbage_collector_runs_often_without_the_patch(second_story: Project) -> None:
    plain = int(run(COUNT_COLLECTIONS.format(tuned=False), second_story.root))
    tuned = int(run(COUNT_COLLECTIONS.format(tuned=True), second_story.root))
    assert plain >= 20 and tuned <= plain / 10


def test_sigterm_just_kills_without_the_patch(tmp_path: Path) -> None:
    assert run(SIGTERM_HANDLER.format(patched=False), tmp_path) == "True"


def test_sigterm_is_handled(tmp_path: Path) -> None:
    assert run(SIGTERM_HANDLER.format(patched=True), tmp_path) == "False"


def test_sigterm_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    code = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    code += SIGTERM_HANDLER.format(patched=True).replace("SIG_DFL", "SIG_IGN")
    assert run(code, tmp_path) == "True"


def test_clean_preview_calls_itself_a_build_without_the_patch(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commands = []

    def on_startup(command: str, dirty: bool) -> None:
        commands.append(command)
        raise KeyboardInterrupt

    config = SimpleNamespace(watch=[], plugins=SimpleNamespace(on_startup=on_startup))
    monkeypatch.setattr("mkdocs.commands.serve.load_config", lambda **_: config)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        serve(build_type="clean")
    assert commands == ["build"]


@pytest.mark.parametrize(
    "name, continues", [("build", False), ("serve", True), ("gh-deploy", True)]
)
def test_command_of_click_tells_what_follows_a_build(name: str, continues: bool) -> None:
    with click.Context(click.Command(name), info_name=name):
        assert patches.continues_after_build() == continues


def test_build_outside_of_a_command_ends_with_the_build() -> None:
    assert not patches.continues_after_build()


def test_mkdocs_writes_todays_date_without_the_patch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC)
    assert before <= get_build_datetime() <= datetime.now(UTC)


@pytest.mark.parametrize("given", ["315532800", "yesterday"])
def test_date_of_the_content_replaces_a_given_one(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    patches.set_source_date("86400")
    assert get_build_datetime() == datetime(1970, 1, 2, tzinfo=UTC)


def test_theme_lists_thousands_of_files_without_the_patch(theme: Theme) -> None:
    assert len(theme.get_env().list_templates()) > 1_000


def test_no_file_of_the_theme_is_listed_but_templates_are_found(theme: Theme) -> None:
    patches.skip_theme_files(theme)
    env = theme.get_env()
    assert env.list_templates(filter_func=lambda name: True) == []
    assert env.get_template("main.html")


def watched(server: LiveReloadServer, folder: Path) -> list[FileSystemEventHandler]:
    """Have the server watch a folder; return the handlers of changes in it."""
    handlers: list[FileSystemEventHandler] = []
    schedule = server.observer.schedule

    def noting(handler: FileSystemEventHandler, path: str, **options: bool) -> object:
        handlers.append(handler)
        return schedule(handler, path, **options)

    server.observer.schedule = noting
    server.watch(str(folder))
    return handlers


def test_preview_builds_for_leftovers_without_the_patch(
    server: LiveReloadServer, tmp_path: Path
) -> None:
    (handler,) = watched(server, tmp_path)
    handler.on_any_event(FileModifiedEvent(str(tmp_path / "index.md~")))
    assert server._want_rebuild


@pytest.mark.parametrize("name, rebuilds", [("index.md~", False), ("index.md", True)])
def test_preview_ignores_leftovers_alone(
    server: LiveReloadServer, tmp_path: Path, name: str, rebuilds: bool
) -> None:
    handlers = watched(server, tmp_path)
    patches.ignore_leftovers(server, [str(tmp_path)])
    handlers[-1].on_any_event(FileModifiedEvent(str(tmp_path / name)))
    assert server._want_rebuild == rebuilds


def test_server_has_no_public_rebuild_without_the_patch() -> None:
    public = {name for name in dir(LiveReloadServer) if not name.startswith("_")}
    assert not {name for name in public if "build" in name or "reload" in name}


def test_rebuild_is_requested(server: LiveReloadServer) -> None:
    patches.request_rebuild(server)
    assert server._want_rebuild


BROKEN_HOOKS = {
    "fails on import": ("import os\nimport nowhere_at_all\n", 2, "on import: ModuleNotFoundError"),
    "is no Python": ("x = 1\n\ndef (:\n", 3, "on import: SyntaxError"),
    "fails in on_startup": (
        "def on_startup(command, dirty):\n    return 1 / 0\n",
        2,
        "in on_startup: ZeroDivisionError",
    ),
    "fails in what it calls": (
        "import json\n\n\ndef on_startup(command, dirty):\n    json.loads('{')\n",
        5,
        "in on_startup: JSONDecodeError",
    ),
}


@pytest.mark.build
@pytest.mark.parametrize("how", BROKEN_HOOKS)
def test_broken_hook_ends_the_build_at_its_line(second_story: Project, how: str) -> None:
    code, line, words = BROKEN_HOOKS[how]
    (second_story.root / "mine.py").write_text(code, "utf-8")
    second_story.edit("mkdocs.yml", "hooks: [hooks/site.py]", "hooks: [hooks/site.py, mine.py]")
    result = second_story.build()
    assert result.returncode == 1
    assert f"mine.py:{line}:1: error: the hook failed {words}" in result.stdout
    assert "Traceback" not in result.stdout
    assert not second_story.site.exists()


@pytest.mark.build
def test_hook_before_ours_that_fails_on_startup_is_named(second_story: Project) -> None:
    code, line, words = BROKEN_HOOKS["fails in on_startup"]
    (second_story.root / "mine.py").write_text(code, "utf-8")
    second_story.edit("mkdocs.yml", "hooks: [hooks/site.py]", "hooks: [mine.py, hooks/site.py]")
    output = second_story.build().stdout
    assert f"mine.py:{line}:1: error: the hook failed {words}" in output
    assert "Traceback" not in output


@pytest.mark.build
@pytest.mark.parametrize("how", ["fails on import", "fails in on_startup"])
def test_broken_hook_gives_a_traceback_without_the_patch(tmp_path: Path, how: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: []\nhooks: [mine.py]\n", "utf-8")
    (tmp_path / "mine.py").write_text(BROKEN_HOOKS[how][0], "utf-8")
    result = Project(tmp_path).build()
    assert result.returncode == 1 and "Traceback" in result.stdout


@pytest.mark.build
def test_error_of_the_adapter_itself_keeps_its_traceback(second_story: Project) -> None:
    code = "from mkdocs_adapter import patches\n\npatches.tune_garbage_collector = None\n"
    (second_story.root / "mine.py").write_text(code, "utf-8")
    second_story.edit("mkdocs.yml", "hooks: [hooks/site.py]", "hooks: [hooks/site.py, mine.py]")
    output = second_story.build().stdout
    assert "Traceback" in output and "the hook failed" not in output
