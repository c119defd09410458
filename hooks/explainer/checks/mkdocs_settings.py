"""Checks of `mkdocs.yml`: settings that cannot work here, and settings that would have no effect.

The file is read as YAML nodes, so that each problem has its place. Tags such as `!ENV` stay unresolved,
except in the one value that is checked for its content.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pathspec import GitIgnoreSpec

from explainer.problems import ERROR, WARNING, ContentError, Problem
from explainer.reading.document import Route
from explainer.reading.parser import read_text
from explainer.reading.template_files import templates_in

ADAPTER = "hooks/site.py"


THEME = {"name": "material", "custom_dir": "hooks/theme"}


FRAME = "the frame of every page is hooks/theme/main.html"


STYLES = "docs/assets/explainer.css"


SCRIPT = "docs/assets/explainer.js"


# Settings that MkDocs and Material know and this site does not use, each with what to do instead.
WITHOUT_EFFECT: dict[Route, str] = {
    ("nav",): "pages are listed in the order of content/pages.yml",
    ("site_description",): "it is `description` in content/story.yml",
    ("site_author",): "it is `publisher` in content/story.yml",
    ("copyright",): "it is `licence` in content/story.yml",
    ("repo_url",): "edit links need the full address: edit_uri: https://…/edit/main/",
    ("repo_name",): "a link to the repository can be added to hooks/theme/components/footer.html",
    ("edit_uri_template",): "edit links need the full address: edit_uri: https://…/edit/main/",
    ("extra_css",): f"write the rules into {STYLES}",
    ("extra_javascript",): f"write the script into {SCRIPT}",
    ("extra_templates",): f"{FRAME}, its components stand beside it",
    ("theme", "palette"): f"colours are set in {STYLES}",
    ("theme", "font"): f"fonts are set in {STYLES}",
    ("theme", "logo"): "the masthead shows the title of content/story.yml: hooks/theme/main.html",
    ("theme", "favicon"): "replace docs/assets/favicon.svg",
    ("theme", "language"): "languages are set in content/story.yml",
    ("theme", "locale"): "languages are set in content/story.yml",
}


PLUGIN_HINTS = {
    "search": "remove it: each language has its own search",
    "blog": "remove it: what is new goes into content/updates.yml",
}


@dataclass(frozen=True)
class Value:
    """One value in a settings file: its node, and the place of its key, or its own where it has none."""

    file: str
    node: yaml.Node
    line: int
    column: int

    @property
    def unset(self) -> bool:
        """Whether the value says no more than leaving the key out would."""
        if isinstance(self.node, yaml.ScalarNode):
            return self.node.value.lower() in ("", "~", "null", "false")
        return not self.node.value

    @property
    def text(self) -> str:
        """The value of a scalar, with `!ENV` replaced by what the environment or the default says."""
        node = self.node
        if node.tag != "!ENV":
            return node.value if isinstance(node, yaml.ScalarNode) else ""
        if isinstance(node, yaml.ScalarNode):
            return os.environ.get(node.value, "")
        *names, default = [one.value for one in node.value] or [""]
        return next((os.environ[name] for name in names if name in os.environ), default)

    def problem(self, message: str, hint: str, code: str, level: str = ERROR) -> Problem:
        """A problem at this value."""
        return Problem(self.file, self.line, self.column, level, message, hint, code)


@dataclass
class Settings:
    """The values of `mkdocs.yml` by route, with those of the file that it inherits from."""

    file: str
    values: dict[Route, Value] = field(default_factory=dict)

    def below(self, *route: str) -> list[tuple[str | int, Value]]:
        """The values one step below a route."""
        return [
            (key[-1], value)
            for key, value in self.values.items()
            if key[:-1] == route and len(key) == len(route) + 1
        ]

    def problem(self, route: Route, message: str, hint: str, code: str) -> Problem:
        """An error at a value; where it is absent, at what would hold it."""
        while route and route not in self.values:
            route = route[:-1]
        if not route:
            return Problem(self.file, 1, 1, ERROR, message, hint, code)
        return self.values[route].problem(message, hint, code)


def check_settings(path: Path) -> list[Problem]:
    """Return every problem of the settings file at `path`, sorted by place."""
    try:
        settings = read_settings(path)
    except ContentError as error:
        return error.problems
    root = path.parent
    return sorted(
        {
            *_check_adapter(settings),
            *_check_theme(settings),
            *_check_site_url(settings),
            *_check_edit_uri(settings),
            *_check_plugins(settings),
            *_check_folders(settings, root),
            *_check_exclusions(settings, root),
            *_check_effect(settings),
        }
    )


def read_settings(path: Path) -> Settings:
    """Read a settings file and those it inherits from. Raises ContentError where one cannot be read."""
    settings, seen = Settings(path.name), set()
    chain: list[dict[Route, Value]] = []
    while path not in seen:
        seen.add(path)
        values = _read(path)
        chain.append(values)
        parent = values.get(("INHERIT",))
        if parent is None:
            break
        path = path.parent / parent.text
    for values in reversed(chain):
        replaced = [r for r, v in values.items() if not isinstance(v.node, yaml.MappingNode)]
        for old in [old for old in settings.values if any(old[: len(r)] == r for r in replaced)]:
            del settings.values[old]
        settings.values |= values
    return settings


def _read(path: Path) -> dict[Route, Value]:
    try:
        node = yaml.compose(read_text(path, path.name), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = getattr(error, "problem", None) or str(error)
        raise ContentError(
            [
                Problem(
                    path.name,
                    line,
                    column,
                    ERROR,
                    f"this is not valid YAML: {why}",
                    "mend it here or in the line above",
                    "invalid-settings",
                )
            ]
        ) from error
    if not isinstance(node, yaml.MappingNode):
        message = "expected settings: keys and values"
        hint = f"at least site_name, theme and hooks: [{ADAPTER}]"
        raise ContentError([Problem(path.name, 1, 1, ERROR, message, hint, "invalid-settings")])
    return dict(_walk(path.name, node, ()))


def _walk(file: str, node: yaml.Node, route: Route) -> Iterator[tuple[Route, Value]]:
    if isinstance(node, yaml.MappingNode):
        pairs = [(key.value, key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = [(index, value, value) for index, value in enumerate(node.value)]
    else:
        return
    for step, place, value in pairs:
        here = (*route, step if isinstance(step, str | int) else "")
        mark = place.start_mark
        yield here, Value(file, value, mark.line + 1, mark.column + 1)
        yield from _walk(file, value, here)


def _check_adapter(settings: Settings) -> Iterator[Problem]:
    """The project's own hook is there: without it MkDocs would clear the published site, and fail."""
    hooks = [posixpath.normpath(value.text) for _, value in settings.below("hooks")]
    if ADAPTER not in hooks:
        yield settings.problem(
            ("hooks",),
            f"the hook that builds the site, {ADAPTER}, is not among the hooks",
            f"put it back: hooks: [{', '.join([ADAPTER, *hooks])}]",
            "missing-hook",
        )


