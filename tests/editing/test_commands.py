"""The editor's commands: a new record, what waits for a reader, what has changed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from click.testing import CliRunner

from explainer.editing.changes import Facts, changes, facts_at, facts_now
from explainer.editing.cli import main
from explainer.editing.new_record import KINDS, fields, scalar, stub
from explainer.editing.yaml_edit import EditError, append, insert_key
from explainer.reading.parser import read
from explainer.story.loader import load_story
from explainer.story.review_items import review_items
from support.project import PROJECT, Project, environment

pytestmark = pytest.mark.slow


def explainer(project: Project, *arguments: str):
    """Run a command as an editor does, without anybody to answer questions."""
    return project.run([sys.executable, "-m", "explainer", *arguments])


# --- new ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_has_every_field_that_the_check_would_miss(second_story: Project, kind: str):
    result = explainer(second_story, "new", kind, "quite-new")
    assert result.returncode == 0, result.stdout
    file, line, _ = result.stdout.split(":", 2)
    assert (second_story.root / file).read_text("utf-8").splitlines()[int(line) - 1] == "quite-new:"
    problems = second_story.check().stdout
    assert "Traceback" not in problems
    assert "is missing\n" not in problems.replace(
        "text is missing", ""
    )  # no key is: what is empty is named one by one


def test_a_record_given_all_its_fields_needs_nothing_more(second_story: Project):
    given = {
        "date": "2023-05",
        "status": "confirmed",
        "about": "ostrevange",
        "cites.source": "annual-report",
        "text.fr": "En mai 2023, Ostrevange a fêté : tout roule.",
        "text.de": "Im Mai 2023 feierte Ostrevange.",
        "text.en": "In May 2023 Ostrevange celebrated.",
    }
    options = [option for path, value in given.items() for option in ("--set", f"{path}={value}")]
    before = (second_story.root / "content/facts/tramway.yml").read_text("utf-8")
    assert explainer(second_story, "new", "fact", "a-feast", *options).returncode == 0
    after = (second_story.root / "content/facts/tramway.yml").read_text("utf-8")
    assert after.startswith(before)
    assert 'fr: "En mai 2023, Ostrevange a fêté : tout roule."' in after
    problems = [
        line
        for line in second_story.check().stdout.splitlines()
        if re.match(r"content/.*: (error|warning): ", line)
    ]
    assert [re.sub(r".*: warning: ", "", problem) for problem in problems] == [
        "no page tells this fact in its prose"
    ]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("fact", "Élue Maire"), "Error: ids are lower-case words with hyphens: elue-maire\n"),
        (("fact", "a" * 101), "Error: this id is longer than 100 characters\n"),
        (("person", "ostrevange"), 'Error: "ostrevange" is taken: content/organizations.yml:1\n'),
        (
            ("person", "ostrevange-mayor"),
            'Error: "ostrevange-mayor" is taken: content/organizations.yml:',
        ),
        (
            ("fact", "a-b", "--subject", "tramways"),
            'no subject is called "tramways"; did you mean "tramway"?',
        ),
        (("fact", "a-b", "--set", "datum=2023"), "a fact has no field datum; its fields: text.fr"),
        (
            ("update", "a-b", "--set", "datum=2023"),
            "an update has no field datum; its fields: date",
        ),
        (
            ("organization", "a-b", "--set", "datum=2023"),
            "an organization has no field datum; its fields: name.fr",
        ),
        (("fact", "a-b", "--set", "date"), '"date" gives no value: date=…'),
        (
            ("fact", "a-b", "--set", "date=20/11/2023"),
            'date: "20/11/2023" is not a date; did you mean 2023-11-20?',
        ),
        (
            ("fact", "a-b", "--set", "status=confirm"),
            'status: "confirm" is not one of the allowed words; did you mean "confirmed"?',
        ),
        (
            ("fact", "a-b", "--set", "about=ostrevange lignelys"),
            'about: "ostrevange lignelys" is not an id; the id, as it stands in its own file, or with a comma between two: ostrevange, lignelys',
        ),
        (
            ("source", "a-b", "--set", "url=ostrevange.example"),
            'url: "ostrevange.example" is not a web address; did you mean "https://ostrevange.example"?',
        ),
    ],
)
def test_invalid_record_is_refused_and_changes_nothing(second_story: Project, arguments, words):
    files = {path: path.read_bytes() for path in (second_story.root / "content").rglob("*.yml")}
    result = explainer(second_story, "new", *arguments)
    assert result.returncode == 1
    assert words in result.stdout
    assert {path: path.read_bytes() for path in files} == files


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "a #b",
        "[a]",
        "- a",
        "'a'",
        'say "a"',
        "a, b",
        "100 %",
        "@a",
        "a\\b",
        "{a}",
        "",
        "L’articolo",
        "2023",
    ],
)
def test_a_text_is_written_so_that_it_is_read_back(tmp_path, text):
    path = tmp_path / "a.yml"
    path.write_text(f"a: {scalar(text)}\nb: {{c: {scalar(text) or 'x'}}}\n", "utf-8")
    document, problems = read(path, "a.yml")
    assert problems == [] or text == ""
    assert document.data["a"] == (text or None)


def test_used_id_is_taken_even_if_its_record_is_invalid(
    second_story: Project,
):
    """An id that a record had before is taken too."""
    second_story.edit("content/facts/tramway.yml", "  status:", "  was: [former-id]\n  status:")
    second_story.edit("content/people.yml", "  name:", "  nmae:")
    refused = re.match(r"[a-z-]+", (second_story.root / "content/people.yml").read_text("utf-8"))[0]
    for id, file in (("former-id", "facts/tramway.yml"), (refused, "people.yml:1")):
        assert (
            f'"{id}" is taken: content/{file}' in explainer(second_story, "new", "term", id).stdout
        )


def test_several_ids_make_several_citations(
    second_story: Project,
):
    """The first has what else is given."""
    given = (
        "about=ostrevange, lignelys",
        "cites.source=journal,radio-interview",
        "cites.paragraph=2",
    )
    assert (
        explainer(
            second_story, "new", "fact", "a-feast", *(f"--set={one}" for one in given)
        ).returncode
        == 0
    )
    added = (
        (second_story.root / "content/facts/tramway.yml").read_text("utf-8").split("a-feast:\n")[1]
    )
    assert "  about: [ostrevange, lignelys]\n" in added
    assert added.endswith(
        "  cites:\n    - source: journal\n      paragraph: 2\n    - source: radio-interview\n"
    )


def test_a_fact_goes_to_no_file_that_nobody_named(project: Project):
    result = explainer(project, "new", "fact", "a-feast")
    assert result.returncode == 1
    subjects = ", ".join(load_story(project.root / "content")[0].settings.subjects)
    assert f"which file does the fact go to? --subject with one of {subjects}" in result.stdout


def test_what_comes_next_is_said(second_story: Project):
    assert explainer(second_story, "new", "source", "a-b").stdout.endswith(
        "\nnow: fill in what is empty, then cite it in a fact, then make check\n"
    )
    given = ("date=2023", "kind=update", "text.fr=Tout.", "text.de=Alles.", "text.en=All.")
    assert explainer(
        second_story, "new", "update", "a-c", *(f"--set={one}" for one in given)
    ).stdout.endswith("\nnow: make check\n")


def answered(project: Project, *arguments: str, answers: str) -> tuple[str, str]:
    """What `new` asks when it is answered a line a question, and what it has appended in the end."""
    files = {path: path.read_text("utf-8") for path in (project.root / "content").rglob("*.yml")}
    result = CliRunner().invoke(
        main,
        ["new", *arguments, "--ask", "--root", str(project.root)],
        input=answers.replace(" / ", "\n") + "\n",
    )
    assert result.exit_code == 0, result.output
    return result.output, "".join(
        path.read_text("utf-8").removeprefix(before) for path, before in files.items()
    )


def test_prompt_lists_allowed_values_and_repeats_until_valid(project: Project):
    asked, added = answered(
        project,
        "fact",
        "a-feast",
        answers=(
            "peoples / people / Una festa. / A feast. / openai altman / openai, altmn / openai, altman / sure / reported / 20/11/2023 / 2023-11-20 / article"
        ),
    )
    for question in (
        "subject (people, partnership, chips, since): peoples",
        'no subject is called "peoples"; did you mean "people"?',
        "text.it: Una festa.",
        "about (ids, with commas between): openai altman",
        '"openai altman" is not an id',
        'unknown entity "altmn"; did you mean "altman"?',
        "status (confirmed, announced, reported, disputed, opinion): sure",
        '"sure" is not one of the allowed words',
        "date (as in 2023-11-20): 20/11/2023",
        '"20/11/2023" is not a date; did you mean 2023-11-20?',
        "cites.source (ids, with commas between): article",
        "now: name it in content/pages.yml, then make check",
    ):
        assert question in asked
    assert (
        added
        == "\na-feast:\n  text:\n    it: Una festa.\n    en: A feast.\n  about: [openai, altman]\n  status: reported\n  date: 2023-11-20\n  cites:\n    - source: article\n"
    )


def test_id_given_twice_to_be_added_is_taken(project: Project):
    asked, added = answered(
        project,
        "fact",
        "a-feast",
        "--subject",
        "people",
        answers="Una festa. / A feast. / newcomer / newcomer / reported / 2023 / article",
    )
    assert asked.count('unknown entity "newcomer"; the same again is taken, to be added later') == 1
    assert "about: [newcomer]" in added


def test_values_alike_in_all_languages_are_written_once(
    project: Project,
):
    """A name that is the same everywhere is written once, an address only where there is one."""
    asked, added = answered(
        project,
        "source",
        "a-report",
        answers="news / Titolo / Title / The Courier /  / en / unknown / read / ",
    )
    assert "title.en [Titolo]: Title" in asked and "publisher.en [The Courier]:" in asked
    assert "url (as in https://example.org/page; may stay empty):" in asked
    assert (
        added
        == "\na-report:\n  kind: news\n  title:\n    it: Titolo\n    en: Title\n  publisher: The Courier\n  language: en\n  published: unknown\n  verified: read\n"
    )
    _, added = answered(
        project,
        "source",
        "b-report",
        answers="news / Title /  / The Courier /  / en / 2023 / cited / https://example.org/page",
    )
    assert added.endswith(
        "  title: Title\n  publisher: The Courier\n  language: en\n  published: 2023\n  verified: cited\n  url: https://example.org/page\n"
    )


def test_a_person_is_written_in_the_order_of_the_recipe(project: Project):
    _, added = answered(
        project,
        "person",
        "newcomer",
        answers="New Comer /  / Una persona. / A person. / altman-still-ceo",
    )
    recipe = re.search(
        r"```yaml\n# content/people.yml\n(.*?)```",
        (PROJECT / "CONTRIBUTING.md").read_text("utf-8"),
        re.DOTALL,
    )[1]
    keys = re.findall(r"(?m)^ +(\w+):", added)
    assert keys == [key for key in re.findall(r"(?m)^ +(\w+):", recipe) if key != "aliases"]
    assert "  name: New Comer\n" in added


def test_names_by_which_a_record_is_called_are_a_list(second_story: Project):
    assert (
        explainer(
            second_story, "new", "person", "newcomer", "--set", "aliases=Comer, Newcomer"
        ).returncode
        == 0
    )
    assert "  aliases: [Comer, Newcomer]\n" in (second_story.root / "content/people.yml").read_text(
        "utf-8"
    )


def test_required_fields_are_prompted_for_and_fields_follow_the_model():
    def asked(kind: str, *languages: str) -> list[str]:
        return [field.path for field in fields(kind, languages) if field.asked]

    assert asked("fact", "it", "en") == [
        "text.it",
        "text.en",
        "about",
        "status",
        "date",
        "cites.source",
    ]
    assert {"overtaken", "as-of", "cites.from", "was"} <= {
        field.path for field in fields("fact", ["it"])
    }
    assert "description.text.it" in asked("person", "it")
    assert "url" in asked("source", "it") and "author" not in asked("source", "it")
    assert stub("update", "a", {}, ["it"]) == "a:\n  date:\n  kind:\n  text:\n    it:\n"


def test_record_is_appended_after_one_empty_line(tmp_path):
    """Whatever the file ends with."""
    for end in ("", "\n", "\n\n"):
        path = tmp_path / "a.yml"
        path.write_text(f"a:\n  b: c  # a comment{end}", "utf-8")
        assert append(path, "d:\n  e: f\n") == 4
        assert path.read_text("utf-8") == "a:\n  b: c  # a comment\n\nd:\n  e: f\n"


# --- review ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", [["review"], ["changes", "HEAD"], ["new", "term", "a-b"], ["links"]]
)
def test_command_without_content_says_so_and_nothing_else(tmp_path, command):
    result = explainer(Project(tmp_path), *command)
    assert result.returncode == 1
    assert (
        result.stdout
        == "content:1:1: error: there is no such folder\n    the facts are read from it\n1 error\n"
    )


def test_unknown_name_is_refused_with_a_suggestion(
    project: Project,
):
    """Or with where names are found."""
    assert (
        explainer(project, "review", "article-strategic-moves").stdout
        == 'Error: nothing is called "article-strategic-moves"; did you mean "article-strategic-move"?\n'
    )
    assert (
        explainer(project, "review", "bogus").stdout
        == 'Error: nothing is called "bogus"; what waits for a reader: .venv/bin/explainer review --list\n'
    )


def test_a_text_read_waits_again_when_any_language_changes(second_story: Project):
    fact = "tramway-sold"
    assert fact in explainer(second_story, "review", "--list").stdout.splitlines()
    shown = explainer(second_story, "review", fact).stdout
    story, _ = load_story(second_story.root / "content")
    assert all(f"{language}  {text}" in shown for language, text in story.facts[fact].text.items())
    assert explainer(second_story, "review", "--accept", fact).returncode == 0
    assert fact not in explainer(second_story, "review", "--list").stdout.splitlines()
    second_story.edit(
        "content/facts/tramway.yml",
        story.facts[fact].text["de"],
        story.facts[fact].text["de"].replace(".", " !"),
    )
    assert fact in explainer(second_story, "review", "--list").stdout.splitlines()


def test_accepting_writes_one_line_and_touches_nothing_else(second_story: Project):
    files = {
        path: path.read_text("utf-8") for path in (second_story.root / "content").rglob("*.yml")
    }
    story, _ = load_story(second_story.root / "content")
    names = [item.name for item in review_items(story)]
    assert any("/" in name for name in names)
    result = explainer(second_story, "review", "--accept", *names)
    assert result.returncode == 0, result.stdout
    added = 0
    for path, before in files.items():
        lines = [line for line in path.read_text("utf-8").splitlines() if "reviewed: " in line]
        added += len(lines)
        rest = re.sub(r"reviewed: [0-9a-f]{4}(\n +|, )", "", path.read_text("utf-8"))
        assert rest == before, path
    assert added == len(names)
    assert explainer(second_story, "review", "--list").stdout == ""
    assert second_story.check().returncode == 0


def test_what_cannot_be_written_is_named_and_nothing_is_changed(second_story: Project):
    second_story.edit(
        "content/facts/tramway.yml", "  date: 2009\n", '  date: 2009\n  reviewed: "0000"\n'
    )
    before = (second_story.root / "content/facts/tramway.yml").read_text("utf-8")
    result = explainer(second_story, "review", "--accept", "tramway-sold")
    assert result.returncode == 1
    assert (
        "tramway.yml:9:13: 0000 does not stand here as it is: take its quotation marks away"
        in result.stdout
    )
    assert "Traceback" not in result.stdout
    assert (second_story.root / "content/facts/tramway.yml").read_text("utf-8") == before


def test_record_is_added_to_empty_and_windows_files(
    second_story: Project,
):
    updates = second_story.root / "content" / "updates.yml"
    updates.write_text("{}\n", "utf-8")
    assert explainer(second_story, "new", "update", "a-b", "--no-ask").returncode == 0
    assert updates.read_text("utf-8").startswith("a-b:\n")
    updates.write_bytes(b"a:\r\n  kind: update\r\n")
    assert explainer(second_story, "new", "update", "c-d", "--no-ask").returncode == 0
    assert updates.read_bytes().startswith(b"a:\r\n  kind: update\r\n\r\nc-d:\r\n")
    updates.write_text("{a: {kind: update}}\n", "utf-8")
    result = explainer(second_story, "new", "update", "e-f", "--no-ask")
    assert result.returncode == 1
    assert "there is no room for a record" in result.stdout
    assert updates.read_text("utf-8") == "{a: {kind: update}}\n"


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_review_keeps_the_line_ends_of_its_file(second_story: Project, end):
    facts = second_story.root / "content" / "facts" / "tramway.yml"
    facts.write_bytes(facts.read_bytes().replace(b"\n", end.encode()))
    assert explainer(second_story, "review", "--accept", "tramway-sold").returncode == 0
    assert "tramway-sold" not in explainer(second_story, "review", "--list").stdout.splitlines()
    assert second_story.check().returncode == 0
    assert (b"\n" in facts.read_bytes()) == ("\n" in end)


def test_an_id_that_is_none_reaches_no_comment(committed: Project):
    committed.edit(
        "content/facts/tramway.yml",
        "tramway-sold:",
        '"x`: [click](https://evil.example) @everyone":',
    )
    told = explainer(committed, "changes", "HEAD", "--language", "en").stdout
    assert "evil" not in told and "holds what the check refuses" in told


def test_words_in_a_comment_link_to_nothing_and_call_nobody(committed: Project):
    committed.edit(
        "content/facts/tramway.yml",
        "In 2009 the town",
        "See https://evil.example or www.evil.example, @everyone: in 2009 the town",
    )
    told = explainer(committed, "changes", "HEAD", "--language", "en").stdout
    assert "https://" not in told and "www." not in told and "@everyone" not in told


def test_terminal_without_a_letter_gives_no_error(second_story: Project):
    result = subprocess.run(
        [sys.executable, "-m", "explainer", "review"],
        cwd=second_story.root,
        env=environment(PYTHONIOENCODING="latin-1"),
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert rb"d\u2019Ostrevange" in result.stdout


def test_a_file_that_cannot_be_written_is_named(second_story: Project):
    (
        second_story.root / "content/facts/.tramway.yml.new"
    ).mkdir()  # where it would be written first
    result = explainer(second_story, "review", "--accept", "tramway-sold")
    assert result.returncode == 1
    assert "content/facts/.tramway.yml.new: Is a directory" in result.stdout
    assert "Traceback" not in result.stdout


def test_positions_of_sentences_are_counted_from_one(second_story: Project):
    story, _ = load_story(second_story.root / "content")
    home = story.pages["home"]
    names = {item.name: item.texts for item in review_items(story)}
    own = {
        f"home/lead/{number}": sentence.text
        for number, sentence in enumerate(home.lead, 1)
        if sentence.text
    }
    assert own and own.items() <= names.items()
    assert not any("/0" in name for name in names)


def test_sentence_waits_again_when_its_fact_changes(second_story: Project):
    story, _ = load_story(second_story.root / "content")
    sentence = next(item for item in review_items(story) if item.facts)
    explainer(second_story, "review", "--accept", sentence.name)
    old = sentence.facts[0].text["en"]
    second_story.edit("content/facts/tramway.yml", old, old.replace(".", " indeed."))
    assert sentence.name in explainer(second_story, "review", "--list").stdout.splitlines()


@pytest.mark.build
def test_stale_review_is_a_notice_and_stops_nothing(
    second_story: Project,
):
    explainer(second_story, "review", "--accept", "tramway-sold")
    story, _ = load_story(second_story.root / "content")
    second_story.edit(
        "content/facts/tramway.yml",
        story.facts["tramway-sold"].text["en"],
        story.facts["tramway-sold"].text["en"].replace("the company", "the firm"),
    )
    result = second_story.check()
    assert result.returncode == 0
    assert (
        "notice: a text has changed since it was last read in all languages (tramway-sold)\n    .venv/bin/explainer review tramway-sold"
        in result.stdout
    )
    assert second_story.build("--strict").returncode == 0


def test_a_key_is_put_into_block_and_flow_alike(tmp_path):
    path = tmp_path / "a.yml"
    for text, before, expected in [
        ("a:\n  b: c # d\n  e: f\n", (3, 3), "a:\n  b: c # d\n  reviewed: 1f3a\n  e: f\n"),
        ("a:\n  - e: f\n", (2, 5), "a:\n  - reviewed: 1f3a\n    e: f\n"),
        ("a: {b: c, e: f}\n", (1, 11), "a: {b: c, reviewed: 1f3a, e: f}\n"),
        ("\ufeffa: {e: f}\r\n", (1, 5), "\ufeffa: {reviewed: 1f3a, e: f}\r\n"),
    ]:
        path.write_bytes(text.encode())
        insert_key(path, before, "reviewed", "1f3a")
        assert path.read_bytes().decode() == expected
    path.write_text("a: 'x\n", "utf-8")
    with pytest.raises(EditError):
        insert_key(path, (1, 1), "reviewed", "1f3a")


# --- changes -----------------------------------------------------------------------------------


@pytest.fixture
def committed(second_story: Project) -> Project:
    """The second story in a Git repository, committed once."""
    for command in (["init", "-q"], ["add", "content"], ["commit", "-qm", "first"]):
        git(second_story, *command)
    return second_story


def git(project: Project, *command: str) -> None:
    """Run a command of Git's in a project, as somebody."""
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command],
        cwd=project.root,
        check=True,
    )


