"""Building: nothing of the published site is touched until the new one is whole."""

from __future__ import annotations

import re
import shutil
import stat
import sys

import pytest

from explainer.checks.run import load_checked
from explainer.rendering.template_checks import check_templates
from support.files import bytes_of, left_overs
from support.project import PROJECT, Project

pytestmark = pytest.mark.build


def test_a_build_leaves_the_site_and_nothing_beside_it(second_story: Project):
    assert second_story.build("--strict").returncode == 0
    assert (second_story.site / "index.html").is_file()
    assert left_overs(second_story) == []


def test_last_line_of_a_build_names_site_and_size(second_story: Project):
    assert (
        second_story.build("--strict").stdout.splitlines()[-1]
        == "INFO    -  site: 3 languages, 6 pages each"
    )
    elsewhere = second_story.root.parent / "elsewhere"
    assert (
        second_story.build("--strict", "--site-dir", str(elsewhere)).stdout.splitlines()[-1]
        == f"INFO    -  {elsewhere}: 3 languages, 6 pages each"
    )
    second_story.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    assert "languages," not in second_story.build("--strict").stdout


def test_two_builds_of_the_same_content_are_the_same_bytes(second_story: Project):
    second_story.build("--strict")
    first = bytes_of(second_story.site)
    second_story.build("--strict")
    assert bytes_of(second_story.site) == first


BREAKAGES = {
    "a syntax error in YAML": ("content/facts/tramway.yml", "  date:", " date:"),
    "an unknown id": ("content/facts/tramway.yml", "about: [", "about: [nobody, "),
    "a warning, under strict": ("content/story.yml", "checked: ", "checked: 2019-01-01 # "),
    "an error in a template": ("docs/timeline.md", "{{ timeline() }}", "{{ timelines() }}"),
    "a syntax error in a template": ("docs/timeline.md", "{{ timeline() }}", "{{ timeline( }}"),
    "a template gone": ("content/pages.yml", "timeline:", "chronicle:"),
    "a sum that cannot be done in a template": (
        "docs/timeline.md",
        "{{ timeline() }}",
        "{{ 1 / 0 }}",
    ),
    "notes forgotten in a template": ("docs/index.md", "{{ notes() }}", ""),
    "prose that a template does not show": ("docs/people.md", "{{ prose(section) }}", ""),
    "a phrase of the interface left out": ("content/interface.yml", "permalink:", "permanent:"),
    "a link to no place on a page": (
        "docs/timeline.md",
        "{{ timeline() }}",
        "{{ timeline() }} [nobody](people.md#nobody)",
    ),
    "an address of no place on a page": (
        "docs/timeline.md",
        "{{ timeline() }}",
        '{{ timeline() }} <a href="{{ link("people", "nobody") }}">nobody</a>',
    ),
    "a link to nowhere in a template": (
        "docs/timeline.md",
        "{{ timeline() }}",
        "[nowhere](nowhere.md)",
    ),
}


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_failed_build_names_the_position_and_keeps_the_site(second_story: Project, breakage: str):
    assert second_story.build("--strict").returncode == 0
    before = bytes_of(second_story.site)
    file, old, new = BREAKAGES[breakage]
    second_story.edit(file, old, new)
    result = second_story.build("--strict")
    assert result.returncode != 0
    assert "Traceback" not in result.stdout
    assert (
        re.search(r"(content|docs)/[\w/]+\.(yml|md):\d+:\d+: (error|warning): ", result.stdout)
        or "nowhere" in breakage
    )
    assert bytes_of(second_story.site) == before
    assert left_overs(second_story) == []


@pytest.mark.parametrize("name, text", [("sub/extra.md", b"# Extra"), ("timeline.md", b"caff\xe8")])
def test_extra_or_undecodable_template_gives_no_traceback(
    second_story: Project, name: str, text: bytes
):
    path = second_story.root / "docs" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)
    result = second_story.build("--strict")
    assert result.returncode != 0
    assert "Traceback" not in result.stdout
    assert f"docs/{name}" in result.stdout


