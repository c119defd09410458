"""Forms of figures as regular expressions, and helpers that build them from words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from explainer.checks.figures.figure import Figure

NEVER = "(?!)"  # matches nothing


DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class Form:
    """A form of figures.

    Attributes:
        pattern: What the form looks like.
        read: What a match means; no figure means that the match is not of this form.
        hints: Strings of which a lower-case text has at least one if it has the form.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], list[Figure]]
    hints: tuple[str, ...] = DIGITS

    def may_occur(self, lower_case_text: str) -> bool:
        """Return whether it is worth looking for the form in a text."""
        return any(hint in lower_case_text for hint in self.hints)

    def take(self, text: str, figures: list[Figure]) -> str:
        """Add the figures of a text to a list, and return the text without them."""

        def blank(match: re.Match[str]) -> str:
            found = self.read(match)
            figures.extend(found)
            return blanked(match[0]) if found else match[0]

        return self.pattern.sub(blank, text)


def blanked(text: str) -> str:
    """Return a text of the same length that is no part of a figure and joins none."""
    return ";" * len(text)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first, for use inside a group."""
    patterns = [
        re.escape(word).replace(r"\ ", r"\s").replace("’", "[’']")
        for word in sorted(words, key=len, reverse=True)
    ]
    return "|".join(patterns) if patterns else NEVER


def normalize(text: str) -> str:
    """Return a word or phrase as tables have it: in lower case, with plain spaces."""
    return re.sub(r"\s", " ", text).casefold()
