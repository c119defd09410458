"""What a page weighs: bytes are exact, so that a page that grows past its budget fails here."""

from __future__ import annotations

import re

import pytest

from explainer.story.loader import load_story
from support.bench import first_view, grown
from support.project import RICH_STORY, Project

STORY, _ = load_story(RICH_STORY / "content")
BUDGET = 18 * 1024
HEADERS = 3 * 256  # what a plain host sends before the bytes of page, styles and script


@pytest.mark.parametrize("language", STORY.languages)
@pytest.mark.parametrize(
    "page", [id for id in STORY.pages if id != "ledger"]
)  # which is everything, twice
def test_first_view_of_a_page_stays_within_its_budget(
    built_project: Project, language: str, page: str
):
    """The budget is a third of the lightest peer's."""
    assert (
        first_view(built_project.site, f"{language}/{'' if page == 'home' else page}") + HEADERS
        <= BUDGET
    )


def test_page_loads_only_styles_and_one_script_at_once(built_project: Project):
    for language in STORY.languages:
        for page in STORY.pages:
            html = (
                built_project.site / language / ("" if page == "home" else page) / "index.html"
            ).read_text("utf-8")
            loaded = re.findall(
                r'<link rel="stylesheet" href="[^"]*/([^"/]+)"|<script src="[^"]*/([^"/]+)"|<img',
                html,
            )
            names = {name for pair in loaded for name in pair if name}
            assert names == {"explainer.css", "explainer.js"} | (
                {"ledger.css", "ledger.js"} if page == "ledger" else set()
            )


def test_all_languages_share_one_folder_of_assets(built_project: Project):
    site = built_project.site
    assert len(list((site / "assets").iterdir())) == 1
    for language in STORY.languages:
        assert not (site / language / "assets").exists()


def test_the_whole_site_fits_into_four_megabytes(built_project: Project):
    assert (
        sum(path.stat().st_size for path in built_project.site.rglob("*") if path.is_file())
        <= 4 * 1024 * 1024
    )


@pytest.mark.slow
def test_story_grown_by_the_benchmark_can_be_built(tmp_path):
    project = grown(tmp_path / "grown", 300)
    result = project.check()
    assert result.returncode == 0, result.stdout
    assert "300 facts" in result.stdout
