"""The published folder is the old site or the new one."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from explainer.publishing import staging as staging_module
from explainer.publishing.staging import Staging, describe_os_error
from support.fault_injection import FILES, publish, published, write
from support.project import PROJECT, TEST_PATH, environment


def site(folder: Path, words: str) -> Path:
    folder.mkdir(parents=True)
    write(folder, words)
    return folder


WAYS = ["exchange", "two renames"]
MOST = 2000  # times that a program publishes before it gives up to be seen


@pytest.fixture(params=WAYS)
def either_way(request, monkeypatch):
    """With the system's atomic exchange, and without."""
    if request.param == "two renames":
        monkeypatch.setattr(staging_module, "_exchange", lambda one, other: False)


def test_the_new_site_takes_the_place_of_the_old_one(tmp_path, either_way):
    old = site(tmp_path / "site", "old")
    (old / "gone.html").touch()
    publish(old, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert published(old) == "new"
    assert not (old / "gone.html").exists()


def test_a_discarded_build_leaves_the_old_site(tmp_path):
    old = site(tmp_path / "site", "old")
    Staging(old).discard()
    assert published(old) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "fate",
    ["killed", "asked to end", "asked to end from then on", "refused", "refused from then on"],
)
def test_publishing_meets_a_fault_at_any_step(tmp_path, way, fate):
    """The site is the old or the new one at every step, and the next build repairs the rest."""
    command = [
        sys.executable,
        str(PROJECT / "tests" / "support" / "fault_injection.py"),
        str(tmp_path / "fates"),
        way,
        fate,
    ]
    lines = [
        json.loads(line)
        for line in subprocess.run(
            command, env=environment(), check=True, capture_output=True, text=True
        ).stdout.splitlines()
    ]
    assert len(lines) > 40
    absent = []
    for line in lines:
        assert line["after"] in (line["before"], "new"), line
        assert line["beside"] == [], line
        if "asked" in fate and line["event"]:
            assert line["left"] == [], line
            assert (line["code"], line["then"]) in ((143, line["before"]), (0, "new")), line
        if line["then"] == "absent" != line["before"]:
            absent.append(line["event"])
        else:
            assert line["then"] in (line["before"], "new"), line
    # Two renames cannot do better: killed between them, or kept from mending, a build leaves the path without a site.
    assert absent == (
        ["os.rename"] if way == "two renames" and fate in ("killed", "refused from then on") else []
    )
    assert {line["then"] for line in lines} >= {"old", "new", "absent"}
    assert {line["code"] for line in lines if line["event"]} == {
        "killed": {-9},
        "refused": {0, 1},
    }.get(fate.removesuffix(" from then on"), {143, 0})


@pytest.mark.parametrize("way", WAYS)
def test_builds_that_publish_at_once_do_not_mix(tmp_path, way):
    program = f"""if True:
        import sys
        from pathlib import Path
        from explainer.publishing import staging as staging_module
        from support.fault_injection import publish
        if {way!r} == "two renames":
            staging_module._exchange = lambda one, other: False
        site, words, stop = sys.argv[1:]
        for _ in range({MOST}):
            publish(Path(site), words)
            if Path(stop).exists():
                break
    """
    folder, stop = tmp_path / "www" / "site", tmp_path / "stop"
    folder.parent.mkdir()
    builds = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder), words, str(stop)],
            env=environment(PYTHONPATH=TEST_PATH),
        )
        for words in ("one", "two", "three")
    ]
    seen = Counter()
    while any(build.poll() is None for build in builds):
        words = seen_at_once(folder)
        assert len(words) <= 1, words
        seen.update(words)
        if len(seen) == len(builds) and min(seen.values()) >= 20:
            stop.touch()
    assert [build.returncode for build in builds] == [0, 0, 0]
    assert set(seen) == {"one", "two", "three"}
    assert published(folder) in seen
    assert [path.name for path in folder.parent.iterdir()] == ["site"]


def seen_at_once(folder: Path) -> set[str]:
    """The words in the files of the folder that is published right now, less those that are being cleared away."""
    words = set()
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return words
    for name in FILES:
        try:
            with open(os.open(name, os.O_RDONLY, dir_fd=descriptor)) as file:
                words.add(file.read())
        except FileNotFoundError:
            pass
    os.close(descriptor)
    return words


def mend(folder: Path) -> None:
    """What a build does at its beginning, whatever becomes of it."""
    Staging(folder).discard()


def test_a_site_caught_between_two_renames_is_put_in_place(tmp_path):
    left = tmp_path / ".site.build-x"
    site(left / "old", "old")
    site(left / "site", "new")
    mend(tmp_path / "site")
    assert published(tmp_path / "site") == "new"
    assert not left.exists()


