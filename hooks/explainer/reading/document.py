"""Read YAML: text in, plain data and the position of every key and value out.

Data is built straight from the C parser's events, without a composer: nothing recurses, nothing is
coerced (every scalar stays the string the editor typed), and depth and size are bounded on the way.
Of YAML 1.1 (https://yaml.org/spec/1.1/) it takes mappings, sequences and scalars; anchors, aliases,
tags and further documents are problems, because content has no use for them and editors trip on them.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass, field

from explainer.problems import ERROR, Problem

PathKey = str | int


Route = tuple[PathKey, ...]


Position = tuple[int, int]  # line and column, both from 1


@dataclass
class Document:
    """One file's data with positions: `keys` and `values` map a route such as ("some-id", "name") to a mark."""

    file: str
    data: object = None
    keys: dict[Route, Position] = field(default_factory=dict)
    values: dict[Route, Position] = field(default_factory=dict)
    broken: bool = False  # reading stopped at a problem: what came after is not here

    def position(self, route: Route, key: bool = False) -> Position:
        """Where a value (or its key) stands; where it is absent, the key of what it would be part of.

        An entry in a list has no key, and a text that stands for more than it says is the place itself.
        """
        if route in (self.keys if key else self.values):
            return (self.keys if key else self.values)[route]
        while route and route not in self.values:
            route = route[:-1]
        short = isinstance(self.at(route), str)
        return (
            self.values.get(route, (1, 1)) if short or route not in self.keys else self.keys[route]
        )

    def at(self, route: Route) -> object:
        """What stands at a route; KeyError, IndexError or TypeError where nothing does."""
        return functools.reduce(operator.getitem, route, self.data)

    def problem(
        self,
        message: str,
        route: Route = (),
        hint: str = "",
        level: str = ERROR,
        key: bool = False,
        code: str = "",
    ) -> Problem:
        """A problem at a value of this file, or at its key."""
        return Problem(self.file, *self.position(route, key), level, message, hint, code)
