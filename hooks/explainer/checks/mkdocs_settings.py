"""Check `mkdocs.yml`: settings that cannot work here, and settings that have no effect."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pathspec import GitIgnoreSpec

from explainer.problems import ERROR, WARNING, ContentError, Problem
from explainer.reading.document import PathKey, Route
from explainer.reading.settings_file import SettingsFile, SettingValue, read_settings
from explainer.reading.template_files import templates_in

ADAPTER = "hooks/site.py"


THEME = {"name": "material", "custom_dir": "hooks/theme"}


FRAME = "the frame of every page is hooks/theme/main.html"


STYLES = "docs/assets/explainer.css"


SCRIPT = "docs/assets/explainer.js"


FULL_EDIT_ADDRESS = "edit links need the full address: edit_uri: https://…/edit/main/"


# Settings that MkDocs and Material know and this site does not use, each with what to do instead.
WITHOUT_EFFECT: dict[Route, str] = {
    ("nav",): "pages are listed in the order of content/pages.yml",
    ("site_description",): "it is `description` in content/story.yml",
    ("site_author",): "it is `publisher` in content/story.yml",
    ("copyright",): "it is `licence` in content/story.yml",
    ("repo_url",): FULL_EDIT_ADDRESS,
    ("repo_name",): "a link to the repository can be added to hooks/theme/components/footer.html",
    ("edit_uri_template",): FULL_EDIT_ADDRESS,
    ("extra_css",): f"write the rules into {STYLES}",
    ("extra_javascript",): f"write the script into {SCRIPT}",
    ("extra_templates",): f"{FRAME}, its components are beside it",
    ("theme", "palette"): f"colours are set in {STYLES}",
    ("theme", "font"): f"fonts are set in {STYLES}",
    ("theme", "logo"): "the masthead shows the title of content/story.yml: hooks/theme/main.html",
    ("theme", "favicon"): "replace docs/assets/favicon.svg",
    ("theme", "language"): "languages are set in content/story.yml",
    ("theme", "locale"): "languages are set in content/story.yml",
}


# Where all other keys have no effect, and the keys that have one.
CLOSED = {"theme": frozenset(THEME), "extra": frozenset[str]()}


# Plugins that users of MkDocs and Material expect: how bad they are, and what to do instead.
PLUGINS = {
    "search": (WARNING, "remove it: each language has its own search"),
    "blog": (ERROR, "remove it: what is new goes into content/updates.yml"),
}


ANY_PLUGIN = ERROR, "remove it; a hook of your own (hooks: […]) sees the pages of every language"


# Settings that name a file or folder, with its default; then those that list several.
PATHS: dict[Route, str] = {("docs_dir",): "docs", ("theme", "custom_dir"): "hooks/theme"}


PATH_LISTS = ("watch", "hooks")


EXCLUSIONS = ("exclude_docs", "draft_docs")


def check_settings(path: Path) -> list[Problem]:
    """Return every problem of the settings file at `path`, in order."""
    try:
        settings = read_settings(path)
    except ContentError as error:
        return error.problems
    return sorted({problem for check in CHECKS for problem in check(settings)})


def _check_adapter(settings: SettingsFile) -> Iterator[Problem]:
    """The hook of the project is there; without it MkDocs would clear the site and fail."""
    hooks = [posixpath.normpath(value.text) for _, value in settings.below("hooks")]
    if ADAPTER not in hooks:
        yield settings.problem(
            ("hooks",),
            f"the hook that builds the site, {ADAPTER}, is not among the hooks",
            f"put it back: hooks: [{', '.join([ADAPTER, *hooks])}]",
            "missing-hook",
        )


def _check_theme(settings: SettingsFile) -> Iterator[Problem]:
    """The theme is Material, with the templates of the project."""
    for key, expected in THEME.items():
        # theme: material is short for its name.
        name = settings.text("theme") if key == "name" else ""
        if posixpath.normpath(settings.text("theme", key) or name) != expected:
            yield settings.problem(
                ("theme", key),
                f"theme.{key} is not {expected}",
                f"pages are built with this theme only: {key}: {expected}",
                "wrong-theme",
            )


def _check_site_url(settings: SettingsFile) -> Iterator[Problem]:
    """The address of the site can be parsed."""
    value = settings.values.get(("site_url",))
    try:
        _ = urlsplit(value.text if value else "").port  # raises if the port is no number
    except ValueError as error:
        yield settings.problem(
            ("site_url",),
            f"site_url is not an address: {error}",
            "such as https://example.org/explainer/",
            "invalid-site-url",
        )


def _check_edit_uri(settings: SettingsFile) -> Iterator[Problem]:
    """Edit links begin with a full address."""
    value = settings.values.get(("edit_uri",))
    if value and not value.is_unset and not value.text.startswith(("https://", "http://")):
        yield _without_effect(value, "edit_uri", FULL_EDIT_ADDRESS, " without a host")


def _check_plugins(settings: SettingsFile) -> Iterator[Problem]:
    """There are no plugins: they would see no page, because each language is a build of its own."""
    for key, value in settings.below("plugins"):
        name = _plugin_name(key, value)
        level, hint = PLUGINS.get(name, ANY_PLUGIN)
        if level == WARNING:
            yield _without_effect(value, f'the plugin "{name}"', hint)
        else:
            message = f'the plugin "{name}" cannot work here'
            yield value.problem(message, hint, "unsupported-plugin", level)


def _plugin_name(key: PathKey, value: SettingValue) -> str:
    """Return the name of a plugin, which is a key, an item of a list, or a key in an item."""
    if isinstance(key, str):
        return key
    if isinstance(value.node, yaml.MappingNode):
        return str(value.node.value[0][0].value) if value.node.value else ""
    return value.text


def _check_paths(settings: SettingsFile) -> Iterator[Problem]:
    """The files and folders that the settings name exist."""
    paths = [(route, settings.text(*route, default=path)) for route, path in PATHS.items()]
    for key in PATH_LISTS:
        paths += [((key, index), value.text) for index, value in settings.below(key)]
    for route, path in paths:
        if not (settings.path.parent / path).exists():
            yield settings.problem(
                route, f"{path} is not there", "put it back, or correct its name", "missing-path"
            )


def _check_exclusions(settings: SettingsFile) -> Iterator[Problem]:
    """No pattern leaves out the template of a page."""
    docs = settings.path.parent / settings.text("docs_dir", default="docs")
    for key in EXCLUSIONS:
        value = settings.values.get((key,))
        excluded = _matching(value.text, templates_in(docs)) if value and docs.is_dir() else []
        if value and excluded:
            yield value.problem(
                f"{key} leaves out {', '.join(excluded)}, which pages are made from",
                "remove the pattern; to remove a page, remove it from content/pages.yml too",
                "excluded-template",
            )


def _matching(patterns: str, names: Iterable[str]) -> list[str]:
    try:
        spec = GitIgnoreSpec.from_lines(patterns.splitlines())
    except ValueError:  # MkDocs reports it
        return []
    return [name for name in names if spec.match_file(name)]


def _check_effect(settings: SettingsFile) -> Iterator[Problem]:
    """Every setting of MkDocs and Material has an effect on this site."""
    for route, value in settings.values.items():
        hint = WITHOUT_EFFECT.get(route) or _closed_hint(route)
        if hint and not value.is_unset:
            yield _without_effect(value, ".".join(map(str, route)), hint)


def _closed_hint(route: Route) -> str:
    """Return the hint for a key where only few keys have an effect; empty if it is one of them."""
    section, *keys = route
    known = CLOSED.get(str(section))
    return FRAME if known is not None and len(keys) == 1 and keys[0] not in known else ""


def _without_effect(value: SettingValue, name: str, hint: str, condition: str = "") -> Problem:
    message = f"{name} has no effect{condition}"
    return value.problem(message, hint, "setting-without-effect", WARNING)


CHECKS: tuple[Callable[[SettingsFile], Iterator[Problem]], ...] = (
    _check_adapter,
    _check_theme,
    _check_site_url,
    _check_edit_uri,
    _check_plugins,
    _check_paths,
    _check_exclusions,
    _check_effect,
)
