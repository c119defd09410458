"""What an editor gets wrong is named at its file, line and column, with a hint; all of it in one run."""

from __future__ import annotations

import shutil
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT, Project

from explainer.check import load_checked
from explainer.problem import ContentError, Problem

CASES = yaml.safe_load((PROJECT / "tests" / "mistakes.yml").read_text("utf-8"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the story's content, to break."""
    return Path(shutil.copytree(PROJECT / "content", tmp_path / "content"))


def problems(content: Path) -> list[Problem]:
    try:
        return load_checked(content, PROJECT / "docs")[2]
    except ContentError as error:
        return error.problems


def test_the_storys_own_content_has_no_problems(content):
    assert problems(content) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["mistake"])
def test_a_mistake_is_named_at_its_place_with_a_hint(content, case):
    path = content / case["file"]
    text = path.read_text("utf-8") if path.exists() else ""
    assert case.get("old", "") in text
    path.write_text(text.replace(case["old"], case["new"], 1) if text else case["new"], "utf-8")
    found = [f"{p.file.removeprefix('content/')}:{p.line}:{p.column}: {p.level}: {p.message}" + (f" | {p.hint}" if p.hint else "") for p in problems(content)]
    for expected in case["problems"]:
        assert any(fnmatchcase(one, expected.replace("[", "[[]")) for one in found), (expected, found)


def test_all_problems_of_all_files_come_in_one_run_in_order(content):
    for case in (CASES[0], CASES[7], CASES[11]):
        path = content / case["file"]
        path.write_text(path.read_text("utf-8").replace(case["old"], case["new"], 1), "utf-8")
    found = problems(content)
    assert len({problem.file for problem in found}) >= 1
    assert found == sorted(found)


def test_problems_of_syntax_and_of_meaning_come_together(content):
    (content / "quotes.yml").write_text('a: "', "utf-8")
    (content / "updates.yml").write_text("a:\n  kind: nothing\n", "utf-8")
    found = {problem.file: problem.message for problem in problems(content)}
    assert "not valid YAML" in found["content/quotes.yml"]
    assert "content/updates.yml" in found


def test_a_word_changed_in_a_passage_is_named_with_the_nearest_words_of_that_paragraph(second_story: Project):
    facts = second_story.root / "content" / "facts" / "tramway.yml"
    line = next(line for line in facts.read_text("utf-8").splitlines() if "from:" in line)
    words = line.split('"')[1]
    facts.write_text(facts.read_text("utf-8").replace(words, words.split()[0] + "x " + " ".join(words.split()[1:]), 1), "utf-8")
    result = second_story.check()
    assert result.returncode == 1
    assert "content/facts/tramway.yml:" in result.stdout
    assert "is not there" in result.stdout
    assert f"nearest there: {words.split()[0]}" in result.stdout


def test_without_a_copy_of_the_source_one_line_says_how_many_passages_were_not_checked(second_story: Project):
    second_story.sources = ""
    result = second_story.check()
    assert result.returncode == 0, result.stdout
    assert sum("not checked: no copy of the source at hand" in line for line in result.stdout.splitlines()) == 1


def test_a_sentence_written_once_for_all_languages_is_refused(content):
    (content / "updates.yml").write_text("a:\n  date: 2026-11-23\n  kind: update\n  text: Only once\n", "utf-8")
    assert "content/updates.yml:4:9: error: the text is written once, not in each language\n    {it: …, en: …}" in map(str, problems(content))


def test_a_file_that_does_not_parse_gives_that_one_problem(content):
    facts = content / "facts" / "people.yml"
    facts.write_text(facts.read_text("utf-8").replace("en: On 20 November 2023 Microsoft announced", "en: On 20 November 2023: Microsoft announced", 1), "utf-8")
    assert [(p.line, p.column, p.hint) for p in problems(content)] == [(4, 28, 'text that holds ": " goes in quotes: "…"')]


def test_a_folder_of_sources_that_is_not_there_is_an_error(second_story: Project):
    second_story.sources = str(second_story.root / "nowhere")
    result = second_story.check()
    assert result.returncode == 1
    assert "nowhere:1:1: error: no such folder of sources" in result.stdout


def test_content_that_is_not_there_is_an_error(second_story: Project):
    shutil.rmtree(second_story.root / "content")
    result = second_story.check()
    assert result.returncode == 1
    assert "content:1:1: error: there is no such folder" in result.stdout
