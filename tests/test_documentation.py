"""The documentation says what is so."""

from __future__ import annotations

import re

from conftest import PROJECT

from explainer.edition import Edition
from explainer.passages import Report
from explainer.render import functions
from explainer.story import FILES, load
from explainer.view import PageView


def test_contributing_lists_exactly_what_a_template_can_ask_for():
    story, _ = load(PROJECT / "content")
    view = PageView(Edition(story, next(iter(story.tongues.values())), {id: "" for id in story.pages}, Report()), story.pages["home"])
    table = (PROJECT / "CONTRIBUTING.md").read_text("utf-8").split("What a template can ask for:")[1].split("## Code")[0]
    assert set(re.findall(r"^\| `(\w+)", table, re.MULTILINE)) == set(functions(view))


def test_contributing_names_every_content_file():
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    for name in (*FILES, "story.yml", "facts/*.yml"):
        assert f"`{name}`" in text, name


def test_every_command_of_the_makefile_has_a_line_of_help():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) == set(phony)


def test_the_readme_names_commands_that_exist():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for command in re.findall(r"make ([a-z]+)", (PROJECT / "README.md").read_text("utf-8")):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command


def test_a_command_is_written_as_it_can_be_typed():
    texts = [*(PROJECT / "hooks").rglob("*.py"), *(PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "content/README.md", "Makefile"))]
    for path in texts:
        assert not re.findall(r"(?<!\.venv/bin/)\bexplainer (?:check|schema|links|new|review|changes)\b", path.read_text("utf-8").replace("-m explainer", "")), path
