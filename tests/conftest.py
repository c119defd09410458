"""Fixtures of all tests: copies of the project to break, sites built for real, a browser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from xdist.scheduler import LoadScopeScheduling

pytest.register_assert_rewrite("support")

from support.browser import served, started_browser  # noqa: E402 (after the registration)
from support.project import (  # noqa: E402
    PROJECT,
    SECOND_STORY,
    SOURCES,
    Project,
    built,
    copy_of,
    environment,
)

# Tests with random values make the same ones each time, and other ones for another `--seed`.
DEFAULT_SEED = 2023
# Files whose tests share an expensive fixture; those of the last share one for each parameter.
SHARED = ("publishing/test_links.py", "site/test_site.py", "site/test_interrupted_builds.py")
SHARED_BY_PARAMETER = "robustness/test_injection.py"
settings.register_profile("same", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("seeded", deadline=None, database=None, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--seed`, which random tests take and print."""
    parser.addoption("--seed", type=int, help=f"seed of random tests (default {DEFAULT_SEED})")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Hand the seed to hypothesis too."""
    given = config.getoption("--seed")
    settings.load_profile("same" if given is None else "seeded")
    if given is not None:
        config.option.hypothesis_seed = str(given)


def seed_of(config: pytest.Config) -> int:
    """The seed of this run."""
    given = config.getoption("--seed")
    return DEFAULT_SEED if given is None else given


def pytest_report_header(config: pytest.Config) -> str:
    """Name the seed, so that a run can be repeated."""
    return f"random tests: --seed {seed_of(config)}"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test by the fixtures it uses: `browser`, and `build` for a whole site."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if "browser" in fixtures:
        item.add_marker("browser")
    values = getattr(getattr(item, "callspec", None), "params", {})
    if any(str(name).startswith("built_") for name in (*fixtures, *values.values())):
        item.add_marker("build")


class SharedFixtures(LoadScopeScheduling):
    """Give tests out one by one, but those that share an expensive fixture to one process.

    `--dist=loadgroup` would do it: pytest-xdist 3.8 has no groups with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        file, _, name = nodeid.partition("::")
        if file.endswith(SHARED):
            return file
        if file.endswith(SHARED_BY_PARAMETER):
            return file + name[name.find("[") :]
        return nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SharedFixtures:
    """Schedule tests by the fixtures they share."""
    return SharedFixtures(config, log)


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """The seed of random tests: `--seed`."""
    return seed_of(pytestconfig)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project, to break."""
    return copy_of(tmp_path / "project")


@pytest.fixture
def second_story(tmp_path: Path) -> Project:
    """A fresh copy of the project that tells the second, invented story."""
    return copy_of(tmp_path / "second", SECOND_STORY)


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project, built once a worker, strict. Tests only look at it."""
    return built(copy_of(tmp_path_factory.mktemp("built") / "project"))


@pytest.fixture(scope="session")
def built_second_story(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The second story, built once a worker, strict. Tests only look at it."""
    return built(copy_of(tmp_path_factory.mktemp("built-second") / "second", SECOND_STORY))


@pytest.fixture(scope="session")
def address(built_project: Project) -> Iterator[str]:
    """The built site's address on a plain static server."""
    with served(built_project.site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium, started once a worker."""
    with started_browser() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser page that fails its test on any console error or any request to another host."""
    context = browser.new_context(locale="it-IT")
    page = context.new_page()
    errors: list[str] = []

    def add_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    def add_request(request: Request) -> None:
        own = "//127.0.0.1:" in request.url or request.url.startswith(("data:", "blob:"))
        if not own:
            errors.append(request.url)

    page.on("console", add_message)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", add_request)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def report_line(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Have a line printed after the tests: a figure that a test found.

    It travels with the test's report, so that it arrives from another process too.
    """
    return lambda line: record_property("report_line", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the lines that tests report, and whether citations were checked against sources."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, line in getattr(report, "user_properties", ()):
                if name == "report_line" and report.when == "call":
                    terminalreporter.write_line(line)
    terminalreporter.write_line(f"citations: {citations()}")


def citations() -> str:
    """Say how many citations of the shipped story were found in copies of its sources."""
    if not SOURCES:
        return "not checked against the sources, no copies at hand (EXPLAINER_SOURCES)"
    result = subprocess.run(
        [sys.executable, "-m", "explainer", "check"],
        cwd=PROJECT,
        env=environment(),
        text=True,
        capture_output=True,
        check=False,
    )
    return result.stdout.strip().splitlines()[-2] if not result.returncode else "the check fails"
