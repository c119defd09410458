"""The live preview: an edit is in the browser without a restart."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from conftest import Project, environment


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
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        if words in html:
            return html
        time.sleep(0.1)
    pytest.fail(f"{address} does not show {words!r}")


def test_an_edit_to_content_or_a_template_is_shown_without_a_restart(second_story: Project):
    with serving(second_story) as address:
        wait_for(f"{address}fr/", "<h1")
        second_story.edit("content/story.yml", "fr: Comment", "fr: Titre tout neuf, ou comment")
        wait_for(f"{address}fr/", "Titre tout neuf")
        second_story.edit("docs/index.md", "{{ lead() }}", "{{ lead() }}\n\nWords from a template.")
        wait_for(f"{address}en/", "Words from a template.")
    assert not second_story.site.exists()


def test_a_broken_edit_is_named_in_the_terminal_and_on_the_page_and_the_preview_recovers_when_it_is_mended(
    second_story: Project,
):
    with serving(second_story) as address:
        wait_for(f"{address}fr/people/", "<h1")
        second_story.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
        page = wait_for(f"{address}fr/people/", "unknown entity")
        assert "content/facts/tramway.yml:6:11: error: unknown entity &#34;nobody&#34;" in page
        assert 'unknown entity "nobody"' in (second_story.root / "serve.log").read_text()
        second_story.edit("content/facts/tramway.yml", "about: [nobody, ", "about: [")
        second_story.edit("docs/index.md", "{{ lead() }}", "{{ leads() }}")
        assert "docs/index.md:3:1: error: a template cannot ask for &#34;leads&#34;" in wait_for(
            f"{address}de/", "leads"
        )
        second_story.edit("docs/index.md", "{{ leads() }}", "{{ lead() }}")
        second_story.edit("content/story.yml", "fr: Comment", "fr: De retour, ou comment")
        wait_for(f"{address}fr/", "De retour")


def test_a_preview_begun_with_a_broken_edit_shows_it_and_recovers(second_story: Project):
    second_story.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    with serving(second_story) as address:
        wait_for(address, "unknown entity")
        second_story.edit("content/facts/tramway.yml", "about: [nobody, ", "about: [")
        wait_for(f"{address}fr/", "<h1")
