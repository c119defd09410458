"""Questions asked of the story that the repository ships; skipped when another is in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from explainer.story.loader import load_story
from explainer.story.story import Story
from support.project import PROJECT, Project, built, copy_of

TITLE = "Altman, Microsoft, OpenAI"


@pytest.fixture(scope="session")
def story() -> Story:
    """The shipped story."""
    story, _ = load_story(PROJECT / "content")
    return story


@pytest.fixture(autouse=True)
def only_the_shipped_story(story: Story) -> None:
    """Skip a test when `content/` tells another story."""
    titles = {str(story.settings.title[language]) for language in story.languages}
    if titles != {TITLE}:
        pytest.skip(f"content/ tells another story: {', '.join(sorted(titles))}; not {TITLE}")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh copy of the project with the shipped story, to break."""
    return copy_of(tmp_path / "project", PROJECT)


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The shipped story, built once a worker, strict. Tests only look at it."""
    return built(copy_of(tmp_path_factory.mktemp("shipped") / "project", PROJECT))
