"""The guide's recipes, followed by the letter."""

from __future__ import annotations

import re
import sys

import pytest
from PIL import Image

from support.project import PROJECT, Project

pytestmark = pytest.mark.slow


GUIDE = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(
    r"```yaml\n# (content/[\w/.-]+)(: a sentence of prose)?\n(.*?)```", GUIDE, re.DOTALL
)


@pytest.mark.build
def test_records_of_the_recipes_can_be_added_as_written(project: Project):
    assert len(BLOCKS) == 7
    pictures = project.root / "docs" / "assets" / "pictures"
    pictures.mkdir(exist_ok=True)
    Image.new("RGB", (4, 3)).save(pictures / "bridge.jpg")
    for file, sentence, record in BLOCKS:
        path = project.root / file
        text = path.read_text("utf-8") if path.exists() else ""
        if sentence:
            assert "      prose:\n" in text
            path.write_text(text.replace("      prose:\n", f"      prose:\n{record}", 1), "utf-8")
        else:
            path.write_text(f"{text.rstrip()}\n\n{record}", "utf-8")
    story = project.root / "content" / "story.yml"
    story.write_text(
        re.sub(r"(?m)^checked: \S+", "checked: 2026-12-31", story.read_text("utf-8")), "utf-8"
    )
    result = project.check()
    assert result.returncode == 0, result.stdout
    assert project.build("--strict").returncode == 0
    for language in ("it", "en"):
        assert 'id="pachocki-chief-scientist"' in (
            project.site / language / "ledger" / "index.html"
        ).read_text("utf-8")
        assert "Jakub Pachocki" in (project.site / language / "feed.xml").read_text("utf-8")


def example(note: str) -> str:
    """The block of the guide whose heading says so."""
    return re.search(rf"```yaml\n# content/[^\n]*: {note}\n(.*?)```", GUIDE, re.DOTALL)[1]


def test_overtaken_state_of_the_recipe_is_valid_as_written(project: Project):
    key = example("a key of the plan or state that has ended")
    text = (project.root / "content/facts/people.yml").read_text("utf-8")
    state = re.search(r"^  status: announced\n  date: .*\n(  overtaken: .*\n)", text, re.MULTILINE)
    (project.root / "content/facts/people.yml").write_text(text.replace(state[1], key, 1), "utf-8")
    result = project.check()
    assert result.returncode == 0, result.stdout


def test_passage_of_the_recipe_is_looked_up_in_the_copy(project: Project, tmp_path):
    test_records_of_the_recipes_can_be_added_as_written(project)
    project.edit(
        "content/sources.yml",
        "ai-business-pachocki:\n",
        "ai-business-pachocki:\n  text: ai-business-pachocki.txt\n",
    )
    project.edit(
        "content/facts/since.yml", "    - source: ai-business-pachocki\n", example("a citation")
    )
    copies = tmp_path / "copies"
    copies.mkdir()
    for sixth, end in (("Some first words and the last words.", 0), ("Other words.", 1)):
        (copies / "ai-business-pachocki.txt").write_text(
            "A.\n\nB.\nC.\nD.\nE.\n" + sixth + "\n", "utf-8"
        )
        result = project.run([sys.executable, "-m", "explainer", "check", "--sources", str(copies)])
        assert result.returncode == end, result.stdout
    assert 'in paragraph 6, "first words"' in result.stdout


def test_quote_of_the_guide_is_in_the_content():
    assert example("a quote that is there") in (PROJECT / "content" / "quotes.yml").read_text(
        "utf-8"
    )


def test_the_commands_of_the_recipes_are_the_commands_there_are(project: Project):
    commands = re.findall(r"explainer (\w+)", GUIDE)
    assert set(commands) == {"new", "review", "changes"}
    for kind in ("fact", "person"):
        arguments = [
            "new",
            kind,
            f"quite-new-{kind}",
            *(["--subject", "since"] if kind == "fact" else []),
        ]
        assert project.run([sys.executable, "-m", "explainer", *arguments]).returncode == 0