def test_a_first_build_that_fails_leaves_no_site(second_story: Project):
    second_story.edit("content/facts/tramway.yml", "about: [", "about: [nobody, ")
    assert second_story.build().returncode != 0
    assert not second_story.site.exists()
    assert left_overs(second_story) == []


def test_the_published_folder_keeps_its_mode(second_story: Project):
    second_story.site.mkdir()
    second_story.site.chmod(0o755)
    assert second_story.build("--strict").returncode == 0
    assert stat.S_IMODE(second_story.site.stat().st_mode) == 0o755


def test_what_a_killed_build_left_is_cleared_away(second_story: Project):
    left = second_story.root / ".site.build-killed"
    (left / "site").mkdir(parents=True)
    (left / "lock").touch()
    assert second_story.build("--strict").returncode == 0
    assert left_overs(second_story) == []


def test_build_names_published_facts_that_lose_their_address(second_story: Project):
    second_story.build("--strict")
    text = (second_story.root / "content" / "facts" / "tramway.yml").read_text("utf-8")
    old = re.search(r"(?m)^([a-z-]+):$", text)[1]
    for path in second_story.root.joinpath("content").rglob("*.yml"):
        path.write_text(re.sub(rf"\b{old}\b", "renamed-fact", path.read_text("utf-8")), "utf-8")
    result = second_story.build("--strict")
    assert result.returncode == 0 and f"lead nowhere: {old};" in result.stdout
    second_story.edit(
        "content/facts/tramway.yml", "renamed-fact:\n", f"renamed-fact:\n  was: [{old}]\n"
    )
    assert "lead nowhere" not in second_story.build("--strict").stdout


TEMPLATE_MISTAKES = {
    "{{ timelines() }}": 'a template cannot ask for "timelines"',
    "{{ prose() }}": "prose(section): missing a required argument: 'section'",
    "{{ prose(sectoin) }}": 'a template cannot ask for "sectoin"',
    "{{ prose(1) }}": "prose(section): expected a section, as sections() gives it, not an int",
    '{{ date("2023") }}': 'date(value): expected a date of a record, not "2023"',
    "{{ facts(foo=1) }}": "facts(about, subject, status): got an unexpected keyword argument 'foo'",
    '{{ facts(about="nobody") }}': 'nothing here is called "nobody"',
    '{{ roles(office="nope") }}': 'nothing here is called "nope"',
    '{{ fact("nope") }}': 'there is no fact "nope"',
    '{{ ways_on("people", "nowhere") }}': 'there is no page "nowhere"',
    '{{ link("nowhere") }}': 'there is no page "nowhere"',
    "{{ story.titel }}": 'the story has no "titel"; did you mean "title"?',
    "{{ page.title.xx }}": 'the text has no "xx"',
    "{{ page.title }}": "a text is put out in the page's language: {{ words(…) }}",
    "{{ story.checked }}": "a date is put out in the language's form: {{ date(…) }}",
    "{{ page }}": "this is no text: a page",
    '{% include "index.md" %}': "a template stands alone",
    "{% for id, section in sections() %}": "not a valid template: ",
    '{{ "a"': "not a valid template: ",
    "{{ page.__class__ }}": "is unsafe",
}


@pytest.mark.parametrize("mistake", TEMPLATE_MISTAKES)
def test_check_names_a_template_mistake_at_its_line(second_story: Project, mistake: str):
    second_story.edit("docs/timeline.md", "{{ timeline() }}", f"{{{{ timeline() }}}}\n\n{mistake}")
    line = (second_story.root / "docs" / "timeline.md").read_text("utf-8").split("\n").index(
        mistake
    ) + 1
    story, report, _ = load_checked(second_story.root / "content", second_story.root / "docs")
    (problem,) = check_templates(story, report, second_story.root / "docs")
    assert TEMPLATE_MISTAKES[mistake] in problem.message
    assert (problem.file, problem.level) == ("docs/timeline.md", "error")
    assert problem.line == line or "not a valid" in problem.message


