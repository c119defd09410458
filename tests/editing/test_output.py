"""Output that is closed, full or not read any more ends a command without a traceback."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from support.project import Project, environment

pytestmark = pytest.mark.slow


CHECK = ["-m", "explainer", "check"]
REVIEW = ["-m", "explainer", "review"]
HELP = ["-m", "explainer", "--help"]
BUILD = ["-m", "mkdocs", "build", "--strict"]
BROKEN_PIPE = 141


@pytest.fixture
def unread() -> Iterator[int]:
    """The end to write to of a pipe that nobody reads, as after `| head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.fixture
def full() -> Iterator[int]:
    """A device without space."""
    device = os.open("/dev/full", os.O_WRONLY)
    yield device
    os.close(device)


def run(project: Project, command: list[str], buffered: bool = True, **streams) -> tuple[int, str]:
    """Run a command; return its exit code and what it prints where it can."""
    result = subprocess.run(
        [sys.executable, *([] if buffered else ["-u"]), *command],
        cwd=project.root,
        env=environment(PYTHONUNBUFFERED=""),
        text=True,
        timeout=120,
        check=False,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},
    )
    printed = (result.stdout or "") + (result.stderr or "")
    assert "Traceback" not in printed and "Exception ignored" not in printed
    return result.returncode, printed


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("command", [CHECK, REVIEW, HELP])
def test_a_command_whose_output_nobody_reads_ends_quietly(second_story, unread, command, buffered):
    assert run(second_story, command, buffered, stdout=unread) == (BROKEN_PIPE, "")
    both = run(second_story, command, buffered, stdout=unread, stderr=unread)
    assert both == (BROKEN_PIPE, "")


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("command", [CHECK, REVIEW, HELP])
def test_a_command_whose_output_is_full_says_so(second_story, full, command, buffered):
    words = "the output cannot be written: No space left on device\n"
    assert run(second_story, command, buffered, stdout=full) == (1, words)
    assert run(second_story, command, buffered, stdout=full, stderr=full) == (1, "")


def closing(*descriptors: int) -> dict[str, object]:
    """Streams that a command finds closed, as with `>&-`."""
    streams = {1: "stdout", 2: "stderr"}
    return {
        **{streams[descriptor]: None for descriptor in descriptors},
        "preexec_fn": functools.partial(list, map(os.close, descriptors)),
    }


@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2)])
def test_a_check_with_closed_output_still_has_its_result(second_story, closed):
    assert run(second_story, CHECK, **closing(*closed))[0] == 0
    second_story.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    assert run(second_story, CHECK, **closing(*closed))[0] == 1


def test_an_error_that_cannot_be_shown_ends_a_command_quietly(second_story, full, unread):
    second_story.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    assert run(second_story, CHECK, stderr=full) == (1, "")
    assert run(second_story, CHECK, stderr=unread) == (BROKEN_PIPE, "")


@pytest.mark.build
@pytest.mark.parametrize("kind", ["unread", "full", "closed"])
def test_a_build_whose_messages_cannot_be_written_publishes(second_story, request, kind):
    """MkDocs writes its messages to standard error; it needs standard output to be open itself."""
    stream = request.getfixturevalue(kind) if kind != "closed" else None
    streams = closing(2) if kind == "closed" else {"stderr": stream}
    assert run(second_story, BUILD, **streams) == (0, "")
    assert (second_story.site / "index.html").is_file()
    if kind != "closed":
        assert run(second_story, BUILD, stdout=stream)[0] == 0