def test_nothing_changed_is_said_in_words(committed: Project):
    assert (
        explainer(committed, "changes", "HEAD", "--language", "en").stdout.strip()
        == "No fact has changed."
    )


def test_changes_tell_added_overtaken_changed_and_removed_facts_apart(
    committed: Project,
):
    """In the reader's language."""
    facts = committed.root / "content" / "facts" / "tramway.yml"
    story, _ = load_story(committed.root / "content")
    ids = list(story.facts)
    text = facts.read_text("utf-8")
    first, second = story.facts[ids[0]], story.facts[ids[1]]
    text = text.replace(first.text["en"], "Words *with* <marks> & a [link](x).").replace(
        f"{ids[2]}:", f"{ids[2]}-renamed:\n  was: [{ids[2]}]"
    )
    removed = f"{ids[-1]}:" + text.split(f"\n{ids[-1]}:")[1]
    facts.write_text(
        text.replace(
            removed,
            "brand-new:\n  text: {fr: Neuf., de: Neu., en: New.}\n  about: [ostrevange]\n  status: confirmed\n  date: 2022\n  cites: [{source: journal}]\n",
        ),
        "utf-8",
    )
    told = explainer(committed, "changes", "HEAD", "--language", "en").stdout
    assert "### Facts added\n\n- `brand-new`: New." in told
    assert f"- `{ids[0]}` (text): ~~" in told
    assert "Words \\*with\\* \\<marks\\> \\& a \\[link\\]\\(x\\)." in told
    assert f"### Facts removed\n\n- `{ids[-1]}`" in told
    assert ids[2] not in told.replace(f"{ids[2]}-renamed", "")
    assert second.id not in told


