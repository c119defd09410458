"""The site in a browser, as a reader meets it."""

from __future__ import annotations

import pytest

from explainer.story.loader import load_story
from support.project import RICH_STORY

STORY, _ = load_story(RICH_STORY / "content")
LANGUAGES = list(STORY.languages)
FACT = next(iter(STORY.facts))


def search(page, address: str, language: str, words: str) -> list[str]:
    """What a reader finds who types some words: the addresses of the results."""
    page.goto(f"{address}{language}/")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_selector(".results a", timeout=10_000)
    return page.eval_on_selector_all(".results a", "links => links.map(link => link.href)")


@pytest.mark.parametrize("locale, language", [("it-IT", "it"), ("en-US", "en"), ("fr-FR", "it")])
def test_root_leads_to_the_language_of_reader_or_story(browser, address, locale, language):
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(address)
    page.wait_for_url(f"{address}{language}/")
    context.close()


@pytest.mark.parametrize(
    "rest", ["?q=chip", "?utm_source=a&utm_campaign=b%20c", "#question", "?q=a%26b#question", ""]
)
def test_the_root_keeps_query_and_place(page, address, rest):
    page.goto(f"{address}{rest}")
    page.wait_for_url(f"{address}{LANGUAGES[0]}/{rest}")


def test_the_root_offers_every_language_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.eval_on_selector_all(
        "a", "links => links.map(link => link.getAttribute('href'))"
    ) == [f"{language}/" for language in LANGUAGES]
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_switch_keeps_the_page(browser, address, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    for id in STORY.pages:
        path = "" if id == "home" else f"{id}/"
        page.goto(f"{address}{LANGUAGES[0]}/{path}")
        page.click(f".languages a[hreflang={LANGUAGES[1]}]")
        assert page.url == f"{address}{LANGUAGES[1]}/{path}"
    context.close()


def test_the_language_switch_keeps_the_place_on_the_page(page, address):
    page.goto(f"{address}{LANGUAGES[0]}/ledger/#{FACT}")
    page.click(f".languages a[hreflang={LANGUAGES[1]}]")
    assert page.url == f"{address}{LANGUAGES[1]}/ledger/#{FACT}"


@pytest.mark.parametrize(
    "typed, word", [("accordo", "accordo"), ("societa", "società"), ("accordi", "accordo")]
)
def test_search_handles_apostrophes_accents_and_number(page, address, typed, word):
    assert any(
        word in term.definition["it"]
        or word in " ".join(f.text["it"] for f in STORY.facts.values())
        for term in STORY.terms.values()
    )
    results = search(page, address, "it", typed)
    assert results
    assert all("/it/" in result for result in results)


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_is_loaded_on_demand_and_loses_no_key(browser, address, language):
    context = browser.new_context()
    page = context.new_page()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{address}{language}/")
    page.wait_for_load_state("networkidle")
    assert not any("search" in url for url in requested)
    held = []
    page.route("**/search.js", lambda route: held.append(route))  # a slow network
    with page.expect_request("**/search.js"):
        page.keyboard.press("s")
    page.keyboard.type("Tigris")
    page.route("**/search.js", lambda route: route.continue_())
    for script in held:
        script.continue_()
    page.wait_for_selector(".results a")
    assert page.input_value(".finder input") == "Tigris"
    assert page.locator(".results a").count() >= 2
    assert "Tigris" in page.locator(".results mark").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{language}/*/#*")
    context.close()


def test_an_address_may_bring_the_words_to_search_for_along(page, address):
    page.goto(f"{address}{LANGUAGES[1]}/people/?q=Tigris")
    page.wait_for_selector(".results a")
    assert page.input_value(".finder input") == "Tigris"


def test_search_dialog_closes_with_escape_and_returns_focus(page, address):
    page.goto(f"{address}{LANGUAGES[0]}/")
    page.click("button.search")
    assert page.locator("dialog.finder").is_visible()
    page.keyboard.type("zzzz")
    page.wait_for_selector(".finder [role=status]:not(:empty)")
    assert (
        page.locator(".finder [role=status]").inner_text()
        == STORY.phrases["search-none"].text[LANGUAGES[0]]
    )
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")  # the first empties the field
    assert not page.locator("dialog.finder").is_visible()
    assert page.evaluate("document.activeElement.className") == "search"


@pytest.mark.parametrize("first", ["key", "click"])
def test_input_before_the_script_loads_is_replayed(browser, address, first):
    context = browser.new_context()
    page = context.new_page()
    held = []
    page.route("**/explainer.js", lambda route: held.append(route))
    with page.expect_request("**/explainer.js"):
        page.goto(f"{address}{LANGUAGES[1]}/", wait_until="commit")
    page.wait_for_selector("button.search")
    if first == "key":
        page.keyboard.type("/Tigris")
    else:
        page.click("button.search", no_wait_after=True)
        page.keyboard.type("Tigris")
    assert not page.locator("dialog.finder").is_visible()
    [script] = held
    script.continue_()
    page.wait_for_selector(".results a")
    assert page.input_value(".finder input") == "Tigris"
    context.close()


def test_a_page_come_back_to_has_the_colours_chosen_since(page, address):
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}{LANGUAGES[0]}/")
    page.evaluate(
        "localStorage.setItem('scheme', 'dark'); dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    )
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"


def test_failed_search_load_is_reported_and_can_be_left(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/search_index.json", lambda route: route.abort())
    page.goto(f"{address}{LANGUAGES[0]}/")
    page.click("button.search")
    page.wait_for_selector(".finder [role=status]:not(:empty)")
    assert (
        page.locator(".finder [role=status]").inner_text()
        == STORY.phrases["search-failed"].text[LANGUAGES[0]]
    )
    page.click(".finder button")
    assert not page.locator("dialog.finder").is_visible()
    page.unroute("**/search_index.json")
    page.click("button.search")
    page.keyboard.type("Tigris")
    page.wait_for_selector(".results a")  # the next time is a new attempt
    context.close()


def test_a_result_says_which_page_it_is_on(page, address):
    page.goto(f"{address}{LANGUAGES[1]}/?q=Murati")
    page.wait_for_selector(".results a")
    titles = {
        STORY.settings.question[LANGUAGES[1]],
        *(page.title[LANGUAGES[1]] for page in STORY.pages.values()),
    }
    for result in page.locator(".results li").all():
        if "#" in result.locator("a").get_attribute("href"):
            assert any(title in result.inner_text() for title in titles), result.inner_text()


def test_a_citation_mark_leads_to_its_note_and_back(page, address):
    page.goto(f"{address}{LANGUAGES[0]}/people/")
    mark = page.locator("sup a").first
    id = mark.get_attribute("id")
    mark.click()
    note = page.locator(":target")
    assert note.locator("a:not(.back)").count() >= 2  # the fact in the ledger, and a source
    note.locator("a.back").first.click()
    assert page.url.endswith(f"#{id}")
    assert mark.evaluate(
        "it => it.getBoundingClientRect().top > innerHeight / 5"
    )  # the sentence that it ends is in sight


def test_ledger_filters_are_kept_in_the_address(page, address):
    person = next(iter(STORY.people))
    page.goto(f"{address}{LANGUAGES[0]}/ledger/?about={person}")
    expected = sum(person in fact.about for fact in STORY.facts.values())
    assert page.locator(".ledger-fact:visible").count() == expected
    page.select_option("select[name=about]", "")
    page.select_option("select[name=status]", "overtaken")
    assert page.locator(".ledger-fact:visible").count() == sum(
        bool(fact.overtaken) for fact in STORY.facts.values()
    )
    assert page.url.endswith("?status=overtaken")


def test_link_to_a_hidden_fact_resets_the_filters(page, address):
    overtaken = next(fact for fact in STORY.facts.values() if fact.overtaken)
    page.goto(f"{address}{LANGUAGES[0]}/ledger/?status=overtaken")
    later = page.locator(f"[id='{overtaken.overtaken}']")
    assert not later.is_visible()
    page.click(f"[id='{overtaken.id}'] .particulars a[href='#{overtaken.overtaken}']")
    later.wait_for()
    assert page.url.endswith(f"/ledger/#{overtaken.overtaken}")
    assert later.evaluate("fact => Math.abs(fact.getBoundingClientRect().top) < innerHeight")
    page.goto(f"{address}{LANGUAGES[0]}/ledger/?status=overtaken#{overtaken.overtaken}")
    later.wait_for()
    assert page.locator(".ledger-fact:visible").count() == len(STORY.facts)


def test_the_language_switch_keeps_the_filters_and_the_place_read(page, address):
    page.goto(f"{address}{LANGUAGES[0]}/ledger/?status=overtaken")
    page.click(".languages a")
    assert page.url.endswith(f"/{LANGUAGES[1]}/ledger/?status=overtaken")
    page.goto(f"{address}{LANGUAGES[0]}/people/")
    heading = page.locator("article h2").nth(4)
    heading.evaluate("it => it.scrollIntoView()")
    page.locator(".languages a").evaluate("link => link.click()")
    page.wait_for_url(f"**/{LANGUAGES[1]}/people/#*")
    assert page.url.endswith(f"#{page.locator('article h2').nth(4).get_attribute('id')}")


def test_the_ledger_lists_everything_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{LANGUAGES[0]}/ledger/?status=overtaken")
    assert page.locator(".ledger-fact:visible").count() == len(STORY.facts)
    assert not page.locator(".filters").is_visible()
    context.close()


def test_colour_scheme_is_kept_across_pages_and_languages(page, address):
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}{LANGUAGES[0]}/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click(".scheme")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(f"{address}{LANGUAGES[1]}/people/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_systems_dark_scheme_is_followed_without_scripts(browser, address):
    seen = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(java_script_enabled=False, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}{LANGUAGES[0]}/")
        seen[scheme] = page.locator("body").evaluate(
            "body => getComputedStyle(body).backgroundColor"
        )
        context.close()
    assert seen["light"] != seen["dark"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_loads_without_errors_and_without_scrolling_sideways(page, address, language):
    page.set_viewport_size({"width": 320, "height": 700})
    for id in STORY.pages:
        page.goto(f"{address}{language}/" + ("" if id == "home" else f"{id}/"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, id
        box = page.locator(".notice").bounding_box()
        assert box["y"] + box["height"] <= 700, "the notice stands within the first screen"
