"""The check as a whole: everything in one run, in order, counted; as text, or as annotations of a GitHub workflow."""

from __future__ import annotations

import re
import shutil
import sys
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest

from explainer.checks.chronology import check_future_dates
from explainer.checks.run import load_checked
from explainer.problems import ERROR, NOTICE, ContentError, Problem
from explainer.story.loader import load_story
from support.project import RICH_STORY, Project


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the story's content, to break."""
    return Path(shutil.copytree(RICH_STORY / "content", tmp_path / "content"))


def problems(content: Path) -> list[Problem]:
    try:
        return load_checked(content, RICH_STORY / "docs")[2]
    except ContentError as error:
        return error.problems


def broken(story: Project) -> Project:
    """A story with a mistake of syntax, one of form, and two of meaning, in four files."""
    story.edit("content/quotes.yml", "words: Die", 'words: "Die')
    story.edit("content/updates.yml", "kind: update", "kind: updates")
    story.edit("content/roles.yml", "person: brammerling", "person: brammerlin")
    story.edit("content/facts/tramway.yml", "date: 2021-03-01", "date: 2021-03-02")
    return story


def test_the_storys_own_content_has_no_problems(content):
    assert problems(content) == []


def test_problems_of_all_files_come_in_one_ordered_run(second_story: Project):
    result = broken(second_story).check()
    assert result.returncode == 1
    assert re.findall(r"^(content/[\w/.]+):\d+:\d+: (\w+)", result.stdout, re.MULTILINE) == [
        ("content/facts/tramway.yml", "warning"),
        ("content/quotes.yml", "error"),
        ("content/roles.yml", "error"),
        ("content/updates.yml", "error"),
    ]
    assert result.stdout.splitlines()[-1].startswith("3 errors, 1 warning (")


def test_problems_are_told_in_the_order_of_files_and_lines(content):
    for file, old, new in (
        ("facts/people.yml", "status: announced", "status: rumoured"),
        ("facts/people.yml", "date: 2023-11-20", "date: 20-11-2023"),
        ("updates.yml", "kind: update", "kind: updates"),
        ("people.yml", "name:", "nmae:"),
    ):
        (content / file).write_text(
            (content / file).read_text("utf-8").replace(old, new, 1), "utf-8"
        )
    found = problems(content)
    assert len({problem.file for problem in found}) == 3
    assert found == sorted(found)


def test_new_language_is_missing_once_in_each_file(second_story: Project):
    second_story.edit(
        "content/story.yml", "  en:\n", "  es:\n    locale: es-ES\n    quotes: [«, »]\n  en:\n"
    )
    result = second_story.check()
    assert (
        "content/facts/tramway.yml:3:5: error: this text and 4 more of this file are missing in es\n    add es: …\n"
        in result.stdout
    )
    assert result.stdout.count("facts/tramway.yml") == result.stdout.count("story.yml") == 1


def test_a_file_that_does_not_parse_gives_that_one_problem(content):
    facts = content / "facts" / "people.yml"
    facts.write_text(facts.read_text("utf-8").replace("    en: ", "    en: Quote: ", 1), "utf-8")
    assert [(p.line, p.message) for p in problems(content)] == [
        (5, "this colon makes a key of the words before it")
    ]


def test_one_line_counts_passages_not_checked_for_lack_of_copies(
    second_story: Project,
):
    second_story.sources = ""
    result = second_story.check()
    assert result.returncode == 0, result.stdout
    assert (
        sum(
            "not checked: no copy of the source at hand" in line
            for line in result.stdout.splitlines()
        )
        == 1
    )


def test_missing_folder_of_sources_is_an_error(second_story: Project):
    second_story.sources = str(second_story.root / "nowhere")
    result = second_story.check()
    assert result.returncode == 1
    assert "nowhere:1:1: error: no such folder of sources" in result.stdout


def test_a_copy_that_is_not_utf_8_is_an_error(second_story: Project):
    second_story.sources = str(shutil.copytree(second_story.sources, second_story.root / "sources"))
    Path(second_story.sources, "journal.txt").write_bytes("à la mairie".encode("latin-1"))
    result = second_story.check()
    assert result.returncode == 1
    assert "error: the copy journal.txt, line 1: the file is not UTF-8" in result.stdout


def test_content_that_is_not_there_is_an_error(second_story: Project):
    shutil.rmtree(second_story.root / "content")
    result = second_story.check()
    assert result.returncode == 1
    assert "content:1:1: error: there is no such folder" in result.stdout


