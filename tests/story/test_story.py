"""A loaded story: its records, and how they are related."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from explainer.problems import ContentError
from explainer.story.loader import load_story
from explainer.story.story import Story
from explainer.story.traversal import all_citations, all_sentences, all_texts
from support.project import SECOND_STORY


@pytest.fixture(scope="module")
def story() -> Story:
    """The second story."""
    story, problems = load_story(SECOND_STORY / "content")
    assert problems == []
    return story


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the second story's content, to break."""
    return Path(shutil.copytree(SECOND_STORY / "content", tmp_path / "content"))


def test_first_language_is_the_storys_own(story: Story) -> None:
    assert list(story.languages) == ["fr", "de", "en"]


def test_facts_are_related_to_what_overtook_them(story: Story) -> None:
    overtaken = story.facts_overtaken_by["tramway-bought-back"]
    assert [fact.id for fact in overtaken] == ["buy-back-announced"]
    assert set(story.facts_overtaken_by) == {"tramway-bought-back"}


def test_facts_are_ordered_by_date(story: Story) -> None:
    dates = [fact.date.first for fact in story.by_date]
    assert dates == sorted(dates)
    assert len(dates) == len(story.facts)


def test_facts_of_an_entity_are_oldest_first(story: Story) -> None:
    ids = [fact.id for fact in story.about["lignelys"]]
    assert ids == ["tramway-sold", "buy-back-announced", "tramway-bought-back"]


def test_facts_are_related_to_cited_paragraphs(story: Story) -> None:
    cited = {key: [fact.id for fact in facts] for key, facts in story.facts_by_paragraph.items()}
    assert cited["journal", "1"] == ["tramway-sold", "buy-back-announced"]
    assert cited["journal", "2"] == ["brammerling-is-mayor"]


def test_roles_are_related_to_person_and_office(story: Story) -> None:
    [role] = story.held_by["brammerling"]
    assert story.holders["ostrevange-mayor"] == [role]


def test_routes_lead_to_their_values(story: Story) -> None:
    """Each text, sentence and citation is met with the way to it in its record."""
    assert {record.id for record, _, route in all_texts(story) if route == ("text",)} >= set(
        story.facts
    )
    assert {page.id for page, _, _ in all_sentences(story)} <= set(story.pages)
    for record, citation, route, number in all_citations(story):
        if route:
            assert record.cites[number] is citation and route == ("cites", number)


def test_invalid_record_leaves_the_others(content: Path) -> None:
    path = content / "facts" / "tramway.yml"
    path.write_text(path.read_text("utf-8").replace("date: 2009", "date: soon", 1), "utf-8")
    story, problems = load_story(content)
    assert [problem.level for problem in problems] == ["error"]
    assert "tramway-sold" not in story.facts and "tramway-bought-back" in story.facts
    assert story.invalid_ids["tramway-sold"] in story.incomplete_kinds


def test_unreadable_file_makes_its_kind_incomplete(content: Path) -> None:
    (content / "roles.yml").write_text("a: [", "utf-8")
    story, problems = load_story(content)
    assert {problem.file for problem in problems} == {"content/roles.yml"}
    assert story.roles == {}
    assert story.unreadable_kinds == story.incomplete_kinds != set()


def test_missing_folder_gives_no_story(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load_story(tmp_path / "nowhere")