def _check_theme(settings: Settings) -> Iterator[Problem]:
    """The theme is Material with the project's own templates."""
    theme = settings.values.get(("theme",))
    for key, wanted in THEME.items():
        value = settings.values.get(("theme", key))
        given = value.text if value else ""
        if key == "name" and theme and isinstance(theme.node, yaml.ScalarNode):
            given = theme.text
        if posixpath.normpath(given) != wanted:
            yield settings.problem(
                ("theme", key),
                f"theme.{key} is not {wanted}",
                f"pages are made of this theme: {key}: {wanted}",
                "wrong-theme",
            )


def _check_site_url(settings: Settings) -> Iterator[Problem]:
    """The site's address can be taken apart."""
    value = settings.values.get(("site_url",))
    if value is None:
        return
    try:
        urlsplit(value.text).port  # noqa: B018 (reading it raises)
    except ValueError as error:
        yield value.problem(
            f"site_url is not an address: {error}",
            "such as https://example.org/explainer/",
            "invalid-site-url",
        )


def _check_edit_uri(settings: Settings) -> Iterator[Problem]:
    """Edit links begin with a full address."""
    value = settings.values.get(("edit_uri",))
    if value and not value.unset and not value.text.startswith(("https://", "http://")):
        yield value.problem(
            "edit_uri has no effect without a host",
            "give the full address: edit_uri: https://…/edit/main/",
            "setting-without-effect",
            WARNING,
        )


def _check_plugins(settings: Settings) -> Iterator[Problem]:
    """Plugins of MkDocs would see no page: each language is a build of its own."""
    for step, value in settings.below("plugins"):
        name = step if isinstance(step, str) else value.text
        if isinstance(value.node, yaml.MappingNode) and isinstance(step, int):
            name = value.node.value[0][0].value if value.node.value else ""
        yield value.problem(
            f'the plugin "{name}" has no effect'
            if name == "search"
            else f'the plugin "{name}" cannot work here',
            PLUGIN_HINTS.get(
                name, "remove it; a hook of your own (hooks: […]) sees the pages of every language"
            ),
            "setting-without-effect" if name == "search" else "unsupported-plugin",
            WARNING if name == "search" else ERROR,
        )


def _check_folders(settings: Settings, root: Path) -> Iterator[Problem]:
    """The files and folders that the settings name are there."""
    defaults: dict[Route, str] = {("docs_dir",): "docs", ("theme", "custom_dir"): "hooks/theme"}
    named: list[tuple[Route, str]] = [
        (route, settings.values[route].text if route in settings.values else default)
        for route, default in defaults.items()
    ]
    for key in ("watch", "hooks"):
        named += [((key, step), value.text) for step, value in settings.below(key)]
    for route, name in named:
        if not (root / name).exists():
            yield settings.problem(
                route, f"{name} is not there", "put it back, or mend its name", "missing-path"
            )


def _check_exclusions(settings: Settings, root: Path) -> Iterator[Problem]:
    """No pattern leaves out the template of a page."""
    folder = settings.values.get(("docs_dir",))
    docs = root / (folder.text if folder else "docs")
    for key in ("exclude_docs", "draft_docs"):
        value = settings.values.get((key,))
        if value is None or not docs.is_dir():
            continue
        excluded = _matching(value.text, templates_in(docs))
        if excluded:
            yield value.problem(
                f"{key} leaves out {', '.join(excluded)}, which pages are made from",
                "remove the pattern; a page that is not wanted leaves content/pages.yml too",
                "excluded-template",
            )


def _matching(patterns: str, names: Iterable[str]) -> list[str]:
    try:
        spec = GitIgnoreSpec.from_lines(patterns.splitlines())
    except ValueError:  # which MkDocs says in words
        return []
    return [name for name in names if spec.match_file(name)]


def _check_effect(settings: Settings) -> Iterator[Problem]:
    """Settings of MkDocs and Material that this site does not use."""
    known = {("theme", key) for key in THEME} | {("extra", "prune")}
    for route, value in settings.values.items():
        hint = WITHOUT_EFFECT.get(route)
        if hint is None and len(route) == 2 and route[0] in ("theme", "extra"):
            hint = "" if route in known else FRAME
        if hint and not value.unset:
            yield value.problem(
                f"{'.'.join(map(str, route))} has no effect",
                hint,
                "setting-without-effect",
                WARNING,
            )