@pytest.mark.parametrize(
    "broken, line, message",
    [
        ("<p>fine</p>\n{{ nothing.at_all }}\n", 2, "'nothing' is undefined"),
        ("<p>fine</p>\n{% if %}\n", 2, "Expected an expression, got 'end of statement block'"),
    ],
)
def test_broken_component_is_reported_at_its_line(second_story: Project, broken, line, message):
    hooks = second_story.root / "hooks"
    hooks.unlink()
    shutil.copytree(PROJECT / "hooks", hooks, ignore=shutil.ignore_patterns("__pycache__"))
    (hooks / "theme" / "components" / "footer.html").write_text(broken, "utf-8")
    result = second_story.run([sys.executable, "-m", "mkdocs", "build"], PYTHONPATH=str(hooks))
    assert result.returncode == 1
    assert (
        f"hooks/theme/components/footer.html:{line}:1: error: this component cannot be rendered: {message}"
        in result.stdout
    )
    assert "Traceback" not in result.stdout


def test_two_anchors_of_one_name_stop_the_build(second_story: Project):
    twice = '<span id="here"></span><span id="here"></span>'
    second_story.edit("docs/ledger.md", "{{ ledger() }}", f"{{{{ ledger() }}}}\n\n{twice}")
    result = second_story.build()
    assert result.returncode == 1
    assert re.search(
        r'docs/ledger\.md:\d+:\d+: error: two places on this page are called "here"', result.stdout
    )
    assert not second_story.site.exists()


def test_broken_address_of_any_kind_stops_the_build(second_story: Project):
    second_story.edit(
        "docs/timeline.md",
        "{{ timeline() }}",
        '{{ timeline() }}\n\n<img src="nope.png" alt=""> <a HREF=\'nowhere/\'>x</a> <span data-id="ghost">y</span> <a href="#ghost">z</a>',
    )
    result = second_story.build()
    assert result.returncode == 1
    for address in ("nope.png", "nowhere/", "#ghost"):
        assert re.search(
            r"docs/timeline\.md:\d+:\d+: error: the page has a link that leads nowhere: "
            + re.escape(address),
            result.stdout,
        )


def test_own_page_without_charset_meta_is_refused(second_story: Project):
    (second_story.root / "docs" / "demo.html").write_text(
        "<!doctype html><title>x</title><script>1</script>", "utf-8"
    )
    result = second_story.build()
    assert result.returncode == 1
    assert 'demo.html:1:1: error: there is no <meta charset="utf-8">' in result.stdout
    (second_story.root / "docs" / "demo.html").write_text(
        "<!doctype html><META CHARSET=UTF-8><title>x</title><script>1</script>", "utf-8"
    )
    assert second_story.build().returncode == 0
    assert "Content-Security-Policy" in (second_story.site / "fr" / "demo.html").read_text("utf-8")


def test_hidden_templates_are_ignored_and_folders_refused(second_story: Project):
    docs = second_story.root / "docs"
    (docs / ".#people.md").symlink_to(
        "somebody@somewhere.1234"
    )  # as an editor locks a file that is being edited
    assert second_story.check().returncode == 0
    (docs / "notes.md").mkdir()
    result = second_story.check()
    assert "docs/notes.md:1:1: error: this is not a file" in result.stdout
    assert "Traceback" not in result.stdout


@pytest.mark.parametrize(
    "typed, message",
    [
        ("\ue0009\ue001", "a character that cannot be seen stands here: U+E000"),
        ('{{ "\\ud800" }}', "the template puts out what is no character"),
        ("{{ [1][5] }}", 'the list has no "5"'),
    ],
)
def test_what_no_template_may_hold_is_named(second_story: Project, typed, message):
    second_story.edit("docs/timeline.md", "{{ timeline() }}", f"{{{{ timeline() }}}}\n\n{typed}")
    result = second_story.check()
    assert f"docs/timeline.md:7:1: error: {message}" in result.stdout
    assert "Traceback" not in result.stdout


