"""The project, and copies of it with a story to break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


SECOND_STORY = PROJECT / "tests" / "second_story"


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


def copy_of(root: Path, story: Path = PROJECT) -> Project:
    """A copy of the project, with another story's content and templates laid over it if one is given."""
    root.mkdir(parents=True)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    (root / "hooks").symlink_to(PROJECT / "hooks")
    shutil.copytree(story / "content", root / "content")
    shutil.copytree(PROJECT / "docs", root / "docs")
    if story != PROJECT:
        shutil.copytree(story / "docs", root / "docs", dirs_exist_ok=True)
        for template in (root / "docs").glob("*.md"):
            page = "home" if template.stem == "index" else template.stem
            if f"\n{page}:" not in "\n" + (root / "content" / "pages.yml").read_text("utf-8"):
                template.unlink()
    return Project(root, str(story / "sources") if story != PROJECT else SOURCES)


def built(project: Project) -> Project:
    result = project.build("--strict")
    assert result.returncode == 0, result.stdout
    return project
