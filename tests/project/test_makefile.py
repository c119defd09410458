"""`make` installs what is needed once, again when it must, and never takes half an installation for a whole one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from support.project import PROJECT

# Stands for Python: says what it is asked to do, makes environments, and fails to install while there is a file `cut`.
PYTHON = """#!/bin/sh
echo "$@" >> "$LOG"
test -z "$EXPLAINER_PUBLISH" || echo "$EXPLAINER_PUBLISH" > "$LOG.publish"
env > "$LOG.env"
case "$*" in
    "-m venv --clear "*) rm -rf "$4"; mkdir -p "$4/bin"; cp "$0" "$4/bin/python" ;;
    *"pip install"*) test ! -e "$(dirname "$LOG")/cut" ;;
esac
"""
SHELLS = [shell for shell in map(shutil.which, ("dash", "bash")) if shell]


class Makefile:
    """A copy of the Makefile and its lock files, with a Python that only says what it would do."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log, self.python = folder, folder / "log", folder / "python"
        for name in ("tests", "content", "docs"):
            (folder / name).mkdir()
        for name in ("Makefile", "pyproject.toml", "requirements.lock", "tests/requirements.lock"):
            shutil.copy(PROJECT / name, folder / name)
            os.utime(folder / name, (1, 1))
        self.python.write_text(PYTHON)
        self.python.chmod(0o755)

    def make(self, *arguments: str, status: int = 0, **env: str) -> list[str]:
        """Run make; what Python was asked to do, less the questions whether it is there."""
        self.log.write_text("")
        command = ["make", f"PYTHON={self.python}", *arguments]
        result = subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, "LOG": str(self.log), "MAKEFLAGS": "", **env},
            capture_output=True,
            text=True,
            check=False,
        )
        self.said = result.stdout + result.stderr
        assert bool(result.returncode) == bool(status), self.said
        return [
            line
            for line in self.log.read_text().splitlines()
            if not line.startswith(("-c ", "-I -c "))
        ]


@pytest.fixture
def makefile(tmp_path) -> Makefile:
    return Makefile(tmp_path)


ENVIRONMENT = ["-m venv --clear .venv"]
INSTALL = [
    "-m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock"
]
BUILD = ["-m explainer settings", "-m mkdocs build --strict"]


@pytest.mark.build
def test_the_site_is_installed_once_and_built_each_time(makefile):
    assert makefile.make("site") == ENVIRONMENT + INSTALL + BUILD
    assert makefile.make("site") == BUILD


@pytest.mark.parametrize("target", ["site", "check"])
def test_publishing_is_asked_for_by_name(makefile, target):
    publish = makefile.folder / "log.publish"
    makefile.make(target)
    assert not publish.exists()
    makefile.make(target, "PUBLISH=1")
    assert publish.read_text() == "1\n"


@pytest.mark.parametrize("folder", ["content", "docs"])
@pytest.mark.parametrize("target", ["site", "serve"])
def test_check_speaks_first_when_a_folder_is_missing(makefile, target, folder):
    (makefile.folder / folder).rmdir()
    assert "-m explainer check" in makefile.make(target)[:3]
    (makefile.folder / folder).mkdir()
    assert "-m explainer check" not in makefile.make(target)


