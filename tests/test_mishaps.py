"""Whatever befalls a real build, the published folder holds the old site or the new one, whole, and the reason is told in words."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import SECOND_STORY, Project, built, copy_of, environment
from test_build import bytes_of, left_overs

CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24


@dataclass
class Scene:
    """A project whose published site is older than its content, another with the older content, and the bytes of both sites."""

    project: Project
    other: Project
    old: dict[str, str]
    new: dict[str, str]
    seconds: float  # that a build takes here

    def put_back(self) -> None:
        shutil.rmtree(self.project.site, ignore_errors=True)
        shutil.copytree(self.other.site, self.project.site)

    def start(self, project: Project | None = None, *options: str, **more) -> subprocess.Popen:
        """Begin a build; what it prints goes to build.log."""
        project = project or self.project
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", *options]
        with (project.root / "build.log").open("w") as log:
            return subprocess.Popen(
                command,
                cwd=project.root,
                env=environment(EXPLAINER_SOURCES=project.sources),
                stdout=log,
                stderr=subprocess.STDOUT,
                **more,
            )

    def log(self) -> str:
        return (self.project.root / "build.log").read_text("utf-8")

    def refused(self, *options: str, **more) -> str:
        """What a build prints that fails; it leaves the old site as it was, and nothing beside it."""
        assert self.start(None, *options, **more).wait(60) == 1, self.log()
        assert "Traceback" not in self.log()
        assert bytes_of(self.project.site) == self.old
        assert left_overs(self.project) == []
        return self.log().split("ERROR")[-1]


@pytest.fixture(scope="module")
def scenery(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("mishaps")
    other, project = (
        built(copy_of(folder / "other", SECOND_STORY)),
        copy_of(folder / "project", SECOND_STORY),
    )
    for words in ("La rédaction", "Die Redaktion", "The editors"):  # in every page's footer
        project.edit("content/story.yml", words, f"{words}, as ever,")
    began = time.monotonic()
    scene = Scene(
        built(project),
        other,
        bytes_of(other.site),
        bytes_of(project.site),
        time.monotonic() - began,
    )
    assert (
        sum(scene.old[name] != scene.new[name] for name in scene.old if name.endswith(".html")) > 20
    )
    return scene


@pytest.fixture
def scene(scenery: Scene) -> Scene:
    scenery.put_back()
    return scenery


def wait_for(scene: Scene, build: subprocess.Popen, pattern: str) -> None:
    """Until a build has made a file or folder beside the published one, or has ended."""
    while build.poll() is None and not list(scene.project.root.glob(pattern)):
        time.sleep(0.0005)


BEGUN, WHOLE = ".site.build-*", ".site.build-*/site/sitemap.xml"


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one_and_the_next_build_mends_the_rest(
    scene,
):
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    # Twenty moments of a whole build, and ten about the swap, which takes but a few thousandths of a second.
    for pattern, longest in [(BEGUN, scene.seconds)] * 20 + [(WHOLE, 0.02)] * 10:
        build, moment = scene.start(), moments.uniform(0, longest)
        wait_for(scene, build, pattern)
        time.sleep(moment)
        build.kill()
        build.wait()
        published = bytes_of(scene.project.site)
        assert published in (scene.old, scene.new), (seed, moment)
        if published == scene.new:
            scene.put_back()
    built(scene.project)
    assert bytes_of(scene.project.site) == scene.new
    assert left_overs(scene.project) == []


@pytest.mark.parametrize(
    "number, code", [(signal.SIGINT, 1), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_build_asked_to_end_cleans_up_after_itself(scene, number, code):
    for pattern, seconds in (
        (BEGUN, scene.seconds * 0.2),
        (BEGUN, scene.seconds * 0.6),
        (WHOLE, 0),
        (WHOLE, 0.005),
    ):
        build = scene.start()
        wait_for(scene, build, pattern)
        time.sleep(seconds)
        build.send_signal(number)
        assert build.wait(60) in (code, 0), scene.log()
        assert bytes_of(scene.project.site) in (scene.old, scene.new)
        assert left_overs(scene.project) == []
        assert "Traceback" not in scene.log()


def test_two_builds_at_once_do_not_mix(scene, tmp_path):
    site = tmp_path / "site"
    for _ in range(3):  # the first time where there is no site yet
        builds = [
            scene.start(project, "--site-dir", str(site))
            for project in (scene.project, scene.other)
        ]
        assert [build.wait(120) for build in builds] == [0, 0], scene.log()
        assert bytes_of(site) in (scene.old, scene.new)
        assert list(tmp_path.iterdir()) == [site]


@pytest.mark.parametrize("size", [4_000, 15_000, 30_000])
def test_files_that_cannot_grow_as_on_a_full_disk_stop_a_build(scene, size):
    words = scene.refused(
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    )
    assert "File too large" in words


@pytest.fixture
def mounted(tmp_path):
    """A function that mounts a file system, and the folder to mount it on; what may not be mounted skips the test."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(*arguments: str) -> Path:
        result = subprocess.run(
            ["mount", *arguments, str(folder)], capture_output=True, text=True, check=False
        )
        if result.returncode:
            pytest.skip(f"mounting needs root's rights: {result.stderr.strip()}")
        return folder

    yield mount
    subprocess.run(["umount", str(folder)], check=False, capture_output=True)