def test_words_changed_in_another_language_alone_are_told_too(committed: Project):
    story, _ = load_story(committed.root / "content")
    fact = next(iter(story.facts.values()))
    committed.edit("content/facts/tramway.yml", fact.text["de"], "Neue Worte.")
    told = explainer(committed, "changes", "HEAD", "--language", "en").stdout
    assert f"- `{fact.id}` (text): {fact.text['en'][:20]}" in told
    assert "\n  - de: ~~" in told and "~~ Neue Worte." in told
    assert "  - fr: " not in told


def test_overtaken_fact_is_told_with_its_successor(committed: Project):
    story, _ = load_story(committed.root / "content")
    plan = next(fact for fact in story.facts.values() if fact.overtaken)
    git(committed, "checkout", "-q", "-b", "before")
    committed.edit("content/facts/tramway.yml", f"  overtaken: {plan.overtaken}\n", "")
    git(committed, "commit", "-qam", "before")
    git(committed, "checkout", "-q", "HEAD~1", "--", "content")
    assert (
        f"### Facts overtaken\n\n- `{plan.id}` → `{plan.overtaken}`"
        in explainer(committed, "changes", "before", "--language", "en").stdout
    )


def test_a_revision_that_is_none_is_refused_in_words(committed: Project):
    for revision in ("nowhere", "--output=x"):
        result = explainer(committed, "changes", "--", revision)
        assert result.returncode == 1
        assert (
            result.stdout
            == f'Error: there is no revision "{revision}"; "git fetch" gets the server\'s\n'
        )
        assert not (committed.root / "x").exists()


