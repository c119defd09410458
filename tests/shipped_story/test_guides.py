"""What guides and editors' settings say of the shipped story's files."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from support.project import PROJECT, SECOND_STORY, Project


@pytest.mark.parametrize("guide", ["README.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_a_guide_names_files_of_the_content_that_exist(guide):
    named = re.findall(r"`(content/[\w./-]*)`", (PROJECT / guide).read_text("utf-8"))
    assert [path for path in named if not (PROJECT / path).exists()] == []


def test_every_content_file_names_its_schema_for_editors():
    settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    for path in sorted((PROJECT / "content").rglob("*.yml")):
        name = "facts" if path.parent.name == "facts" else path.stem
        first = path.read_text("utf-8").splitlines()[0]
        address = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)[1]
        assert (path.parent / address).resolve() == PROJECT / ".schema" / f"{name}.json"
        assert settings[f".schema/{name}.json"] in (f"content/{path.name}", "content/facts/*.yml")


@pytest.mark.build
def test_readme_steps_to_another_story_work_as_written(project: Project):
    commands = (
        (PROJECT / "README.md")
        .read_text("utf-8")
        .split("## Another story")[1]
        .split("```sh\n")[1]
        .split("```")[0]
    )
    *steps, build = commands.replace("tests/second_story", str(SECOND_STORY)).strip().split("\n")
    for step in steps:
        subprocess.run(step, shell=True, cwd=project.root, check=True)
    assert build == f"make site SOURCES={SECOND_STORY / 'sources'}"
    project.sources = str(SECOND_STORY / "sources")
    result = project.build("--strict")
    assert result.returncode == 0, result.stdout
    assert {path.name for path in project.site.iterdir() if len(path.name) == 2} == {
        "fr",
        "de",
        "en",
    }
    home = (project.site / "en" / "index.html").read_text("utf-8")
    assert "Ostrevange" in home and "OpenAI" not in home