def test_two_grids_on_a_page_are_two_pictures(project: Project):
    pages = project.root / "content" / "pages.yml"
    text = pages.read_text("utf-8")
    grid = re.search(r"^    year-by-year:\n.*?(?=^    \S|^\S)", text, re.MULTILINE | re.DOTALL)[0]
    again = grid.replace("year-by-year:", "once-more:").replace("reviewed:", "reviewed:")
    pages.write_text(text.replace(grid, grid + again), "utf-8")
    result = project.build()
    assert result.returncode == 0, result.stdout
    html = (project.site / "it" / "partnership" / "index.html").read_text("utf-8")
    assert (
        len(set(re.findall(r'<svg[^>]*aria-labelledby="([^"]+)"', html))) == html.count("<svg") == 2
    )


def empty_headings(html: str) -> list[str]:
    """The headings of a page with nothing below them but a heading as high, or higher, or the end."""
    article = re.search(r"<article>(.*)</article>", html, re.DOTALL)[1]
    parts = re.split(r"<h([1-6])[^>]*>(.*?)</h\1>", article, flags=re.DOTALL)[1:]
    levels, titles = list(map(int, parts[::3])), parts[1::3]
    texts = [re.sub(r"<[^>]+>|\s", "", text) for text in parts[2::3]]
    following = [*levels[1:], 0]
    return [
        title
        for level, title, text, after in zip(levels, titles, texts, following, strict=True)
        if not text and after <= level
    ]


@pytest.mark.parametrize("missing", [[], ["source-notes", "quotes", "updates"]])
def test_a_heading_has_something_below_it(second_story: Project, missing: list[str]):
    for name in missing:
        (second_story.root / "content" / f"{name}.yml").unlink()
    second_story.edit(
        "content/pages.yml", "[person, organization]", "[person, organization, product]"
    )
    if missing:  # no words in quotation marks and no paragraphs either
        pages = second_story.root / "content" / "pages.yml"
        sentence = r"(- )facts: \[(tramway-bought-back)\]\n          text:\n(?:            .*\n){3}"
        pages.write_text(re.sub(sentence, r"\1\2\n", pages.read_text("utf-8")), "utf-8")
        sources = second_story.root / "content" / "sources.yml"
        text = sources.read_text("utf-8")
        sources.write_text(
            re.sub(r"  text: journal.txt\n  paragraphs:\n(    .*\n)+", "", text), "utf-8"
        )
    result = second_story.build()
    assert result.returncode == 0, result.stdout
    for path in second_story.site.glob("en/**/index.html"):
        assert empty_headings(path.read_text("utf-8")) == [], path
    html = (second_story.site / "en" / "sources" / "index.html").read_text("utf-8")
    for anchor in ("paragraphs", "source-notes", "updates"):
        assert (f'id="page:{anchor}"' in html) == (not missing)


def test_later_update_of_a_day_is_the_newer(second_story: Project):
    updates = second_story.root / "content" / "updates.yml"
    text = updates.read_text("utf-8")
    for id, date in (("second", "2024-02-10"), ("third", "2024-02"), ("fourth", "2024-02-10")):
        text += f"{id}:\n  date: {date}\n  kind: update\n  text: {{fr: Un., de: Eins., en: One.}}\n"
    updates.write_text(text, "utf-8")
    second_story.edit(
        "docs/index.md", "{{ notes() }}", "Latest:\n\n{{ latest_update() }}\n\n{{ notes() }}"
    )
    result = second_story.build()
    assert result.returncode == 0, result.stdout
    newest_first = ["fourth", "second", "first-publication", "third"]
    page = (second_story.site / "en" / "sources" / "index.html").read_text("utf-8")
    assert re.findall(r'<li id="([a-z-]+)">\s*<p><time', page) == newest_first
    home = (second_story.site / "en" / "index.html").read_text("utf-8")
    assert re.findall(r'<li id="([a-z-]+)">\s*<p><time', home) == ["fourth"]
    assert 'sources/#fourth">' in home
    feed = (second_story.site / "en" / "feed.xml").read_text("utf-8")
    assert re.findall(r"<id>.*#([a-z-]+)</id>", feed) == newest_first
    assert re.findall(r"<updated>(.*)</updated>", feed) == [
        "2024-02-10T00:00:02Z",  # the feed's own
        "2024-02-10T00:00:02Z",
        "2024-02-10T00:00:01Z",
        "2024-02-10T00:00:00Z",
        "2024-02-01T00:00:00Z",
    ]
