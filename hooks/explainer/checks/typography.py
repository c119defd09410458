"""Check typography: slips that no language wants. They are notices, and never stop a build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from explainer.problems import NOTICE, Problem
from explainer.reading.document import Route
from explainer.schema.record import Record
from explainer.story.story import Story
from explainer.story.traversal import all_texts


class Slip(NamedTuple):
    """A slip of typing.

    Attributes:
        pattern: What it looks like.
        message: What is wrong; `{}` stands for what is found.
        hint: What to do.
        code: The code of its problem.
    """

    pattern: re.Pattern[str]
    message: str
    hint: str
    code: str


SLIPS = (
    Slip(re.compile(r"(?<=\w)'|'(?=\w)"), "a straight apostrophe", "type ’", "straight-apostrophe"),
    Slip(re.compile("  +"), "two spaces in a row", "one is enough", "extra-space"),
    Slip(re.compile(r" [.,](?!\d)"), "a space before {}", "remove the space", "extra-space"),
)


CONTEXT = 15  # characters shown on each side of a slip


# The end of a sentence: a sign, then perhaps brackets and quotation marks.
SENTENCE_END = re.compile(r"[.?!…:](?:[\s\u00a0\u202f]*[)\]»”“’›\"])*$")


NOT_SENTENCES = ("label", "alt", "caption")  # fields whose text needs no end


def check_typography(story: Story) -> Iterator[Problem]:
    """Yield straight apostrophes, extra spaces, and sentences that do not end."""
    for record, text, route in all_texts(story):
        yield from _check_slips(record, text, route)
        if route[-1] not in NOT_SENTENCES:
            yield from _check_ends(record, text, route)


def _check_slips(record: Record, text: Mapping[str, str], route: Route) -> Iterator[Problem]:
    for language, words in text.items():
        for slip in SLIPS:
            match = slip.pattern.search(words)
            if match:
                around = words[max(0, match.start() - CONTEXT) : match.end() + CONTEXT]
                yield record.problem(
                    f"{slip.message.format(match[0].strip())}: …{around}…",
                    *route,
                    language,
                    level=NOTICE,
                    hint=slip.hint,
                    code=slip.code,
                )


def _check_ends(record: Record, text: Mapping[str, str], route: Route) -> Iterator[Problem]:
    for language, words in text.items():
        if not SENTENCE_END.search(words):
            yield record.problem(
                "the sentence has no full stop or other sign at its end",
                *route,
                language,
                level=NOTICE,
                hint=f"add a full stop: …{words[-20:]}.",
                code="unfinished-sentence",
            )
