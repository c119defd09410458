"""A second, invented story in three other languages is built by the same Python."""

from __future__ import annotations

import json

from conftest import Project


def test_the_second_story_is_built_in_its_own_languages(built_second_story: Project):
    site = built_second_story.site
    assert sorted(path.name for path in site.iterdir() if path.is_dir()) == ["assets", "de", "en", "fr"]
    for language in ("de", "en", "fr"):
        assert f'<html lang="{language}"' in (site / language / "index.html").read_text("utf-8")
    assert 'lang="fr"' in (site / "index.html").read_text("utf-8").split(">")[1]


def test_dates_take_the_form_of_each_language(built_second_story: Project):
    for language, date in (("fr", "1er mars 2021"), ("de", "1. März 2021"), ("en", "1 March 2021")):
        assert date in (built_second_story.site / language / "ledger" / "index.html").read_text("utf-8")


def test_passages_are_found_in_the_copy_of_the_source(built_second_story: Project):
    data = json.loads((built_second_story.site / "facts.json").read_text("utf-8"))
    states = [citation["passage"] for fact in data["facts"] for citation in fact["citations"] if citation["from"]]
    assert states
    assert set(states) == {"found"}


def test_the_languages_data_does_not_come_from_the_first_story(built_second_story: Project):
    for page in built_second_story.site.rglob("*.html"):
        assert "OpenAI" not in page.read_text("utf-8"), page
