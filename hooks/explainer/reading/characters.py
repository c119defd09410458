"""Read YAML: text in, plain data and the position of every key and value out.

Data is built straight from the C parser's events, without a composer: nothing recurses, nothing is
coerced (every scalar stays the string the editor typed), and depth and size are bounded on the way.
Of YAML 1.1 (https://yaml.org/spec/1.1/) it takes mappings, sequences and scalars; anchors, aliases,
tags and further documents are problems, because content has no use for them and editors trip on them.
"""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"


JOINED = {
    "Lo",
    "Lm",
    "Mn",
    "Mc",
    "So",
    "Sk",
}  # letters without case, vowel signs, emoji: scripts that need joiners


BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]"
)  # count as letters or marks, show as nothing


def find_invisible(text: str) -> list[int]:
    """Where in a text stand characters that cannot be seen, or turn the text after them: two texts would look the same.

    Tabs and spaces of any width are spaces; a joiner may stand where it joins what it is made for.
    """
    if text.isprintable() and not BLANK.search(text):
        return []
    return [
        place
        for place, (before, c) in enumerate(zip(" " + text, text, strict=False))
        if BLANK.match(c)
        or not (
            c.isprintable()
            or c == "\t"
            or unicodedata.category(c) == "Zs"
            or c in JOINERS
            and unicodedata.category(before) in JOINED
        )
    ]
