"""Settings in mkdocs.yml: each works, or is named at its line with what to do instead."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from explainer.checks.mkdocs_settings import check_settings
from support.project import PROJECT, Project, copy_of

SETTINGS = (PROJECT / "mkdocs.yml").read_text("utf-8")


def problems_of(root: Path, text: str) -> list:
    """The problems of a settings file in a project that has all its folders."""
    (root / "mkdocs.yml").write_text(text, "utf-8")
    for folder in ("content", "docs", "hooks/theme"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "hooks" / "site.py").touch()
    return check_settings(root / "mkdocs.yml")


def test_the_projects_own_settings_have_no_problem(tmp_path: Path):
    assert problems_of(tmp_path, SETTINGS) == []


TOP_LEVEL = {
    "nav: [index.md]": "nav",
    "extra_css: [assets/mine.css]": "extra_css",
    "extra_javascript: [assets/mine.js]": "extra_javascript",
    "extra_templates: [robots.html]": "extra_templates",
    "copyright: Somebody": "copyright",
    "repo_url: https://github.com/somebody/something": "repo_url",
    "repo_name: somebody": "repo_name",
    "edit_uri_template: edit/{path}": "edit_uri_template",
    "site_description: Words": "site_description",
    "site_author: Somebody": "site_author",
    "edit_uri: edit/main/": "edit_uri",
    "plugins: [search]": 'the plugin "search"',
    "plugins: {search: {lang: it}}": 'the plugin "search"',
}


@pytest.mark.parametrize("line", TOP_LEVEL)
def test_a_setting_without_effect_is_named_at_its_line(tmp_path: Path, line: str):
    text = SETTINGS.replace("plugins: []", "") + f"\n{line}\n"
    (problem,) = problems_of(tmp_path, text)
    assert problem.message.startswith(f"{TOP_LEVEL[line]} has no effect")
    assert (problem.code, problem.level) == ("setting-without-effect", "warning")
    assert problem.line == text.split("\n").index(line) + 1
    assert problem.hint


@pytest.mark.parametrize(
    "line",
    [
        "palette: {primary: indigo}",
        "font: {text: Roboto}",
        "logo: assets/logo.png",
        "favicon: assets/icon.png",
        "icon: {logo: material/home}",
        "features: [navigation.tabs]",
        "language: it",
        "static_templates: [about.html]",
    ],
)
def test_a_setting_of_the_theme_without_effect_is_named(tmp_path: Path, line: str):
    text = re.sub(r"  font: false.*", f"  {line}", SETTINGS)
    (problem,) = problems_of(tmp_path, text)
    assert problem.message == f"theme.{line.split(':')[0]} has no effect"
    assert (problem.line, problem.column) == (text.split("\n").index(f"  {line}") + 1, 3)


@pytest.mark.parametrize("key", ["alternate", "social", "analytics"])
def test_an_extra_of_material_without_effect_is_named(tmp_path: Path, key: str):
    (problem,) = problems_of(tmp_path, f"{SETTINGS}\nextra:\n  {key}: [a]\n")
    assert problem.message == f"extra.{key} has no effect"


@pytest.mark.parametrize("line", ["nav:", "copyright: ''", "repo_url: null", "extra_css: []"])
def test_a_setting_left_empty_is_no_problem(tmp_path: Path, line: str):
    assert problems_of(tmp_path, f"{SETTINGS}\n{line}\n") == []


MISTAKES = {
    "an address that is none": ("site_url: !ENV [SITE_URL, ", 'site_url: "https://[" #', "site_url is not an address", "invalid-site-url"),
    "a port that is none": ("site_url: !ENV [SITE_URL, ", "site_url: https://a.example:x/ #", "site_url is not an address", "invalid-site-url"),
    "hooks removed": ("hooks: [hooks/site.py]", "", "hooks/site.py, is not among the hooks", "missing-hook"),
    "another hook instead": ("hooks: [hooks/site.py]", "hooks: [hooks/theme/main.html]", "hooks/site.py, is not among the hooks", "missing-hook"),
    "another theme": ("name: material", "name: mkdocs", "theme.name is not material", "wrong-theme"),
    "no theme folder": ("  custom_dir: hooks/theme", "", "theme.custom_dir is not hooks/theme", "wrong-theme"),
    "the plugin blog": ("plugins: []", "plugins: [blog]", 'the plugin "blog" cannot work here', "unsupported-plugin"),
    "a plugin with options": ("plugins: []", "plugins: [info: {enabled: true}]", 'the plugin "info" cannot work here', "unsupported-plugin"),
    "a watched folder mistyped": ("watch: [content", "watch: [contnet", "contnet is not there", "missing-path"),
    "YAML that does not parse": ("theme:", "theme: [", "this is not valid YAML", "invalid-settings"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_in_the_settings_is_an_error_with_hint(tmp_path: Path, mistake: str):
    old, new, message, code = MISTAKES[mistake]
    assert old in SETTINGS
    found = {problem.code: problem for problem in problems_of(tmp_path, SETTINGS.replace(old, new))}
    assert message in found[code].message
    assert found[code].level == "error" and found[code].hint


def test_site_url_is_checked_as_the_environment_gives_it(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://[")
    (problem,) = problems_of(tmp_path, SETTINGS)
    assert problem.code == "invalid-site-url"


def test_inherited_settings_count_where_they_are_written(tmp_path: Path):
    (tmp_path / "base.yml").write_text(f"{SETTINGS}\ncopyright: Somebody\n", "utf-8")
    (problem,) = problems_of(tmp_path, "INHERIT: base.yml\nsite_name: Mine\n")
    assert (problem.file, problem.message) == ("base.yml", "copyright has no effect")


@pytest.mark.parametrize(
    "pattern, refused",
    [("'*.md'", True), ("chips.md", True), ("/people.md", True), ("'*.py'", False)],
)
def test_a_pattern_that_leaves_out_a_template_is_an_error(project: Project, pattern, refused):
    path = project.root / "mkdocs.yml"
    path.write_text(f"{SETTINGS}\nexclude_docs: {pattern}\n", "utf-8")
    problems = check_settings(path)
    assert [problem.code for problem in problems] == ["excluded-template"] * refused


def test_the_check_lists_problems_of_the_settings(second_story: Project):
    second_story.edit("mkdocs.yml", "docs_dir: docs", "docs_dir: docs\ncopyright: Somebody")
    result = second_story.check()
    assert "mkdocs.yml:9:1: warning: copyright has no effect" in result.stdout
    assert result.returncode == 1


STOPPED = {
    "the plugin blog": ("plugins: []", "plugins: [blog]", 'the plugin "blog" cannot work here'),
    "the plugin info": ("plugins: []", "plugins: [info]", 'the plugin "info" cannot work here'),
    "templates excluded": ("docs_dir: docs", "docs_dir: docs\nexclude_docs: '*.md'", "leaves out"),
    "another theme": ("name: material", "name: mkdocs", "theme.name is not material"),
}


@pytest.mark.build
@pytest.mark.parametrize("mistake", STOPPED)
def test_build_reports_a_setting_that_cannot_work(second_story: Project, mistake: str):
    old, new, message = STOPPED[mistake]
    second_story.edit("mkdocs.yml", old, new)
    result = second_story.build()
    assert result.returncode == 1
    assert "mkdocs.yml:" in result.stdout and message in result.stdout
    assert "Traceback" not in result.stdout
    assert not second_story.site.exists()


@pytest.mark.build
@pytest.mark.parametrize("event", ["on_config(config)", "on_post_build(config)", "on_page_markdown(markdown, page, config, files)"])  # fmt: skip
@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_hook_that_raises_is_named_at_its_line(second_story: Project, event: str, place: str):
    (second_story.root / "mine.py").write_text(f"def {event}:\n    return 1 / 0\n", "utf-8")
    hooks = "[mine.py, hooks/site.py]" if place == "before" else "[hooks/site.py, mine.py]"
    second_story.edit("mkdocs.yml", "hooks: [hooks/site.py]", f"hooks: {hooks}")
    result = second_story.build()
    assert result.returncode == 1
    assert "mine.py:2:1: error: the hook failed in on_" in result.stdout
    assert "ZeroDivisionError" in result.stdout and "Traceback" not in result.stdout
    assert not any(".build-" in path.name for path in second_story.root.iterdir())


@pytest.mark.build
def test_a_second_hook_sees_the_pages_of_every_language(second_story: Project):
    (second_story.root / "mine.py").write_text(
        "def on_page_content(html, page, config, files):\n"
        "    return html + '<p>From a hook.</p>'\n",
        "utf-8",
    )
    second_story.edit("mkdocs.yml", "[hooks/site.py]", "[hooks/site.py, mine.py]")
    assert second_story.build("--strict").returncode == 0
    for language in ("fr", "de", "en"):
        page = (second_story.site / language / "people" / "index.html").read_text("utf-8")
        assert "<p>From a hook.</p>" in page


@pytest.mark.build
def test_pages_can_have_addresses_that_end_in_html(second_story: Project):
    second_story.edit("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    result = second_story.build("--strict")
    assert result.returncode == 0, result.stdout
    assert (second_story.site / "fr" / "people.html").is_file()
    facts = json.loads((second_story.site / "facts.json").read_text("utf-8"))["facts"]
    assert "/fr/ledger.html#" in facts[0]["url"]["fr"]


@pytest.mark.build
def test_a_markdown_extension_and_its_options_work(second_story: Project):
    second_story.edit(
        "mkdocs.yml",
        "markdown_extensions: [attr_list]",
        "markdown_extensions: [attr_list, footnotes, toc: {separator: _}]",
    )
    second_story.edit("docs/timeline.md", "{{ timeline() }}", "{{ timeline() }}\n\n## Two words\n")
    result = second_story.build("--strict")
    assert result.returncode == 0, result.stdout
    assert 'id="two_words"' in (second_story.site / "fr/timeline/index.html").read_text("utf-8")


@pytest.mark.build
def test_validation_of_links_can_be_switched_off(second_story: Project):
    second_story.edit("mkdocs.yml", "absolute_links: warn", "absolute_links: ignore")
    second_story.edit("docs/timeline.md", "{{ timeline() }}", "{{ timeline() }} [root](/fr/)")
    result = second_story.build("--strict")
    assert "contains an absolute link" not in result.stdout


@pytest.mark.build
def test_a_site_without_plugins_setting_has_no_other_search(second_story: Project):
    second_story.edit("mkdocs.yml", "plugins: []", "")
    result = second_story.build("--strict")
    assert result.returncode == 0, result.stdout
    assert not (second_story.site / "search").exists()


def test_the_makefile_checks_the_settings_before_the_site_is_touched():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for target, command in (("site", "mkdocs build"), ("serve", "mkdocs serve")):
        recipe = re.search(rf"(?ms)^{target}:.*?(?=^\S)", makefile)[0]
        assert recipe.index("explainer settings") < recipe.index(command)


def test_the_settings_command_fails_in_words(tmp_path: Path):
    project = copy_of(tmp_path / "project")
    project.edit("mkdocs.yml", "hooks: [hooks/site.py]", "")
    result = project.run([sys.executable, "-m", "explainer", "settings"])
    assert result.returncode == 1
    assert "the hook that builds the site, hooks/site.py, is not among the hooks" in result.stdout
