"""Whatever befalls a real build, the published folder holds the old site or the new one, whole, and the reason is told in words."""

from __future__ import annotations

import ctypes
import functools
import os
import resource
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.files import bytes_of, left_overs
from support.project import PROJECT, SECOND_STORY, Project, built, copy_of, environment

pytestmark = pytest.mark.build


CAP_DAC_OVERRIDE, PR_CAPBSET_DROP = 1, 24


@dataclass
class Scene:
    """A project whose published site is older than its content, another with the older content, and the bytes of both sites."""

    project: Project
    other: Project
    old: dict[str, str]
    new: dict[str, str]

    def put_back(self) -> None:
        shutil.rmtree(self.project.site, ignore_errors=True)
        shutil.copytree(self.other.site, self.project.site)

    def start(
        self,
        project: Project | None = None,
        *options: str,
        program: Sequence[str] = ("-m", "mkdocs"),
        command: str = "build",
        preexec_fn: Callable[[], object] | None = None,
        **env: str,
    ) -> subprocess.Popen:
        """Begin a build; what it prints goes to build.log."""
        project = project or self.project
        with (project.root / "build.log").open("w") as log:
            return subprocess.Popen(
                [sys.executable, *program, command, "--strict", *options],
                cwd=project.root,
                env=environment(EXPLAINER_SOURCES=project.sources, **env),
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=preexec_fn,
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
    scene = Scene(
        built(project),
        other,
        bytes_of(other.site),
        bytes_of(project.site),
    )
    assert (
        sum(scene.old[name] != scene.new[name] for name in scene.old if name.endswith(".html")) > 20
    )
    return scene


@pytest.fixture
def scene(scenery: Scene) -> Scene:
    scenery.put_back()
    return scenery


def struck(scene: Scene, number: int, moment: str | int) -> int:
    """Send a build a signal at a moment (see strike.py), and again and again; return its exit code."""
    program = [
        str(PROJECT / "tests" / "support" / "strike.py"),
        str(int(number)),
        str(moment),
        "mkdocs",
    ]
    return scene.start(program=program).wait(120)


# The audit event, and whether a build publishes although it is asked to end then.
MOMENTS = {
    "begun": ("open *.build-*/lock *", False),
    "first page": ("open *.build-*/trees/*/index.html *", False),
    "last file": ("open *.build-*/site/sitemap.xml *", False),
    "exchange": ("ctypes.dlsym * renameat2", True),
    "removal": ("os.rmdir *.build-*", True),
    "finalization": ("finalization", True),
}


def test_a_build_killed_at_any_step_leaves_a_whole_site(scene):
    """And the next build removes the rest. Each step is twice as far as the one before."""
    steps, code = 1, -signal.SIGKILL
    while code:
        code = struck(scene, signal.SIGKILL, steps)
        assert code in (0, -signal.SIGKILL), scene.log()
        published = bytes_of(scene.project.site)
        assert published in (scene.old, scene.new), steps
        if published == scene.new:
            scene.put_back()
        steps *= 2
    assert steps > 100
    built(scene.project)
    assert bytes_of(scene.project.site) == scene.new
    assert left_overs(scene.project) == []


@pytest.mark.parametrize("called", ["exchange", "removal"])
def test_a_build_killed_at_a_moment_leaves_a_whole_site(scene, called):
    """The exchange itself is one call, which test_swap.py interrupts at every step."""
    assert struck(scene, signal.SIGKILL, MOMENTS[called][0]) == -signal.SIGKILL, scene.log()
    assert bytes_of(scene.project.site) == (scene.new if called == "removal" else scene.old)
    assert left_overs(scene.project) != []
    built(scene.project)
    assert left_overs(scene.project) == []


@pytest.mark.parametrize(
    "number, called",
    [(signal.SIGTERM, called) for called in MOMENTS]
    + [
        (number, called)
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGXCPU)
        for called in ("first page", "finalization")
    ],
)
def test_a_build_asked_to_end_cleans_up_after_itself(scene, number, called):
    """However often it is asked. A build that has published says so, and exits with 0."""
    moment, published = MOMENTS[called]
    code = struck(scene, number, moment)
    last = scene.log().splitlines()[-1]
    if published:
        assert (code, last) == (0, "INFO    -  site: 3 languages, 6 pages each"), scene.log()
        assert bytes_of(scene.project.site) == scene.new
    else:
        assert code == 128 + number, scene.log()
        assert last == f"ERROR   -  {number.name} received: nothing was published"
        assert bytes_of(scene.project.site) == scene.old
    assert left_overs(scene.project) == []
    assert "Traceback" not in scene.log() and "Exception ignored" not in scene.log()


