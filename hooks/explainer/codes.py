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
    Code("empty-text", "A text is empty."),
    Code("invalid-choice", "A value is not one of the allowed words."),
    Code("invalid-date", "A date is not written as an ISO date, or is not in the calendar."),
    Code("invalid-format", "A value does not have the form of its field, such as an address."),
    Code("invalid-id", "An id is not lower-case words joined by hyphens."),
    Code("invalid-value", "A value is not allowed, for a reason that has no code of its own."),
    Code("invisible-character", "A text has a character that readers cannot see."),
    Code("line-break", "A text of one line has a line break."),
    Code("list-length", "A list has too few or too many entries."),
    Code("missing-key", "A required key is missing."),
    Code("missing-translation", "A text is missing in a language of the story."),
    Code("missing-value", "A key or a list entry has no value."),
    Code("sentence-without-facts", "A sentence does not name the facts that support it."),
    Code("text-too-long", "A text is longer than its field allows."),
    Code("unknown-key", "A key is not one of the keys of its record."),
    Code("unknown-language", "A text has a language that the story does not have."),
    Code("untranslated-text", "A text that differs by language is written once for all."),
    Code("wrong-type", "A value has the wrong type, such as a text where a list is expected."),
    # story
    # checks
    # rendering
    # publishing
    Code("missing-charset", 'A page of its own has no `<meta charset="utf-8">`.'),
    # editing
    Code("unreachable-url", "An address that the content cites does not answer."),
    # adapter
    Code("failing-hook", "Another hook of mkdocs.yml raises an error."),
]

CODES: dict[str, Code] = {code.name: code for code in _CODES}
