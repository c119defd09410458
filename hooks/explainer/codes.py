"""The codes of problems: one for each kind of mistake, as in the rule ids of ruff and yamllint."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A kind of problem.

    Attributes:
        name: How messages and `# explainer: ignore[…]` call it, in kebab-case.
        meaning: What is wrong, in a sentence for editors.
    """

    name: str
    meaning: str


# Each room has a section, sorted by name.
_CODES = [
    # reading
    # schema
    # story
    # checks
    # rendering
    # publishing
    Code("missing-charset", 'A page of its own has no `<meta charset="utf-8">`.'),
    # editing
    Code("unreachable-url", "An address that the content cites does not answer."),
    # adapter
]

CODES: dict[str, Code] = {code.name: code for code in _CODES}
