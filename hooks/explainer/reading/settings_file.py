"""Read a settings file such as `mkdocs.yml` as YAML nodes, so that each value has its position.

Tags such as `!ENV` stay unresolved, except in values that are asked for as text.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from explainer.problems import ERROR, ContentError, Problem
from explainer.reading.document import PathKey, Route
from explainer.reading.parser import read_text

UNSET = ("", "~", "null", "false")


INVALID = "invalid-settings"


@dataclass(frozen=True)
class SettingValue:
    """A value in a settings file.

    Attributes:
        file: The name of the file.
        node: The value as a YAML node.
        line: The line of the value's key, or of the value in a list, from 1.
        column: The column of the same, from 1.
    """

    file: str
    node: yaml.Node
    line: int
    column: int

    @property
    def is_unset(self) -> bool:
        """Whether the value means the same as leaving out its key."""
        if isinstance(self.node, yaml.ScalarNode):
            return self.node.value.lower() in UNSET
        return not self.node.value

    @property
    def text(self) -> str:
        """The value of a scalar; `!ENV` is replaced from the environment, or by its default."""
        node = self.node
        if node.tag != "!ENV":
            return node.value if isinstance(node, yaml.ScalarNode) else ""
        if isinstance(node, yaml.ScalarNode):
            return os.environ.get(node.value, "")
        *names, default = [item.value for item in node.value] or [""]
        return next((os.environ[name] for name in names if name in os.environ), default)

    def problem(self, message: str, hint: str, code: str, level: str = ERROR) -> Problem:
        """Return a problem at this value."""
        return Problem(self.file, self.line, self.column, level, message, hint, code)


@dataclass
class SettingsFile:
    """The values of a settings file, with those of the files that it inherits from.

    Attributes:
        path: Where the file is.
        values: The values by route, such as `("theme", "name")`.
    """

    path: Path
    values: dict[Route, SettingValue] = field(default_factory=dict)

    def text(self, *route: PathKey, default: str = "") -> str:
        """Return the text at a route, or the default if there is none."""
        value = self.values.get(route)
        return value.text if value else default

    def below(self, *route: PathKey) -> list[tuple[PathKey, SettingValue]]:
        """Return the values one step below a route, each with its key or index."""
        return [
            (key[-1], value)
            for key, value in self.values.items()
            if key[:-1] == route and len(key) == len(route) + 1
        ]

    def problem(self, route: Route, message: str, hint: str, code: str) -> Problem:
        """Return an error at a value, or at the nearest value that would contain it."""
        while route and route not in self.values:
            route = route[:-1]
        if not route:
            return Problem(self.path.name, 1, 1, ERROR, message, hint, code)
        return self.values[route].problem(message, hint, code)


def read_settings(path: Path) -> SettingsFile:
    """Read a settings file and those that it inherits from.

    Raises:
        ContentError: A file cannot be read, or is not a mapping in YAML.
    """
    settings = SettingsFile(path)
    for values in reversed(list(_inheritance(path))):
        settings.values = _merged(settings.values, values)
    return settings


def _inheritance(path: Path) -> Iterator[dict[Route, SettingValue]]:
    """Yield the values of a file and of each file that the one before inherits from."""
    seen = set()
    while path not in seen:
        seen.add(path)
        values = _read(path)
        yield values
        if ("INHERIT",) not in values:
            return
        path = path.parent / values["INHERIT",].text


def _merged(
    inherited: dict[Route, SettingValue], values: dict[Route, SettingValue]
) -> dict[Route, SettingValue]:
    """Replace inherited values as MkDocs does: mappings are merged, all else is replaced whole."""
    replaced = {
        route for route, value in values.items() if not isinstance(value.node, yaml.MappingNode)
    }
    kept = {
        route: value
        for route, value in inherited.items()
        if replaced.isdisjoint(route[:length] for length in range(1, len(route) + 1))
    }
    return kept | values


def _read(path: Path) -> dict[Route, SettingValue]:
    try:
        node = yaml.compose(read_text(path, path.name), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"this is not valid YAML: {getattr(error, 'problem', None) or error}"
        hint = "correct this line or the line above it"
        problem = Problem(path.name, line, column, ERROR, message, hint, INVALID)
        raise ContentError([problem]) from error
    if not isinstance(node, yaml.MappingNode):
        message, hint = "this is not a mapping", "write settings as keys with values: key: value"
        raise ContentError([Problem(path.name, 1, 1, ERROR, message, hint, INVALID)])
    return dict(_values(path.name, node, ()))


def _values(file: str, node: yaml.Node, route: Route) -> Iterator[tuple[Route, SettingValue]]:
    """Yield all values below a node, each with its route."""
    entries: list[tuple[PathKey, yaml.Node, yaml.Node]]
    if isinstance(node, yaml.MappingNode):
        entries = [
            (key.value if isinstance(key.value, str) else "", key, value)
            for key, value in node.value
        ]
    elif isinstance(node, yaml.SequenceNode):
        entries = [(index, value, value) for index, value in enumerate(node.value)]
    else:
        return
    for key, marked, value in entries:
        mark = marked.start_mark
        yield (*route, key), SettingValue(file, value, mark.line + 1, mark.column + 1)
        yield from _values(file, value, (*route, key))