@pytest.mark.parametrize("revision", ["before", "HEAD~1"])
def test_shallow_clone_says_how_to_get_a_missing_revision(committed: Project, tmp_path, revision):
    git(committed, "tag", "before")
    git(committed, "commit", "-qm", "second", "--allow-empty")
    clone = ["clone", "-q", "--depth", "1", "--no-tags", committed.root.as_uri(), "clone"]
    subprocess.run(["git", *clone], cwd=tmp_path, check=True)
    shallow = Project(tmp_path / "clone")
    result = explainer(shallow, "changes", revision)
    assert result.returncode == 1
    assert result.stdout == (
        f'Error: there is no revision "{revision}" in this shallow clone; '
        '"git fetch --unshallow" gets what it lacks\n'
    )
    subprocess.run(["git", "fetch", "-q", "--unshallow", "--tags"], cwd=shallow.root, check=True)
    assert explainer(shallow, "changes", revision, "--language", "en").returncode == 0


def test_revision_without_facts_and_folder_without_git_are_refused(
    committed: Project, tmp_path_factory
):
    git(committed, "rm", "-rq", "--cached", "content/facts")
    git(committed, "commit", "-qm", "no facts")
    assert (
        explainer(committed, "changes", "HEAD").stdout
        == 'Error: the revision "HEAD" has no folder content/facts\n'
    )
    (committed.root / ".git").rename(tmp_path_factory.mktemp("elsewhere") / "git")
    assert explainer(committed, "changes", "HEAD").stdout.startswith("Error: not a git repository")


