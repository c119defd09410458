"""The published folder is the old site or the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer import swap
from explainer.swap import Staging, recover


def site(folder: Path, words: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(words)
    return folder


@pytest.fixture(params=["exchange", "two renames"])
def either_way(request, monkeypatch):
    """With the system's atomic exchange, and without."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)


def test_the_new_site_takes_the_place_of_the_old_one(tmp_path, either_way):
    published = site(tmp_path / "site", "old")
    staging = Staging(published)
    (staging.site / "index.html").write_text("new")
    staging.publish()
    staging.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (published / "index.html").read_text() == "new"
    assert [path.name for path in published.iterdir()] == ["index.html"]


def test_a_discarded_build_leaves_the_old_site(tmp_path):
    published = site(tmp_path / "site", "old")
    Staging(published).discard()
    assert (published / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_site_caught_between_two_renames_is_put_in_place(tmp_path):
    left = tmp_path / ".site.build-x"
    site(left / "old", "old")
    site(left / "site", "new")
    recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"
    assert not left.exists()


def test_a_build_that_still_runs_is_left_alone(tmp_path):
    running = Staging(tmp_path / "site")
    recover(tmp_path / "site")
    assert running.site.is_dir()
    running.discard()
