"""Files of the whole host, and files that nobody wrote."""

from __future__ import annotations

import os
import types

import pytest

from explainer.checks.host_files import MADE
from explainer.reading.leftovers import is_leftover
from mkdocs_adapter.patches import ignore_leftovers

LEFTOVERS = [
    *("content/facts/chips.yml~", "content/#story.yml#", "content/facts/.#chips.yml"),
    *("content/4913", "docs/index.md.orig", "docs/assets/Thumbs.db", "docs/assets/x.css.bak"),
    *("docs/desktop.ini", "docs/.index.md.swp", "docs/root/CNAME~", "docs/people.md.rej"),
]


@pytest.mark.build
def test_host_files_are_copied_and_leftovers_reported_once(second_story):
    files = {
        "CNAME": b"news.example\r\n",
        "google123.html": b"google-site-verification: google123.html",
        ".well-known/security.txt": b"Contact: {{ x }}\xff",
        "README.md": b"# {{ no template }}",
        "robots.txt": b"",
    }
    for name, content in files.items():
        path = second_story.root / "docs" / "root" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name in LEFTOVERS:
        (second_story.root / name).write_text("<b>")
    for content in (b"old", files[".well-known/security.txt"]):  # a published one gives way
        (second_story.root / "docs/root/.well-known/security.txt").write_bytes(content)
        result = second_story.build("--strict")
        assert result.returncode == 0, result.stdout
    assert result.stdout.count("backups and system files are ignored") == 1
    assert all(name in result.stdout for name in LEFTOVERS)
    assert {name: (second_story.site / name).read_bytes() for name in files} == files
    published = [path for path in second_story.site.rglob("*") if is_leftover(path.name)]
    assert published == []
    assert not list(second_story.site.glob("*/root"))
    own = {name for name in os.listdir(second_story.site)} - {".well-known", *files}
    assert own == {*MADE, "fr", "de", "en"}


@pytest.mark.parametrize(
    "name, made",
    [("index.html", "index.html"), ("FACTS.json", "facts.json"), ("fr/x.txt", "fr")],
)
def test_host_file_never_replaces_a_built_file(second_story, name, made):
    path = second_story.root / "docs" / "root" / name
    path.parent.mkdir(parents=True)
    path.write_text("x")
    message = f"docs/root/{name}:1:1: error: the build makes {made} itself"
    assert message in second_story.check().stdout


def test_a_link_out_of_the_folder_is_refused(second_story):
    (second_story.root / "docs" / "root").mkdir()
    (second_story.root / "docs" / "root" / "secret").symlink_to("/etc/hostname")
    assert "docs/root/secret:1:1: error: this is a link" in second_story.check().stdout


def test_a_preview_is_not_built_for_leftovers():
    seen, watched = [], []
    observer = types.SimpleNamespace(schedule=lambda handler, path: watched.append(handler))
    handler = types.SimpleNamespace(on_any_event=seen.append)
    server = types.SimpleNamespace(
        observer=observer,
        unwatch=lambda path: None,
        watch=lambda path: observer.schedule(handler, path),
    )
    ignore_leftovers(server, ["docs"])
    for source, target in (("a.yml~", ""), ("4913", ""), ("a.md~", "a.md"), ("a.md", "")):
        watched[0].on_any_event(types.SimpleNamespace(src_path=source, dest_path=target))
    assert [event.src_path for event in seen] == ["a.md~", "a.md"]