def test_only_regular_files_of_facts_are_read_from_a_revision(committed: Project):
    expected = facts_now(committed.root)
    folder = committed.root / "content" / "facts"
    (folder / "deep").mkdir()
    (folder / "deep" / "er.yml").write_text("deep: {}\n", "utf-8")
    (folder / "a.txt").write_text("text: {}\n", "utf-8")
    (folder / "link.yml").symlink_to("../story.yml")
    git(committed, "add", "content/facts")
    git(committed, "commit", "-qm", "other files")
    assert facts_at(committed.root, "HEAD") == expected


def test_a_revision_is_read_from_a_subfolder_of_the_repository(committed: Project, tmp_path):
    outer = tmp_path / "outer"
    outer.mkdir()
    shutil.copytree(committed.root / "content", outer / "project" / "content")
    subprocess.run(["git", "init", "-q", str(outer)], check=True)
    subprocess.run(["git", "add", "."], cwd=outer, check=True)
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *author, "commit", "-qm", "all"], cwd=outer, check=True)
    assert facts_at(outer / "project", "HEAD") == facts_now(committed.root)


def test_facts_of_an_unparsable_file_are_not_reported_as_removed(committed: Project):
    committed.edit("content/facts/tramway.yml", "  about:", " about:")
    result = explainer(committed, "changes", "HEAD", "--language", "en")
    assert (
        result.stdout.strip()
        == "content/facts/tramway.yml does not parse: its facts are not compared."
    )
    git(committed, "commit", "-qam", "broken")
    git(committed, "checkout", "-q", "HEAD~1", "--", "content")
    result = explainer(committed, "changes", "HEAD", "--language", "en")
    assert (
        result.stdout.strip()
        == "content/facts/tramway.yml, as it was then, does not parse: its facts are not compared."
    )