LIBRARY = """
import os, signal
def on_pre_build(config):
    try:
        signal.raise_signal(signal.SIGTERM)
    except SystemExit:
        {does}
"""


@pytest.mark.parametrize("does", ["pass", "raise RuntimeError from None"])
def test_a_build_ends_although_a_library_catches_the_exception(second_story, does):
    """Of a signal, which is raised wherever the build is."""
    (second_story.root / "library.py").write_text(LIBRARY.format(does=does))
    second_story.edit("mkdocs.yml", "[hooks/site.py]", "[hooks/site.py, library.py]")
    result = second_story.build("--strict")
    assert result.returncode == 143, result.stdout
    assert "SIGTERM received: nothing was published" in result.stdout
    assert "Traceback" not in result.stdout
    assert not second_story.site.exists() and left_overs(second_story) == []


def test_a_signal_ignored_by_the_parent_process_stays_so(scene):
    """As under nohup."""
    ignore = functools.partial(signal.signal, signal.SIGHUP, signal.SIG_IGN)
    program = [
        str(PROJECT / "tests" / "support" / "strike.py"),
        str(int(signal.SIGHUP)),
        "1",
        "mkdocs",
    ]
    assert scene.start(program=program, preexec_fn=ignore).wait(120) == 0, scene.log()
    assert bytes_of(scene.project.site) == scene.new


def test_a_deployment_can_be_ended_after_the_build(scene, tmp_path):
    """A push that waits for a password, say: Git stands for one that is asked to end."""
    git = tmp_path / "git"
    git.write_text("#!/bin/sh\nkill -TERM $PPID\n")
    git.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    process = scene.start(program=["-m", "mkdocs"], command="gh-deploy", PATH=path)
    assert process.wait(120) == -signal.SIGTERM, scene.log()
    assert bytes_of(scene.project.site) == scene.new


@pytest.mark.parametrize("options", [[], ["--clean"]])
def test_a_preview_ends_on_ctrl_c(scene, options):
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:0", *options]
    with subprocess.Popen(
        command, cwd=scene.project.root, env=environment(), stderr=subprocess.PIPE, text=True
    ) as preview:
        assert any("Serving on" in line for line in preview.stderr)
        preview.send_signal(signal.SIGINT)
        printed = preview.stderr.read()
    assert preview.returncode == 0, printed
    assert "Shutting down" in printed and "Traceback" not in printed


def test_what_cannot_be_removed_is_named_until_removed(scene):
    folder = scene.project.site / "en"
    folder.chmod(0o555)
    for _ in range(2):
        assert scene.start(preexec_fn=bound_by_permissions).wait(120) == 0, scene.log()
        assert bytes_of(scene.project.site) == scene.new
        [left] = left_overs(scene.project)
        message, where = scene.log().splitlines()[-2:]
        assert f"{left} could not be removed" in message and "Permission denied" in message
        assert message.startswith("WARNING") and message.endswith("the next build tries again")
        assert where == "INFO    -  site: 3 languages, 6 pages each"
    (scene.project.root / left / "site" / "en").chmod(0o755)
    assert scene.start(preexec_fn=bound_by_permissions).wait(120) == 0, scene.log()
    assert "could not be removed" not in scene.log()
    assert left_overs(scene.project) == []


def test_a_build_that_fails_names_what_it_cannot_remove(scene):
    left = scene.project.root / ".site.build-killed"
    shutil.copytree(scene.other.site, left)
    (left / "en").chmod(0o555)
    scene.project.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    try:
        assert scene.start(preexec_fn=bound_by_permissions).wait(120) == 1
        assert f"{left} could not be removed" in scene.log()
        assert "Traceback" not in scene.log()
    finally:
        scene.project.edit("content/facts/tramway.yml", "about: [nobody, ", "about: [")
        shutil.rmtree(left)


def test_few_file_descriptors_are_enough(scene):
    few = functools.partial(resource.setrlimit, resource.RLIMIT_NOFILE, (8, 8))
    assert scene.start(preexec_fn=few).wait(120) == 0, scene.log()
    assert bytes_of(scene.project.site) == scene.new
    assert left_overs(scene.project) == []


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
def test_files_that_cannot_grow_stop_a_build(scene, size):
    """As on a full disk."""
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


def test_full_disk_stops_a_build_and_keeps_the_site(scene, mounted):
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
def test_root_of_a_file_system_cannot_be_exchanged(scene, mounted, kind, words):
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


def test_folder_that_is_no_site_is_never_replaced_and_reported(scene, tmp_path):
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


def test_symbolic_link_to_a_site_is_followed(scene, tmp_path):
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
def test_new_site_has_the_modes_of_new_folders(scene, tmp_path, umask, mode):
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


def test_next_build_restores_a_site_left_astray(scene):
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