def test_a_port_in_use_is_named_with_another_one(makefile):
    makefile.make("site")
    python = makefile.folder / ".venv" / "bin" / "python"
    python.write_text(
        f'#!/bin/sh\ncase "$1" in -c) exec {sys.executable} "$@" ;; esac\necho "$@" >> "$LOG"\n'
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert makefile.make("serve", f"PORT={port}", status=2) == []
        assert f"port {port} is in use: make serve PORT={port + 1}\n" in makefile.said
        assert "Traceback" not in makefile.said
    for port in (port, "words"):
        assert makefile.make("serve", f"PORT={port}") == [
            "-m explainer settings",
            f"-m mkdocs serve --dev-addr 127.0.0.1:{port}",
        ]


@pytest.mark.build
def test_a_lock_file_that_changed_is_installed_again(makefile):
    makefile.make("site")
    (makefile.folder / "requirements.lock").touch()
    os.utime(makefile.folder / ".venv" / "site", (2, 2))
    assert makefile.make("site") == INSTALL + BUILD
    assert makefile.make("site") == BUILD


@pytest.mark.build
@pytest.mark.parametrize("when", ["at first", "later"])
def test_an_installation_that_was_cut_short_is_begun_anew(makefile, when):
    if when == "later":
        makefile.make("site")
        os.utime(makefile.folder / ".venv" / "site", (2, 2))
        (makefile.folder / "requirements.lock").touch()
    (makefile.folder / "cut").touch()
    assert makefile.make("site", status=2)[-1:] == INSTALL
    (makefile.folder / "cut").unlink()
    assert makefile.make("site") == ENVIRONMENT + INSTALL + BUILD
    assert makefile.make("site") == BUILD


@pytest.mark.build
def test_an_environment_whose_python_has_gone_is_made_anew(makefile):
    makefile.make("site")
    python = makefile.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nonexistent/python3")
    assert makefile.make("site") == ENVIRONMENT + INSTALL + BUILD


@pytest.mark.build
def test_an_environment_that_was_made_by_half_is_made_anew(makefile):
    (makefile.folder / ".venv" / "bin").mkdir(parents=True)
    assert makefile.make("site") == ENVIRONMENT + INSTALL + BUILD


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: Path(shell).name)
@pytest.mark.parametrize(
    "browser", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", None]
)
def test_browser_of_the_system_is_used_or_one_is_fetched(makefile, shell, browser):
    tools = makefile.folder / "tools"
    tools.mkdir()
    for name in ("make", "touch", "chmod", "mv", "rm", "mkdir", "cp", "id", "dirname", "test"):
        (tools / name).symlink_to(shutil.which(name))
    if browser:
        (tools / browser).symlink_to(shutil.which("true"))
    asked = makefile.make(f"SHELL={shell}", ".venv/browser", PATH=str(tools))
    assert ("-m playwright install chromium" in asked) == (browser is None)
    assert makefile.make(f"SHELL={shell}", ".venv/browser", PATH=str(tools)) == []


@pytest.mark.parametrize("which", ["oldest", "newest"])
def test_oldest_and_newest_packages_have_environments_of_their_own(makefile, which):
    asked = makefile.make(f"test-{which}")
    own = f".venv-{which}"
    assert f"-m venv --clear {own}" in asked
    assert asked[-3:] == [
        f"tests/support/dependency_bounds.py {which}",
        f"-m pip install --quiet --disable-pip-version-check --upgrade --upgrade-strategy eager --requirement {own}/needs.txt",
        "-m pytest -n auto --dist loadscope",
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("PIP_TARGET", "PIP_PREFIX", "PIP_PYTHON", "PIP_CONSTRAINT"),
        *("PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV"),
    ],
)
def test_settings_of_the_users_environment_are_left_out(makefile, name):
    makefile.make("site", **{name: "/elsewhere"})
    assert f"\n{name}=" not in (makefile.folder / "log.env").read_text()


@pytest.mark.parametrize("name", ["PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PIP_DRY_RUN"])
def test_switches_of_pip_are_turned_off(makefile, name):
    makefile.make("site", **{name: "1"})
    assert f"{name}=0\n" in (makefile.folder / "log.env").read_text()


def test_pythonpath_is_the_projects_and_the_package_index_the_users(makefile):
    makefile.make("site", PYTHONPATH="/elsewhere", PIP_INDEX_URL="https://index.example/")
    lines = (makefile.folder / "log.env").read_text().splitlines()
    assert "PYTHONPATH=hooks" in lines
    assert "PIP_INDEX_URL=https://index.example/" in lines


def test_packages_put_elsewhere_are_not_taken_for_installed(makefile):
    python = makefile.python
    python.write_text(PYTHON.replace("esac", '"-I -c import mkdocs") exit 1 ;;\nesac'))
    makefile.make("site", status=2)
    assert "pip put the packages elsewhere" in makefile.said
    assert not (makefile.folder / ".venv" / "site").exists()
