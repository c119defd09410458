"""A second, invented story in three other languages is built by the same Python."""

from __future__ import annotations

import json

import pytest

from explainer.story.loader import load_story
from support.project import Project


def test_the_second_story_is_built_in_its_own_languages(built_second_story: Project):
    site = built_second_story.site
    assert sorted(path.name for path in site.iterdir() if path.is_dir()) == [
        "assets",
        "de",
        "en",
        "fr",
    ]
    for language in ("de", "en", "fr"):
        assert f'<html lang="{language}"' in (site / language / "index.html").read_text("utf-8")
    assert 'lang="fr"' in (site / "index.html").read_text("utf-8").split(">")[1]


def test_dates_take_the_form_of_each_language(built_second_story: Project):
    for language, date in (("fr", "1er mars 2021"), ("de", "1. März 2021"), ("en", "1 March 2021")):
        assert date in (built_second_story.site / language / "ledger" / "index.html").read_text(
            "utf-8"
        )


def test_passages_are_found_in_the_copy_of_the_source(built_second_story: Project):
    data = json.loads((built_second_story.site / "facts.json").read_text("utf-8"))
    states = [
        citation["passage"]
        for fact in data["facts"]
        for citation in fact["citations"]
        if citation["from"]
    ]
    assert states
    assert set(states) == {"found"}


def test_the_languages_data_does_not_come_from_the_first_story(built_second_story: Project):
    for page in built_second_story.site.rglob("*.html"):
        assert "OpenAI" not in page.read_text("utf-8"), page


@pytest.mark.build
def test_records_link_to_their_line_on_the_repository_host(
    second_story: Project,
):
    """Facts, entities and pages do, where a host is named."""
    host = "https://git.example/newsroom/explainer/edit/main/"
    second_story.edit("mkdocs.yml", "docs_dir: docs", f"edit_uri: {host}\ndocs_dir: docs")
    assert second_story.build("--strict").returncode == 0
    story, _ = load_story(second_story.root / "content")
    places = {"ledger": story.facts, "people": story.entities}
    for language in story.languages:
        for page in story.pages.values():
            html = (
                second_story.site / language / ("" if page.id == "home" else page.id) / "index.html"
            ).read_text("utf-8")
            for record in (page, *places.get(page.id, {}).values()):
                assert f'href="{host}{record.file}#L{record.line}"' in html, (page.id, record.id)
                assert (second_story.root / record.file).read_text("utf-8").splitlines()[
                    record.line - 1
                ] == f"{record.id}:"


def test_page_has_no_edit_link_without_a_host(built_second_story: Project):
    for page in built_second_story.site.rglob("*.html"):
        assert "/edit/" not in page.read_text("utf-8")


@pytest.mark.build
def test_a_template_may_use_other_markdown_extensions(
    second_story: Project,
):
    second_story.edit(
        "mkdocs.yml",
        "markdown_extensions: [attr_list]",
        "markdown_extensions: [attr_list, md_in_html, admonition]",
    )
    second_story.edit(
        "docs/index.md",
        "{{ lead() }}",
        '{{ lead() }}\n\n<div markdown>\n\n!!! note "{{ t("notes") }}"\n    {{ t("notes") }}\n\n</div>\n',
    )
    assert second_story.build("--strict").returncode == 0
    assert '<div class="admonition note">' in (second_story.site / "fr" / "index.html").read_text(
        "utf-8"
    )


def test_passage_link_scrolls_to_its_words(
    built_second_story: Project,
):
    html = (built_second_story.site / "en" / "ledger" / "index.html").read_text("utf-8")
    assert (
        'href="https://courrier-ostre.example/tramway-rachat#:~:text=le%20tramway%2C%20c%C3%A9d%C3%A9%20en%202009,1%2C8%20million%20d%E2%80%99euros"'
        in html
    )
    assert "1 December 2023" in html  # when it was last looked at
    assert "target=" not in html
