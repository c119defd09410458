"""The theme's styles that no page uses are left out: nobody can see the difference."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import Project, built, copy_of, served
from PIL import Image, ImageChops

VIEWS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PAGES = (
    "it/",
    "it/people/",
    "en/partnership/",
    "en/chips/",
    "it/ledger/?status=overtaken",
    "it/sources/",
    "en/glossary/",
    "it/timeline/",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with all of the theme's styles."""
    project = copy_of(tmp_path_factory.mktemp("whole") / "project")
    project.edit("mkdocs.yml", "prune: true", "prune: false")
    return built(project).site


def test_the_styles_left_out_are_most_of_the_themes(built_project: Project, whole: Path):
    sizes = [
        next(site.glob("assets/*/explainer.css")).stat().st_size
        for site in (built_project.site, whole)
    ]
    assert sizes[0] * 8 < sizes[1]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pixel_is_the_same_with_and_without_them(
    browser, built_project: Project, whole: Path, scheme: str, view: str
):
    context = browser.new_context(
        viewport=VIEWS[view], color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    with served(built_project.site) as pruned_site, served(whole) as whole_site:
        for path in PAGES:
            pictures = []
            for address in (pruned_site, whole_site):
                page.goto(address + path)
                page.keyboard.press("Tab")  # a focus is seen alike, too
                pictures.append(
                    Image.open(
                        io.BytesIO(
                            page.screenshot(full_page="ledger" not in path, animations="disabled")
                        )
                    ).convert("RGB")
                )
            assert pictures[0].size == pictures[1].size, path
            assert ImageChops.difference(*pictures).getbbox() is None, path
            assert len(pictures[0].getcolors(1 << 24)) > 20, path  # it is a picture of something
    context.close()


def test_the_search_dialog_looks_the_same_with_and_without_them(
    browser, built_project: Project, whole: Path
):
    context = browser.new_context(viewport=VIEWS["phone"], reduced_motion="reduce")
    page = context.new_page()
    pictures = []
    for site in (built_project.site, whole):
        with served(site) as address:
            page.goto(f"{address}it/")
            page.keyboard.press("/")
            page.keyboard.type("Tigris")
            page.wait_for_selector(".results a")
            page.locator("dialog input").evaluate("field => field.style.caretColor = 'transparent'")
            pictures.append(
                Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
            )
    assert ImageChops.difference(*pictures).getbbox() is None
    context.close()