def test_half_of_an_old_site_is_never_put_back(tmp_path):
    """A build that was killed while it cleared away the old site, and a published one that somebody removed."""
    site(tmp_path / ".site.build-x" / "old", "old").joinpath("facts.json").unlink()
    mend(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_site_that_cannot_be_moved_stays_in_place(tmp_path, monkeypatch):
    staging = Staging(tmp_path / "site")
    write(staging.site, "new")
    site(staging.folder / "old", "old")
    with monkeypatch.context() as context:
        context.setattr(
            Path, "rename", lambda *_: os.rename(tmp_path / "site", tmp_path / "nowhere")
        )
        staging.discard()
    assert published(staging.site) == "new"
    assert published(staging.folder / "old") == "old"
    mend(tmp_path / "site")
    assert published(tmp_path / "site") == "new"


def test_a_build_that_still_runs_is_left_alone(tmp_path):
    running = Staging(tmp_path / "site")
    mend(tmp_path / "site")
    assert running.site.is_dir()
    running.discard()


def test_folders_with_like_names_are_no_concern_of_a_site(tmp_path):
    for name in (
        ".site.built",
        ".sites.build-x",
        "site.build-x",
        ".si.build-x",
        ".site[1].build-x",
    ):
        (tmp_path / name).mkdir()
    (tmp_path / ".site.build-link").symlink_to(tmp_path / ".sites.build-x")
    before = sorted(tmp_path.iterdir())
    mend(tmp_path / "site")
    assert sorted(tmp_path.iterdir()) == before
    mend(tmp_path / "site[1]")
    assert not (tmp_path / ".site[1].build-x").exists()


def test_symbolic_link_stays_and_its_target_is_replaced(tmp_path, either_way):
    www = site(tmp_path / "www" / "html", "old")
    link = tmp_path / "project" / "site"
    link.parent.mkdir()
    link.symlink_to(www)
    publish(link, "new")
    assert link.is_symlink()
    assert published(www) == published(link) == "new"
    assert [path.name for path in tmp_path.rglob("*") if ".build-" in path.name] == []


def test_hidden_files_and_folder_mode_outlive_a_build(tmp_path, either_way):
    """As MkDocs has it: a folder published by git keeps its .git, and one item by a group stays so."""
    folder = site(tmp_path / "site", "old")
    (folder / ".git" / "refs").mkdir(parents=True)
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    (folder / ".nojekyll").touch()
    (folder / ".here").symlink_to("nowhere")
    folder.chmod(0o2750)
    for words in ("new", "newer"):
        publish(folder, words)
        assert published(folder) == words
        assert stat.S_IMODE(folder.stat().st_mode) == 0o2750
        assert (folder / ".git" / "HEAD").read_text() == "ref: refs/heads/pages"
        assert sorted(path.name for path in folder.glob(".*")) == [".git", ".here", ".nojekyll"]
        assert os.readlink(folder / ".here") == "nowhere"


def refused(folder: Path, words: str) -> bool:
    """Whether a build refuses to replace what is at a path, for a reason, and leaves nothing beside it."""
    with pytest.raises(OSError, match=words):
        publish(folder, "new")
    return [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_folder_with_foreign_files_is_never_replaced(tmp_path, either_way):
    work = tmp_path / "site"
    work.mkdir()
    (work / "index.html").write_text("my work")
    assert refused(work, "holds files, but no site")
    assert [path.read_text() for path in work.iterdir()] == ["my work"]


@pytest.mark.parametrize("hidden", [(), (".git", ".nojekyll")])
def test_a_folder_without_files_becomes_a_site(tmp_path, either_way, hidden):
    (tmp_path / "site").mkdir()
    for name in hidden:
        (tmp_path / "site" / name).mkdir()
    publish(tmp_path / "site", "new")
    assert published(tmp_path / "site") == "new"


@pytest.mark.parametrize(
    "make",
    [Path.touch, lambda path: path.symlink_to(path), os.mkfifo],
    ids=["a file", "a link to itself", "a pipe"],
)
def test_what_is_no_folder_is_never_replaced(tmp_path, make):
    make(tmp_path / "site")
    assert refused(tmp_path / "site", "is no folder")
    assert not (tmp_path / "site").is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks there")
def test_folder_that_stays_locked_is_named_after_a_while(tmp_path, monkeypatch):
    import fcntl

    monkeypatch.setattr(staging_module, "LOCK_TIMEOUT_S", 0.2)
    folder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with pytest.raises(OSError, match="another program has locked this folder"):
        Staging(tmp_path / "site")
    os.close(folder)


def test_error_about_many_files_names_the_first():
    assert (
        describe_os_error(
            shutil.Error([("site/pipe", "x/pipe", "`site/pipe` is a named pipe"), ("b", "c", "d")])
        )
        == "site/pipe: `site/pipe` is a named pipe"
    )
