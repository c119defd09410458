"""Anyone can read it: axe-core finds nothing, keyboard and print work, nothing depends on scripts."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe

from explainer.story.loader import load_story
from support.project import RICH_STORY

STORY, _ = load_story(RICH_STORY / "content")
LANGUAGES = list(STORY.languages)
PAGES = [(id, "" if id == "home" else f"{id}/") for id in STORY.pages]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
VIEWS = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
SCREENSHOTS = os.environ.get(
    "EXPLAINER_SCREENSHOTS"
)  # a folder for screenshots of every page, as CI keeps them


def violations(page, rules: dict = RULES) -> list[tuple[str, list]]:
    """The rules of axe-core that a page breaks, each with its first places."""
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for rule in Axe().run(page, options=rules).response["violations"]
    ]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(browser, address, language, view):
    """A page is loaded once for both schemes.

    In the dark one, colours alone are other ones, and the same in every language.
    """
    context = browser.new_context(viewport=VIEWS[view], color_scheme="light")
    page = context.new_page()
    for id, path in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}{language}/{path}")
        paper = page.evaluate(BACKGROUND)
        assert violations(page) == [], (id, "light")
        picture(page, f"{language}-{id}-{view}-light")
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(BACKGROUND) != paper
        if language == LANGUAGES[0]:
            assert violations(page, COLOURS) == [], (id, "dark")
        picture(page, f"{language}-{id}-{view}-dark")
    context.close()


def picture(page, name: str) -> None:
    """Keep a screenshot of a page, where a folder for it is named."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_root_and_not_found_pages(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.route(
        address,
        lambda route: route.fulfill(
            body=re.sub("location.replace.*", "", urlopen(address).read().decode()),
            content_type="text/html",
        ),
    )  # which leads on at once
    for path in ("", "404.html", *(f"{language}/404.html" for language in LANGUAGES)):
        page.goto(f"{address}{path}")
        assert violations(page) == [], path
        assert (
            page.evaluate(
                "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor"
            ).find("rgb(22, 24, 27)")
            >= 0
            or scheme == "light"
        )
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stop_of_the_tab_key_can_be_seen(page, address, language):
    page.goto(f"{address}{language}/people/")
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
              const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect()
              return at === document.body || (style.outlineStyle !== "none" && box.width > 0 && box.height > 0 && box.right > 0)
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_first_tab_stop_skips_to_the_text(page, address):
    page.goto(f"{address}{LANGUAGES[0]}/people/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#page:main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_at_twice_its_size_does_not_scroll_sideways(page, address, language, width):
    page.set_viewport_size({"width": width, "height": 800})
    for id, path in PAGES:
        page.goto(f"{address}{language}/{path}")
        page.evaluate("document.documentElement.style.fontSize = '250%'")  # the theme's own is 125%
        assert page.evaluate("document.documentElement.scrollWidth") <= width, id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_paragraph_and_no_box_is_empty(browser, address, language):
    """A block inside a paragraph, say, ends it: what is left of it is empty."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for id, path in PAGES:
        page.goto(f"{address}{language}/{path}")
        empty = page.locator("main :is(p, div, section, ul, ol, dl, table, figure):empty").all()
        assert [
            box.evaluate("it => it.parentElement.outerHTML.slice(0, 120)") for box in empty
        ] == [], id
    context.close()


def test_all_that_is_read_with_scripts_is_there_without(browser, address):
    texts = {}
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        for id, path in PAGES:
            page.goto(f"{address}{LANGUAGES[0]}/{path}")
            for form in page.locator(".filters").all():
                assert form.is_visible() == scripts
            texts[scripts, id] = page.locator("main > article").inner_text()
        context.close()
    for id, _ in PAGES:
        if id != "ledger":
            assert texts[True, id] == texts[False, id], id


def test_paper_is_white_whichever_colours_the_reader_chose(page, address):
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}{LANGUAGES[0]}/")
    page.click(".scheme")
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 27, 24)"


@pytest.mark.parametrize(
    "path", [path for id, path in PAGES if id != "ledger"]
)  # which is everything, twice
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_prints_as_a_paper_without_navigation(browser, address, language, path):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}{language}/{path}")
    page.emulate_media(media="print")
    for hidden in (".masthead__pages", ".languages", ".tools"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(
        "article :is(.citations li, .sources, .on-paper, .entity)"
    ).first.is_visible()
    pdf = page.pdf(prefer_css_page_size=True, format="A4")
    assert 2 <= pdf.count(b"/Type /Page\n") <= 4
    context.close()


def test_quotes_and_foreign_words_say_their_language(page, address):
    page.goto(f"{address}{LANGUAGES[0]}/people/")
    assert page.locator("blockquote").count() == len(STORY.quotes)
    for quote in page.locator("blockquote p").all():
        assert quote.get_attribute("lang")
    for passage in page.locator(".passage").all():
        assert passage.get_attribute("lang")


def test_each_page_has_what_it_needs_to_be_shared(page, address, built_project):
    for language in LANGUAGES:
        image = built_project.site / language / "share.png"
        assert image.read_bytes()[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
        for _, path in PAGES:
            page.goto(f"{address}{language}/{path}")
            for name in (
                "og:title",
                "og:description",
                "og:url",
                "og:image",
                "og:locale",
                "og:image:alt",
            ):
                assert page.get_attribute(f'meta[property="{name}"]', "content"), (path, name)
            assert page.get_attribute('meta[property="og:image"]', "content").endswith(
                f"/{language}/share.png"
            )
