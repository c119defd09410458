"""What the tests share: the project, copies of it to break, sites built for real, a browser."""

from __future__ import annotations

import functools
import gzip
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
SECOND_STORY = PROJECT / "tests" / "second_story"
# Copies of the sources are never in the repository; where they lie at hand, passages are checked against them.
SOURCES = os.environ.get("EXPLAINER_SOURCES", "")


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PROJECT / "hooks"), **more}


@dataclass
class Project:
    """A project on disk, with the real hooks."""

    root: Path
    sources: str = ""

    @property
    def site(self) -> Path:
        return self.root / "site"

    def build(self, *options: str) -> subprocess.CompletedProcess:
        """Run `mkdocs build` as an editor would; the output is in `.stdout`, both streams together."""
        command = [sys.executable, "-m", "mkdocs", "build", *options]
        return self.run(command)

    def check(self, *options: str) -> subprocess.CompletedProcess:
        """Run `explainer check`."""
        return self.run([sys.executable, "-m", "explainer", "check", *options])

    def run(self, command: list[str], **more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command,
            cwd=self.root,
            env=environment(EXPLAINER_SOURCES=self.sources, **more),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in a file by `new`, and insist that it is there."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")


def copy_of(root: Path, story: Path = PROJECT) -> Project:
    """A copy of the project, with another story's content and templates laid over it if one is given."""
    root.mkdir(parents=True)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    (root / "hooks").symlink_to(PROJECT / "hooks")
    shutil.copytree(story / "content", root / "content")
    shutil.copytree(PROJECT / "docs", root / "docs")
    if story != PROJECT:
        shutil.copytree(story / "docs", root / "docs", dirs_exist_ok=True)
        for template in (root / "docs").glob("*.md"):
            page = "home" if template.stem == "index" else template.stem
            if f"\n{page}:" not in "\n" + (root / "content" / "pages.yml").read_text("utf-8"):
                template.unlink()
    return Project(root, str(story / "sources") if story != PROJECT else SOURCES)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project, to break."""
    return copy_of(tmp_path / "project")


@pytest.fixture
def second_story(tmp_path: Path) -> Project:
    """A fresh copy of the project that tells the second, invented story."""
    return copy_of(tmp_path / "second", SECOND_STORY)


def built(project: Project) -> Project:
    result = project.build("--strict")
    assert result.returncode == 0, result.stdout
    return project


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project, built once, strict. Tests only look at it."""
    return built(copy_of(tmp_path_factory.mktemp("built") / "project"))


@pytest.fixture(scope="session")
def built_second_story(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The second story, built once, strict."""
    return built(copy_of(tmp_path_factory.mktemp("built-second") / "second", SECOND_STORY))


@contextmanager
def served(site: Path, compressed: bool = False) -> Iterator[str]:
    """A folder on a plain static server, compressed as most hosts do or not; yields its address."""
    handler = functools.partial(_Compressed if compressed else _Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


class _Compressed(_Quiet):
    def do_GET(self) -> None:  # noqa: N802 (the library's name)
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        for name, value in (
            ("Content-Type", self.guess_type(str(path))),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def started_browser() -> Iterator[Browser]:
    """A headless Chromium: the system's, or Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next((path for path in map(shutil.which, names) if path), None)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address(built_project: Project) -> Iterator[str]:
    """The built site's address on a plain static server."""
    with served(built_project.site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, for all tests."""
    with started_browser() as chromium:
        yield chromium


@pytest.fixture
def page(browser):
    """A browser page that fails its test on any console error or any request to another host."""
    context = browser.new_context(locale="it-IT")
    page = context.new_page()
    errors: list[str] = []
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "request",
        lambda request: (
            errors.append(request.url)
            if "//127.0.0.1:" not in request.url and not request.url.startswith(("data:", "blob:"))
            else None
        ),
    )
    yield page
    context.close()
    assert errors == []


SAID: list[str] = []


def say(line: str) -> None:
    """Have a line printed after the tests: a figure that a test found."""
    SAID.append(line)


def pytest_terminal_summary(terminalreporter) -> None:
    """Say what tests found, what of the sources could be checked here, and what not."""
    for line in SAID:
        terminalreporter.write_line(line)
    if SOURCES:
        result = subprocess.run(
            [sys.executable, "-m", "explainer", "check"],
            cwd=PROJECT,
            env=environment(),
            text=True,
            capture_output=True,
            check=False,
        )
        terminalreporter.write_line(
            f"citations: {result.stdout.strip().splitlines()[-2] if result.returncode == 0 else 'the check fails'}"
        )
    else:
        terminalreporter.write_line(
            "citations: not checked against the article, no copy of it at hand (EXPLAINER_SOURCES)"
        )