def test_future_dates_are_reported_except_planned_roles(
    second_story: Project,
):
    today = date(2023, 12, 31)
    second_story.edit("content/story.yml", "checked: 2024-02-10", "checked: 2024")
    second_story.edit("content/sources.yml", "published: 2024-02", "published: 2023-12-31")
    second_story.edit("content/sources.yml", "accessed: 2024-02-01", "accessed: 2023-12")
    second_story.edit("content/roles.yml", "until: ongoing", "until: 2030")
    second_story.edit("content/facts/tramway.yml", "as-of: 2024-02", "as-of: 2023")
    found = {
        problem.file: problem
        for problem in check_future_dates(load_story(second_story.root / "content")[0], today)
    }
    assert set(found) == {"content/story.yml", "content/updates.yml", "content/roles.yml"}
    assert {(p.level, p.message, p.hint) for p in found.values()} == {
        (NOTICE, "this day has not come yet", "today is 2023-12-31")
    }
    assert (
        "as-of"
        in (second_story.root / "content/roles.yml")
        .read_text("utf-8")
        .splitlines()[found["content/roles.yml"].line - 1]
    )


def test_only_the_command_asks_which_day_it_is(second_story: Project):
    second_story.edit("content/story.yml", "checked: 2024-02-10", "checked: 2162-11-23")
    result = second_story.check()
    assert result.returncode == 0
    assert re.search(
        r"content/story.yml:\d+:10: notice: this day has not come yet\n    today is 20\d\d-\d\d-\d\d\n",
        result.stdout,
    )
    assert not [
        problem
        for problem in load_checked(second_story.root / "content", second_story.root / "docs")[2]
        if "not come yet" in problem.message
    ]


@pytest.mark.build
def test_markup_in_a_text_stops_a_strict_build(second_story: Project):
    second_story.edit("content/updates.yml", "First publication", "First <b>publication</b>")
    result = second_story.build("--strict")
    assert result.returncode == 1
    assert "content/updates.yml:7:9: warning: readers will see <b> as typed" in result.stdout


def annotations(output: str) -> list[tuple[str, dict[str, str], str]]:
    """A workflow's annotations as its runner reads them: level, properties, message."""
    found = re.findall(r"^::(\w+) ([^:\n]*)::(.*)$", output, re.MULTILINE)
    return [
        (
            level,
            {key: unquote(value) for key, value in re.findall(r"(\w+)=([^,]*)", properties)},
            unquote(message),
        )
        for level, properties, message in found
    ]


def test_github_gets_an_annotation_for_each_problem(second_story: Project):
    result = broken(second_story).check("--format", "github")
    assert result.returncode == 1
    found = annotations(result.stdout)
    assert [(level, properties["file"]) for level, properties, _ in found] == [
        ("warning", "content/facts/tramway.yml"),
        ("error", "content/quotes.yml"),
        ("error", "content/roles.yml"),
        ("error", "content/updates.yml"),
    ]
    level, properties, message = found[2]
    assert properties == {
        "file": "content/roles.yml",
        "line": "2",
        "col": "11",
        "title": 'unknown person "brammerlin"',
    }
    assert (
        message
        == 'content/roles.yml:2:11: error: unknown person "brammerlin"\n    did you mean "brammerling"?'
    )
    assert result.stdout.splitlines()[-1].startswith("3 errors, 1 warning (")
    assert len(result.stdout.splitlines()) == 5


def test_github_is_told_of_notices_and_they_do_not_fail(second_story: Project):
    second_story.edit("content/updates.yml", "date: 2024-02-10", "date: 2162-02-10")
    result = second_story.check("--format", "github")
    assert result.returncode == 0
    assert [
        (level, properties["line"], properties["col"])
        for level, properties, _ in annotations(result.stdout)
    ] == [("notice", "2", "9")]
    assert result.stdout.splitlines()[-1].startswith("1 notice (")


def test_github_gets_the_file_relative_to_the_working_folder(second_story: Project):
    broken(second_story)
    result = Project(second_story.root.parent).run(
        [sys.executable, "-m", "explainer", "check", "--format", "github", second_story.root.name]
    )
    assert {
        properties["file"].split("/")[0] for _, properties, _ in annotations(result.stdout)
    } == {"second"}


@pytest.mark.parametrize(
    "problem, annotation",
    [
        (
            Problem("a,b:c.yml", 1, 2, ERROR, "100%: no, \r\nnever", "hint: 50%"),
            "::error file=a%2Cb%3Ac.yml,line=1,col=2,title=100%25%3A no%2C ‹U+000D›‹U+000A›never::a,b:c.yml:1:2: error: 100%25: no, ‹U+000D›‹U+000A›never%0A    hint: 50%25",
        ),
        (
            Problem("a.yml", 1, 2, NOTICE, "plain"),
            "::notice file=a.yml,line=1,col=2,title=plain::a.yml:1:2: notice: plain",
        ),
    ],
)
def test_an_annotation_escapes_what_would_end_it(problem, annotation):
    assert problem.annotation(Path()) == annotation