def test_a_full_disk_stops_a_build_and_leaves_the_site_that_is_on_it(scene, mounted):
    disk = mounted("-t", "tmpfs", "-o", "size=16m", "tmpfs")
    shutil.copytree(scene.other.site, disk / "site")
    room = shutil.disk_usage(disk).free
    needed = sum(path.stat().st_size for path in (disk / "site").rglob("*"))
    for part in (0.01, 0.2, 0.5, 0.9):
        with (disk / "ballast").open("wb") as ballast:
            ballast.write(bytes(int(room - part * needed)))
        assert "No space left on device" in scene.refused("--site-dir", str(disk / "site"))
        assert bytes_of(disk / "site") == scene.old
        assert sorted(path.name for path in disk.iterdir()) == ["ballast", "site"]


@pytest.mark.parametrize(
    "kind, words",
    [(["-t", "tmpfs", "tmpfs"], "another file system is mounted here"), (["--bind", "."], "busy")],
)
def test_a_site_that_is_the_root_of_a_file_system_cannot_be_exchanged(scene, mounted, kind, words):
    folder = mounted(*kind[:-1], str(scene.other.site) if kind[-1] == "." else kind[-1])
    before = bytes_of(folder)
    assert words in scene.refused("--site-dir", str(folder))
    assert bytes_of(folder) == before


def bound_by_permissions() -> None:
    """Take root's leave to write anywhere from a process about to begin, so that modes bind whoever runs the tests."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


@pytest.mark.parametrize("locked", ["", "site"])
def test_a_folder_that_cannot_be_written_stops_a_build(scene, tmp_path, locked):
    site = shutil.copytree(scene.other.site, tmp_path / "www" / "site")
    folder = site.parent / locked
    folder.chmod(0o555)
    try:
        assert "Permission denied" in scene.refused(
            "--site-dir", str(site), preexec_fn=bound_by_permissions
        )
        assert bytes_of(site) == scene.old
        assert list(site.parent.iterdir()) == [site]
        assert stat.S_IMODE(folder.stat().st_mode) == 0o555
    finally:
        folder.chmod(0o755)


def test_what_is_no_site_is_never_replaced_and_the_build_says_so(scene, tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "index.html").write_text("mine")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "link").symlink_to(tmp_path / "work")
    for name, words in (
        ("file", "is no folder"),
        ("work", "holds files, but no site"),
        ("loop", "is no folder"),
        ("link", "holds files, but no site"),
        ("file/site", "File exists"),
    ):
        printed = scene.refused("--site-dir", str(tmp_path / name))
        assert words in printed and str(tmp_path) in printed
    assert (
        (tmp_path / "file").read_text() == (tmp_path / "work" / "index.html").read_text() == "mine"
    )
    assert len(list(tmp_path.iterdir())) == 4


def test_a_site_that_is_a_symbolic_link_is_replaced_where_it_leads(scene, tmp_path):
    www = shutil.copytree(scene.other.site, tmp_path / "www")
    shutil.rmtree(scene.project.site)
    scene.project.site.symlink_to(www)
    try:
        built(scene.project)
        assert scene.project.site.is_symlink()
        assert bytes_of(www) == scene.new
        assert list(tmp_path.iterdir()) == [www]
    finally:
        scene.project.site.unlink()


@pytest.mark.parametrize("umask, mode", [(0o022, 0o755), (0o077, 0o700), (0o002, 0o775)])
def test_a_new_site_has_the_modes_that_its_builder_gives_to_new_folders(
    scene, tmp_path, umask, mode
):
    """And not those of the private folder in which it was built."""
    assert (
        scene.start(
            None, "--site-dir", str(tmp_path / "site"), preexec_fn=lambda: os.umask(umask)
        ).wait(60)
        == 0
    )
    modes = {
        stat.S_IMODE(path.stat().st_mode)
        for path in [tmp_path / "site", *(tmp_path / "site").rglob("*")]
    }
    assert modes == {mode, mode & 0o666}


def test_a_site_that_a_killed_build_left_astray_is_put_back_even_by_a_build_that_fails(scene):
    """Killed between the two renames, where the system cannot exchange folders."""
    left = scene.project.root / ".site.build-killed"
    left.mkdir()
    (left / "lock").touch()
    shutil.copytree(scene.other.site, left / "site")
    scene.project.site.rename(left / "old")
    scene.project.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    try:
        assert 'unknown entity "nobody"' in scene.refused()
    finally:
        scene.project.edit("content/facts/tramway.yml", "about: [nobody, ", "about: [")
