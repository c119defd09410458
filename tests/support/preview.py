"""A running preview."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from support.project import Project, environment


@contextmanager
def serving(project: Project):
    """A running preview; yields its address. Asked to end, it leaves nothing in the folder of temporary files."""
    temporary = project.root / "temporary"
    temporary.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    log = (project.root / "serve.log").open("w")
    process = subprocess.Popen(
        command,
        cwd=project.root,
        env=environment(TMPDIR=str(temporary)),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)
        log.close()
    assert list(temporary.iterdir()) == []


def wait_for(address: str, words: str, seconds: float = 60) -> str:
    """The page at an address, once it holds some words."""
    html, deadline = "", time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            html = urllib.request.urlopen(address, timeout=20).read().decode()
        except urllib.error.HTTPError as error:  # the page for what is not there says it too
            html = error.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        if words in html:
            return html
        time.sleep(0.1)
    pytest.fail(f"{address} does not show {words!r}")
