"""The same input gives the same bytes: on any day, on any machine, for anyone."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

import pytest

from support.files import bytes_of
from support.project import PROJECT, RICH_STORY, SECOND_STORY, Project, copy_of, environment

# Python runs a sitecustomize module before all else: here, one that sets the clock, or turns round the order of folders.
# The clock starts in the middle of a year, whatever the day, so that no year ends between two looks at it.
ANOTHER_DAY = """
import datetime, time
started = time.monotonic()
time.time = lambda: 2254046400 + time.monotonic() - started  # 5 June 2041
time.time_ns = lambda: int(time.time() * 1e9)
for name in ("gmtime", "localtime", "ctime"):
    setattr(time, name, lambda seconds=None, real=getattr(time, name): real(time.time() if seconds is None else seconds))
time.strftime = lambda form, when=None, real=time.strftime: real(form, when or time.localtime())
class Later(datetime.datetime):
    now = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    today = classmethod(lambda cls: cls.now())
    utcnow = classmethod(lambda cls: cls.now(datetime.timezone.utc).replace(tzinfo=None))
class LaterDate(datetime.date):
    today = classmethod(lambda cls: cls.fromtimestamp(time.time()))
datetime.datetime, datetime.date = Later, LaterDate
"""
ANOTHER_ORDER = """
import os
listdir, scandir = os.listdir, os.scandir
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
class Scan:
    def __init__(self, path="."):
        with scandir(path) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
    __iter__ = __enter__ = lambda self: self
    __next__ = lambda self: next(self.entries)
    __exit__ = lambda self, *error: None
    close = lambda self: None
os.scandir = Scan
"""


@dataclass
class Elsewhere:
    """What is different about another build: the environment, the way it is started, the folder it is in, a module that runs before it."""

    env: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] | None = None
    folder: str = "here"
    sitecustomize: str = ""
    touch: int | None = None  # when each file was changed, in seconds since 1970


def one_processor() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


ELSEWHERE = {
    "on another day": Elsewhere(sitecustomize=ANOTHER_DAY),
    "east of here": Elsewhere({"TZ": "Pacific/Kiritimati"}),
    "west of here, on another day": Elsewhere(
        {"TZ": "Pacific/Pago_Pago"}, sitecustomize=ANOTHER_DAY
    ),
    "without a locale": Elsewhere(
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ),
    "in another locale": Elsewhere(
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}
    ),
    "with other hashes": Elsewhere({"PYTHONHASHSEED": "1"}),
    "with still other hashes": Elsewhere({"PYTHONHASHSEED": "4294967295"}),
    "in another folder": Elsewhere(folder="à l’autre bout/du monde/site & co"),
    "from another folder": Elsewhere(before=lambda: os.chdir("/")),
    "under another umask": Elsewhere(before=lambda: os.umask(0o077)),
    "on one processor": Elsewhere(before=one_processor),
    "with files of 1980": Elsewhere(touch=315532800),
    "with files of 2100": Elsewhere(touch=4102444800),
    "with folders in another order": Elsewhere(sitecustomize=ANOTHER_ORDER),
    "where the environment names a date": Elsewhere({"SOURCE_DATE_EPOCH": "315532800"}),
    "where the environment names no date": Elsewhere({"SOURCE_DATE_EPOCH": "yesterday"}),
    "for somebody without a home": Elsewhere(
        {"HOME": "/nonexistent", "USER": "nobody", "XDG_CACHE_HOME": "/nonexistent"}
    ),
}
EVERYTHING = Elsewhere(
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"},
    one_processor,
    "à l’autre bout",
    ANOTHER_DAY + ANOTHER_ORDER,
    315532800,
)


def site_built(elsewhere: Elsewhere, story: Path, folder: Path) -> dict[str, str]:
    """The bytes of a story's site, built under other conditions."""
    project = copy_of(folder / elsewhere.folder / "project", story)
    for path in project.root.rglob("*") if elsewhere.touch is not None else ():
        os.utime(path, (elsewhere.touch, elsewhere.touch))
    run(
        elsewhere,
        folder,
        project.sources,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        str(project.root / "mkdocs.yml"),
    )
    return bytes_of(project.site)


def run(elsewhere: Elsewhere, folder: Path, sources: str, *command: str) -> str:
    """What Python prints under other conditions; it must not fail."""
    (folder / "sitecustomize.py").write_text(elsewhere.sitecustomize)
    env = environment(
        **{
            "EXPLAINER_SOURCES": sources,
            **elsewhere.env,
            "PYTHONPATH": f"{folder}{os.pathsep}{PROJECT / 'hooks'}",
        }
    )
    result = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=env,
        preexec_fn=elsewhere.before,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert result.returncode == 0, result.stdout
    return result.stdout.decode("utf-8", "replace")


@pytest.mark.build
@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_site_built_elsewhere_has_the_same_bytes(built_second_story: Project, tmp_path, where):
    here = bytes_of(built_second_story.site)
    assert {
        "facts.json",
        "fr/feed.xml",
        "fr/share.png",
        "fr/sitemap.xml.gz",
        "de/search/search_index.json",
    } <= set(here)
    there = site_built(ELSEWHERE[where], SECOND_STORY, tmp_path)
    assert {name for name in here | there if here.get(name) != there.get(name)} == set()


@pytest.mark.build
def test_rich_story_has_the_same_bytes_built_elsewhere(built_project: Project, tmp_path):
    here = bytes_of(built_project.site)
    there = site_built(EVERYTHING, RICH_STORY, tmp_path)
    assert {name for name in here | there if here.get(name) != there.get(name)} == set()


def test_the_conditions_are_different_indeed(tmp_path):
    program = "import time, datetime, os; print(datetime.date.today().year, time.localtime().tm_year, datetime.datetime.now().year, os.listdir(os.environ['EXPLAINER_SOURCES']))"
    for name in ("a", "b", "c"):
        (tmp_path / "files" / name).mkdir(parents=True)
    printed = run(
        Elsewhere(sitecustomize=ANOTHER_DAY + ANOTHER_ORDER),
        tmp_path,
        str(tmp_path / "files"),
        "-c",
        program,
    )
    assert printed.split("[")[0].split() == ["2041"] * 3
    assert printed.strip().endswith("['c', 'b', 'a']")


def test_what_is_packed_carries_the_contents_date(built_second_story: Project):
    """That of the newest entry of the story's change log."""
    update = max(
        line.split(": ")[1]
        for line in (SECOND_STORY / "content" / "updates.yml").read_text("utf-8").splitlines()
        if line.strip().startswith("date:")
    )
    for path in built_second_story.site.rglob("*.gz"):
        with gzip.open(path) as file:
            file.read()
            assert datetime.fromtimestamp(file.mtime, timezone.utc).date().isoformat() == update


@pytest.mark.build
@pytest.mark.parametrize(
    "typed, packed", [("1905-03-01", "1970-01-01"), ("2201-03-01", "2106-02-07")]
)
def test_date_beyond_packed_files_is_no_obstacle(second_story: Project, typed, packed):
    second_story.edit("content/updates.yml", "date: 2024-02-10", f"date: {typed}")
    result = second_story.build()
    assert result.returncode == 0, result.stdout
    with gzip.open(second_story.site / "fr" / "sitemap.xml.gz") as file:
        file.read()
        assert datetime.fromtimestamp(file.mtime, timezone.utc).date().isoformat() == packed
