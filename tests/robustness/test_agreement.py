"""What the check accepts, the build accepts: they find the same in content and templates."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from explainer.story.automaton import Automaton
from support.fuzz import Bench, mutant
from support.mutations import template_mutant
from support.project import SECOND_STORY, Project


def agreed(project: Project) -> tuple[bool, str]:
    """Whether check and strict build succeed, which they do together; and what the check says."""
    checked, built = project.check(), project.build("--strict")
    assert (checked.returncode == 0) == (built.returncode == 0), checked.stdout + built.stdout
    assert "Traceback" not in checked.stdout + built.stdout
    return checked.returncode == 0, checked.stdout


def rename(content: Path, old: str, new: str) -> None:
    """Give a record another id, wherever it is named."""
    for file in content.rglob("*.yml"):
        text = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, file.read_text("utf-8"))
        file.write_text(text, "utf-8")


# --- ids --------------------------------------------------------------------------------------------

RENAMED = {
    "tramway-sold": "main",
    "buy-back-announced": "ledger",
    "tramway-bought-back": "y2022",
    "ridership-2023": "d2021-03-01",
    "brammerling-is-mayor": "subject-tramway",
    "radio-interview": "article-5",
    "ours-again": "quotes",
    "note-year-end": "updates",
    "first-publication": "all-sources",
    "lignelys": "entities-person",
}


@pytest.mark.build
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"tramway-sold": "timeline", "radio-interview": "statuses", "note-year-end": "notes"},
        {"tramway-sold": "cited", "ridership-2023": "n", "note-year-end": "source-notes"},
    ],
)
def test_no_records_id_meets_an_anchor_of_the_page(second_story: Project, more: dict[str, str]):
    for old, new in (RENAMED | more).items():
        rename(second_story.root / "content", old, new)
    fine, said = agreed(second_story)
    assert fine, said


@pytest.mark.build
@pytest.mark.parametrize("id", ["notes", "main", "the-people", "read-on", "question"])
def test_no_sections_id_meets_an_anchor_of_the_page(second_story: Project, id: str):
    rename(second_story.root / "content", "the-tramway", id)
    fine, said = agreed(second_story)
    assert fine, said


@pytest.mark.build
def test_section_with_a_record_id_of_its_page_is_reported(second_story: Project):
    pages = (second_story.root / "content" / "pages.yml").read_text("utf-8")
    rename(second_story.root / "content", "the-mayor", "brammerling")
    line = pages[: pages.index("    the-mayor:")].count("\n") + 1
    fine, said = agreed(second_story)
    assert not fine
    assert (
        f'content/pages.yml:{line}:5: error: two places on this page are called "brammerling"'
        in said
    )


# --- templates --------------------------------------------------------------------------------------

WRONG = {
    "[x](nowhere.md)": "a link leads to no template: nowhere.md",
    "x [x](/people/)": "a link begins at the root of the host: /people/",
    "[x](people)": "a link leads to no template: people",
    "[x](people.md#nowhere)": "the page has a link that leads nowhere: people/#nowhere",
    '<a href="#nowhere">x</a>': "the page has a link that leads nowhere: #nowhere",
    '<p id="twice">x</p><p id="twice">y</p>': 'two places on this page are called "twice"',
    "## x {#page:notes}": 'two places on this page are called "page:notes"',
}


@pytest.mark.build
@pytest.mark.parametrize("line", WRONG)
def test_check_and_build_name_a_template_slip_at_its_position(second_story: Project, line: str):
    template = second_story.root / "docs" / "index.md"
    before = template.read_text("utf-8")
    template.write_text(f"{before}\n{line}\n", "utf-8")
    checked, built = second_story.check(), second_story.build("--strict")
    wanted = rf"docs/index\.md:{before.count(chr(10)) + 2}:\d+: error: {re.escape(WRONG[line])}\n"
    assert re.search(wanted, checked.stdout), checked.stdout
    assert re.search(wanted, built.stdout), built.stdout


@pytest.mark.build
def test_check_finds_a_template_wrong_in_one_language(second_story: Project):
    second_story.edit(
        "docs/index.md",
        "{{ lead() }}",
        '{{ lead() }}\n{{ words(page.label)[:8] == "In short" and nowhere }}',
    )
    assert not agreed(second_story)[0]


# --- any mutant -------------------------------------------------------------------------------------


@pytest.mark.build
@pytest.mark.parametrize("number", range(8))
def test_check_and_build_agree_on_mutants_of_templates(
    second_story: Project, seed: int, number: int
):
    rng = Random(f"templates {seed} {number}")
    template = rng.choice(sorted((second_story.root / "docs").glob("*.md")))
    template.write_text(template_mutant(rng, template.read_text("utf-8")), "utf-8")
    agreed(second_story)


@pytest.mark.build
@pytest.mark.parametrize("number", range(5, 45, 5))
def test_check_and_build_agree_on_mutants_of_content(tmp_path: Path, seed: int, number: int):
    bench = Bench(tmp_path / "second", SECOND_STORY)
    _, bench, files = mutant([bench], seed, number)
    bench.lay_out(files)
    agreed(bench.project)


# --- names ------------------------------------------------------------------------------------------


class Counted(str):
    """A word that counts how often it is looked up."""

    looked_up = 0

    def __hash__(self) -> int:
        Counted.looked_up += 1
        return super().__hash__()


@pytest.mark.parametrize("length", [10, 100, 500])
def test_looking_for_long_names_costs_a_few_steps_a_word(length: int):
    automaton = Automaton([(["a", " "] * length + ["b"], "entity", "long"), (["a"], "term", "a")])
    words = [Counted("a"), Counted(" ")] * 3000
    Counted.looked_up = 0
    assert len(list(automaton.found(words))) == 3000
    assert Counted.looked_up <= 4 * len(words)


def test_of_names_that_overlap_each_is_found():
    automaton = Automaton(
        [(["a", "b", "c"], "entity", "abc"), (["b"], "term", "b"), (["b", "c"], "entity", "bc")]
    )
    assert list(automaton.found(["a", "b", "c"])) == [
        (1, 1, "term", "b"),
        (0, 2, "entity", "abc"),
        (1, 2, "entity", "bc"),
    ]
