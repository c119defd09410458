"""How texts are set: slips of the typing hand, which no language wants. They are notices: a reader will hardly stumble."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.problems import NOTICE, Problem
from explainer.story.story import Story
from explainer.story.traversal import all_texts

SLIPS = {
    re.compile(r"(?<=\w)'|'(?=\w)"): ("a straight apostrophe", "type ’"),
    re.compile("  +"): ("two spaces, one after the other", "one is enough"),
    re.compile(r" [.,](?!\d)"): ("a space before {}", "remove the space"),
}


ENDS = re.compile(r"[.?!…:](?:[\s\u00a0\u202f]*[)\]»”“’›\"])*$")


def check_typography(story: Story) -> Iterator[Problem]:
    """Straight apostrophes, spaces too many, and sentences that do not end."""
    for record, text, route in all_texts(story):
        for language, words in text.items():
            for slip, (message, hint) in SLIPS.items():
                found = slip.search(words)
                if found:
                    yield record.problem(
                        f"{message.format(found[0].strip())}: {_around(words, found)}",
                        *route,
                        language,
                        level=NOTICE,
                        hint=hint,
                    )
            if route[-1] not in ("label", "alt", "caption") and not ENDS.search(words):
                yield record.problem(
                    "the sentence has no end",
                    *route,
                    language,
                    level=NOTICE,
                    hint=f"a full stop: …{words[-20:]}.",
                )


def _around(text: str, found: re.Match[str]) -> str:
    return f"…{text[max(0, found.start() - 15) : found.end() + 15]}…"
