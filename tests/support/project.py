"""The project, and copies of it with a story to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


# Two stories that the tests bring along: one invented, in three languages; one frozen, with every
# kind of record and page. Neither changes when the shipped story does.
SECOND_STORY = PROJECT / "tests" / "second_story"
RICH_STORY = PROJECT / "tests" / "rich_story"


# Copies of the sources are never in the repository; where they lie at hand, passages are checked against them.
TEST_PATH = os.pathsep.join(str(PROJECT / name) for name in ("hooks", "tests"))
SOURCES = os.environ.get("EXPLAINER_SOURCES", "")


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PROJECT / "hooks"), **more}


@dataclass
class Project:
    """A project on disk, with the real hooks."""

    root: Path
    sources: str = ""

    @property
    def site(self) -> Path:
        return self.root / "site"

    def build(self, *options: str) -> subprocess.CompletedProcess:
        """Run `mkdocs build` as an editor would; the output is in `.stdout`, both streams together."""
        command = [sys.executable, "-m", "mkdocs", "build", *options]
        return self.run(command)

    def check(self, *options: str) -> subprocess.CompletedProcess:
        """Run `explainer check`."""
        return self.run([sys.executable, "-m", "explainer", "check", *options])

    def run(self, command: list[str], **more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command,
            cwd=self.root,
            env=environment(EXPLAINER_SOURCES=self.sources, **more),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` in a file by `new`, and insist that it is there."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), "utf-8")


def copy_of(root: Path, story: Path = RICH_STORY) -> Project:
    """Copy the project, with a story of the tests' own in the place of the shipped one.

    Styles and scripts are the project's, templates the story's. A page for which the story has no
    template has the rich story's.

    Args:
        root: The folder to make.
        story: A folder with `content/` and `docs/`; `PROJECT` for the shipped story.
    """
    root.mkdir(parents=True)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    (root / "hooks").symlink_to(PROJECT / "hooks")
    shutil.copytree(story / "content", root / "content")
    if story == PROJECT:
        shutil.copytree(PROJECT / "docs", root / "docs")
        return Project(root, SOURCES)
    shutil.copy(PROJECT / "content" / "README.md", root / "content")
    own = shutil.ignore_patterns("pictures")
    shutil.copytree(PROJECT / "docs" / "assets", root / "docs" / "assets", ignore=own)
    pages = (root / "content" / "pages.yml").read_text("utf-8")
    for template in (RICH_STORY / "docs").glob("*.md"):
        page = "home" if template.stem == "index" else template.stem
        if f"\n{page}:" in f"\n{pages}":
            shutil.copy(template, root / "docs")
    shutil.copytree(story / "docs", root / "docs", dirs_exist_ok=True)
    sources = story / "sources"
    return Project(root, str(sources) if sources.is_dir() else "")


def built(project: Project) -> Project:
    result = project.build("--strict")
    assert result.returncode == 0, result.stdout
    return project