def test_facts_after_an_invalid_fact_are_not_reported_as_removed(
    committed: Project,
):
    """The invalid one may have swallowed the next."""
    text = (committed.root / "content/facts/tramway.yml").read_text("utf-8")
    second = re.findall(r"(?m)^([a-z-]+):$", text)[1]
    before, after = text.split(f"\n{second}:\n")
    fact, rest = after.split("\n\n", 1)
    swallowed = "\n".join(f"  {line}" for line in f"{second}:\n{fact}".splitlines())
    (committed.root / "content/facts/tramway.yml").write_text(
        f"{before.rstrip()}\n{swallowed}\n\n{rest}", "utf-8"
    )
    result = explainer(committed, "changes", "HEAD", "--language", "en")
    assert (
        result.stdout.strip()
        == "content/facts/tramway.yml holds what the check refuses: its facts are not compared."
    )


def test_what_other_files_say_is_compared_all_the_same(committed: Project):
    def facts(moved: str) -> dict[str, dict]:
        return {"moved": {"text": {"en": moved}}}

    before = Facts(
        {**facts("Old."), "hidden": {}, "gone": {}},
        {"moved": "a.yml", "hidden": "a.yml", "gone": "b.yml"},
    )
    after = Facts(
        {**facts("New."), "more": {}},
        {"moved": "b.yml", "more": "b.yml"},
        {"a.yml": "does not parse"},
    )
    told = "\n".join(changes(before, after, "en", lambda key: key))
    assert re.findall(r"`(\w+)`", told) == ["more", "moved", "gone"]


