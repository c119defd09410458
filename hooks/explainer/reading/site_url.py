"""The address where the site is published: `site_url` in mkdocs.yml, or a variable it names."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import yaml

from explainer.problems import ERROR, ContentError, Problem
from explainer.reading.parser import read_text

ENVIRONMENT = "!ENV"


UNRESERVED = "%/:@!$&'()*+,;=~"  # what a path may hold as it is (RFC 3986, section 3.3)


@dataclass(frozen=True)
class Setting:
    """The value of `site_url`, empty where there is none, and its place in its file."""

    value: str
    file: str
    line: int = 1
    column: int = 1

    def problem(self, message: str, hint: str, code: str, level: str = ERROR) -> Problem:
        """A problem at this place."""
        return Problem(self.file, self.line, self.column, level, message, hint, code)


def configured(config: Path) -> Setting:
    """Read `site_url` from a MkDocs configuration file.

    An empty environment variable counts as unset. Raises ContentError if the file cannot be read.
    """
    node = _node(config)
    if node is None:
        return Setting("", config.name)
    value, place = _value(node)
    return Setting(value, config.name, place.start_mark.line + 1, place.start_mark.column + 1)


def _node(config: Path) -> yaml.Node | None:
    """The node of `site_url`; None where the file has no such key."""
    try:
        # Composed, not constructed: MkDocs has tags of its own, and a node knows its place.
        root = yaml.compose(read_text(config, config.name), yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = getattr(error, "problem", None) or getattr(error, "reason", "")
        message = f"this is not valid YAML: {reason}"
        problem = Problem(config.name, line, column, ERROR, message, code="invalid-settings")
        raise ContentError([problem]) from error
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == "site_url"), None)


def _value(node: yaml.Node) -> tuple[str, yaml.Node]:
    """The value of a node, and the node that gives it.

    `!ENV [NAME, …, default]` asks the environment first.
    """
    if node.tag != ENVIRONMENT:
        return _text(node), node
    names: list[yaml.Node] = node.value if isinstance(node, yaml.SequenceNode) else [node]
    names, defaults = (names[:-1], names[-1:]) if len(names) > 1 else (names, [])
    given = next(filter(None, (os.environ.get(_text(name)) for name in names)), "")
    if given or not defaults:
        return given, node
    return _text(defaults[0]), defaults[0]


def _text(node: yaml.Node) -> str:
    """The text of a scalar; empty for null and for anything else."""
    scalar = isinstance(node, yaml.ScalarNode) and not node.tag.endswith(":null")
    return str(node.value) if scalar else ""


def encoded(url: str) -> str:
    """An address in ASCII: its host as in DNS (IDNA), all else percent-encoded.

    Raises ValueError for a host without such a form, or with one in each version of IDNA.
    """
    parts = urlsplit(url.strip())
    user, at, host = parts.netloc.rpartition("@")
    name, colon, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    netloc = f"{_percent(user)}{at}{_ascii_host(name)}{colon}{port}"
    return urlunsplit((parts.scheme, netloc, *map(_percent, parts[2:])))


def _ascii_host(name: str) -> str:
    if name.isascii():
        return name
    ascii_name = name.encode("idna")
    # Python knows IDNA 2003, which turns "ß" into "ss": another host than the one that browsers ask.
    if ascii_name.decode("idna") != name.lower():
        raise ValueError(f'"{name}" has more than one form')
    return ascii_name.decode("ascii")


def _percent(text: str) -> str:
    """Text percent-encoded; what is encoded already stays."""
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=UNRESERVED + "?")
