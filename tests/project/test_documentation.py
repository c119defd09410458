"""The documentation says what is so."""

from __future__ import annotations

import re

import pytest

from explainer.rendering.edition import Edition
from explainer.rendering.page_view import PageView
from explainer.rendering.template_functions import template_functions
from explainer.schema.files import FILES
from explainer.story.loader import load_story
from explainer.story.passage_report import PassageReport
from support.project import PROJECT, RICH_STORY


def test_contributing_lists_exactly_what_a_template_can_ask_for():
    story, _ = load_story(RICH_STORY / "content")
    view = PageView(
        Edition(
            story,
            next(iter(story.languages.values())),
            {id: "" for id in story.pages},
            PassageReport(),
        ),
        story.pages["home"],
    )
    table = (
        (PROJECT / "CONTRIBUTING.md")
        .read_text("utf-8")
        .split("What a template can ask for:")[1]
        .split("## Code")[0]
    )
    assert set(re.findall(r"^\| `(\w+)", table, re.MULTILINE)) == set(
        template_functions(view, RICH_STORY / "docs")
    )


def test_contributing_names_every_content_file():
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    for name in (*FILES, "story.yml", "facts/*.yml"):
        assert f"`{name}`" in text, name


def test_every_command_of_the_makefile_has_a_line_of_help():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) == set(phony)


GUIDES = ("README.md", "CONTRIBUTING.md", "SECURITY.md")


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_commands_that_exist(guide):
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for command in re.findall(
        r"`(?:SITE_URL=\S+ )?make ([a-z-]+)", (PROJECT / guide).read_text("utf-8")
    ):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_files_that_exist(guide):
    named = re.findall(
        r"`((?:tests|hooks|docs|content|\.github)/[\w./-]*)`|\]\(([\w./-]+)\)",
        (PROJECT / guide).read_text("utf-8"),
    )
    assert named
    for path in map("".join, named):  # those of the content are the shipped story's
        assert path.startswith("content/") or (PROJECT / path).exists(), path


def test_a_command_is_written_as_it_can_be_typed():
    texts = [
        *(PROJECT / "hooks").rglob("*.py"),
        *(
            PROJECT / name
            for name in (
                "README.md",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "content/README.md",
                "Makefile",
            )
        ),
    ]
    for path in texts:
        assert not re.findall(
            r"(?<!\.venv/bin/)\bexplainer (?:check|schema|links|new|review|changes)\b",
            path.read_text("utf-8").replace("-m explainer", ""),
        ), path