def test_pull_request_gets_no_comment_without_a_list_of_changes(tmp_path):
    jobs = yaml.safe_load(
        (PROJECT / ".github" / "workflows" / "pull-request.yml").read_text("utf-8")
    )["jobs"]
    steps = {step.get("id"): step for step in jobs["content"]["steps"]}
    program = tmp_path / ".venv" / "bin" / "explainer"
    program.parent.mkdir(parents=True)
    for status in (0, 1):
        program.write_text(f"#!/bin/sh\necho words\nexit {status}\n")
        program.chmod(0o755)
        shell = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]}.get(
            steps["changes"].get("shell"), ["bash", "-e", "-c"]
        )
        variables = {**os.environ, "BASE": "main", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        assert (
            subprocess.run(
                [*shell, steps["changes"]["run"]], cwd=tmp_path, env=variables, check=False
            ).returncode
            == status
        )
        assert (tmp_path / "changes.md").read_text() == "words\n"
    assert jobs["content"]["outputs"] == {"changes": "${{ steps.changes.outcome }}"}
    assert "needs.content.outputs.changes == 'success'" in jobs["comment"]["if"]


# --- all ---------------------------------------------------------------------------------------

COMMANDS = ["check", "links", "new", "review", "changes", "schema", "settings"]


def test_the_list_of_commands_has_a_whole_line_for_each(second_story: Project):
    lines = explainer(second_story, "--help").stdout.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in lines] == sorted(COMMANDS)
    assert all(line.endswith(".") and not line.endswith("..") and len(line) <= 80 for line in lines)


def test_help_of_new_names_kinds_and_breaks_no_word(second_story: Project):
    usage, text = explainer(second_story, "new", "--help").stdout.split("\n", 1)
    assert usage == "Usage: .venv/bin/explainer new [OPTIONS] KIND ID"
    assert f"KIND is {', '.join([*KINDS][:-1])} or {[*KINDS][-1]}." in " ".join(text.split())


def test_the_folder_of_sources_is_an_option_too(second_story: Project):
    sources, second_story.sources = second_story.sources, ""
    assert "not checked: no copy of the source at hand" in second_story.check().stdout
    assert "not checked" not in second_story.check("--sources", sources).stdout
    assert (
        "nowhere:1:1: error: no such folder of sources"
        in second_story.check("--sources", "nowhere").stdout
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(second_story: Project, command: str):
    text = explainer(second_story, command, "--help").stdout
    assert text.startswith("Usage:")
    assert command in ("check", "links", "schema") or f"explainer {command} " in text
