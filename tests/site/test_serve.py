"""The live preview: an edit is in the browser without a restart."""

from __future__ import annotations

import http.client
import shutil
import threading
import urllib.error
import urllib.request

import pytest

from mkdocs_adapter.host_guard import is_own_host
from mkdocs_adapter.path_follower import PathFollower
from support.preview import serving, wait_for
from support.project import Project

pytestmark = pytest.mark.build


def test_edit_is_shown_without_a_restart(second_story: Project):
    """To content or to a template."""
    with serving(second_story) as address:
        wait_for(f"{address}fr/", "<h1")
        second_story.edit("content/story.yml", "fr: Comment", "fr: Titre tout neuf, ou comment")
        wait_for(f"{address}fr/", "Titre tout neuf")
        second_story.edit("docs/index.md", "{{ lead() }}", "{{ lead() }}\n\nWords from a template.")
        wait_for(f"{address}en/", "Words from a template.")
    assert not second_story.site.exists()


def test_preview_reports_a_broken_edit_and_recovers(
    second_story: Project,
):
    """Terminal and page name the problem; a repaired edit is shown."""
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


def test_preview_begun_with_a_broken_edit_recovers(second_story: Project):
    second_story.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    with serving(second_story) as address:
        wait_for(address, "unknown entity")
        second_story.edit("content/facts/tramway.yml", "about: [nobody, ", "about: [")
        wait_for(f"{address}fr/", "<h1")


def test_content_renamed_away_is_shown_and_the_preview_comes_back(second_story: Project):
    content = second_story.root / "content"
    with serving(second_story) as address:
        wait_for(f"{address}fr/people/", "<h1")
        content.rename(second_story.root / "elsewhere")
        page = wait_for(f"{address}fr/people/", "This edit cannot be shown yet")
        assert "mkdocs.yml:" in page and "error: content is not there" in page
        (second_story.root / "elsewhere").rename(content)
        wait_for(f"{address}fr/people/", "masthead")
        second_story.edit("content/story.yml", "fr: Comment", "fr: Suivi, ou comment")
        wait_for(f"{address}fr/", "Suivi, ou comment")
        assert "Traceback" not in (second_story.root / "serve.log").read_text()


def test_templates_renamed_away_are_shown_and_the_preview_comes_back(second_story: Project):
    docs = second_story.root / "docs"
    with serving(second_story) as address:
        wait_for(f"{address}fr/", "<h1")
        docs.rename(second_story.root / "elsewhere")
        wait_for(f"{address}fr/", "error: docs is not there")
        shutil.copytree(second_story.root / "elsewhere", docs)
        wait_for(f"{address}fr/", "masthead")
        second_story.edit("docs/index.md", "{{ lead() }}", "{{ lead() }}\n\nWords of a template.")
        wait_for(f"{address}fr/", "Words of a template.")


def test_preview_reports_broken_settings_and_recovers(second_story: Project):
    settings = second_story.root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    with serving(second_story) as address:
        wait_for(f"{address}fr/", "<h1")
        for broken, message in (
            (text.replace("theme:", "theme: ["), "error: this is not valid YAML"),
            (text.replace("hooks: [hooks/site.py]", ""), "is not among the hooks"),
            (f"{text}\nvalidation: 1\n", "validation"),
            (text.replace("plugins: []", "plugins: [blog]"), "cannot work here"),
        ):
            settings.write_text(broken, "utf-8")
            wait_for(f"{address}fr/", message)
            settings.write_text(text, "utf-8")
            wait_for(f"{address}fr/", "masthead")
        settings.unlink()
        wait_for(f"{address}fr/", "mkdocs.yml:1:1: error: the file is not there")
        settings.write_text(text, "utf-8")
        wait_for(f"{address}fr/", "masthead")
        assert "Traceback" not in (second_story.root / "serve.log").read_text()


PAGE = """
extra:
  title: {fr: Page nouvelle, de: Neue Seite, en: New page}
  label: {fr: Nouvelle, de: Neue, en: New}
  description: {fr: Une page., de: Eine Seite., en: A page.}
"""


def test_a_page_added_and_removed_is_followed(second_story: Project):
    pages, template = second_story.root / "content/pages.yml", second_story.root / "docs/extra.md"
    text = pages.read_text("utf-8")
    with serving(second_story) as address:
        wait_for(f"{address}fr/", "<h1")
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(f"{address}fr/extra/", timeout=20)
        assert missing.value.headers["Refresh"]  # a browser that waits for the page sees it
        pages.write_text(text + PAGE, "utf-8")
        wait_for(f"{address}fr/extra/", "the page has no template docs/extra.md")
        template.write_text("# {{ words(page.title) }} {#extra}\n", "utf-8")
        wait_for(f"{address}fr/extra/", "Page nouvelle</h1>")
        template.unlink()
        wait_for(f"{address}fr/extra/", "the page has no template docs/extra.md")
        wait_for(f"{address}fr/", "the page has no template docs/extra.md")
        pages.write_text(text, "utf-8")
        wait_for(f"{address}fr/", "masthead")
        assert "Page nouvelle" not in wait_for(f"{address}fr/extra/", "noindex")


def asked(address: str, host: str | None) -> tuple[int, bytes]:
    """Status and body of a request for the home page under another host's name."""
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=60)
    connection.putrequest("GET", "/fr/", skip_host=True)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    response = connection.getresponse()
    return response.status, response.read()


def test_the_preview_answers_to_names_of_this_machine_alone(second_story: Project):
    with serving(second_story) as address:
        wait_for(f"{address}fr/", "<h1")
        port = address.rstrip("/").rpartition(":")[2]
        for own in ("localhost", f"localhost:{port}", f"127.0.0.1:{port}", "[::1]", "LOCALHOST:80"):
            assert asked(address, own)[0] == 200, own
        for other in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "", None):
            status, body = asked(address, other)
            assert status == 403 and b"<h1" not in body, other


@pytest.mark.parametrize(
    "header, address, own",
    [
        ("preview.example:8000", "preview.example", True),
        ("[fe80::1]:8000", "fe80::1", True),
        ("192.168.1.5:8000", "0.0.0.0", True),
        ("[fe80::1]", "::", True),
        ("evil.example", "0.0.0.0", False),
        ("192.168.1.5", "127.0.0.1", False),
        ("localhost@evil.example", "127.0.0.1", False),
        ("localhost:80:80", "127.0.0.1", False),
        ("[::1", "127.0.0.1", False),
    ],
)
def test_a_host_is_own_as_the_preview_address_names_it(header: str, address: str, own: bool):
    assert is_own_host(header, address) is own


def test_a_path_that_goes_and_comes_back_is_followed(tmp_path):
    changes: list[str] = []
    changed = threading.Condition()

    def note(path: str) -> None:
        with changed:
            changes.append(path)
            changed.notify_all()

    folder = tmp_path / "content"
    folder.mkdir()
    follower = PathFollower([str(folder)], note)
    follower.start()
    for number, step in enumerate((folder.rmdir, folder.mkdir), 1):
        step()
        with changed:
            assert changed.wait_for(lambda count=number: len(changes) >= count, 20)
    follower.ended.set()
    follower.join(20)
    assert not follower.is_alive()
