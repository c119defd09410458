"""The shipped story: whole, light, and named by no line of code."""

from __future__ import annotations

import pytest

from explainer.checks.run import load_checked
from explainer.story.story import Story
from support.bench import first_view
from support.project import PROJECT, Project
from support.words import lines_that_name, long_runs, names_of

BUDGET = 32 * 1024  # bytes of a page with styles and script, compressed
SITE_BUDGET = 16 * 1024 * 1024  # bytes of the whole site


def test_content_has_no_problems() -> None:
    assert load_checked(PROJECT / "content", PROJECT / "docs")[2] == []


@pytest.mark.build
def test_site_is_built_in_every_language(built_project: Project, story: Story) -> None:
    for language in story.languages:
        assert (built_project.site / language / "index.html").is_file()


@pytest.mark.build
def test_every_page_but_the_ledger_and_sources_is_light(
    built_project: Project, story: Story
) -> None:
    """The ledger and the sources hold every fact and every source, and grow with them."""
    pages = [
        f"{language}/{'' if id == 'home' else id}"
        for language in story.languages
        for id in story.pages
        if id not in ("ledger", "sources")
    ]
    heavy = {page: first_view(built_project.site, page) for page in pages}
    assert {page: bytes for page, bytes in heavy.items() if bytes > BUDGET} == {}


@pytest.mark.build
def test_site_fits_into_its_budget(built_project: Project) -> None:
    sizes = (path.stat().st_size for path in built_project.site.rglob("*") if path.is_file())
    assert sum(sizes) <= SITE_BUDGET


@pytest.mark.build
def test_no_file_quotes_a_source_at_length(built_project: Project) -> None:
    """No built file holds more than eight words in a row of a source at hand."""
    if not built_project.sources:
        pytest.skip("no copies of the sources at hand (EXPLAINER_SOURCES)")
    assert long_runs(built_project) == []


def test_code_does_not_name_the_story(story: Story) -> None:
    assert lines_that_name(names_of(story)) == []
