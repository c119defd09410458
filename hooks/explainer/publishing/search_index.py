"""The search index of one language, extended so that readers find words as they type them."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from functools import cache
from pathlib import Path

# Words end at spaces, hyphens, both apostrophes and any quotation mark: `accordo` finds
# «dell’accordo».
SEPARATOR = r"[\s\-–—,:;.!?()\[\]/«»“”‘’'\"]+"


# No stemmer: the search field adds a wildcard to each word, and a stem need not begin with what was
# typed.
SETTINGS = {
    "separator": SEPARATOR,
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1e3}, "text": {"boost": 1}, "keywords": {"boost": 0.5}},
}


def add_keywords(index: Path, endings: list[str], words: dict[str, str]) -> None:
    """Add the words of the search dialog and the keywords of each entry to an index file.

    An entry's field `keywords` is searched but never shown. It holds the unaccented forms of its
    words, and their forms in the other number.

    Args:
        index: The index file, in MkDocs' format; it is rewritten.
        endings: The language's pairs of singular and plural endings, such as `o/i`.
        words: What the search dialog shows, by key.
    """
    data = json.loads(index.read_text("utf-8")) | {"words": words}
    for entry in data["docs"]:
        text = html.unescape(re.sub(r"<[^>]+>", " ", f"{entry['title']} {entry['text']}"))
        own = set(re.split(SEPARATOR, text.casefold())) - {""}
        keywords = set().union(*(word_forms(word, tuple(endings)) for word in own)) - own
        if keywords:
            entry["keywords"] = " ".join(sorted(keywords))
    index.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")


@cache
def word_forms(word: str, endings: tuple[str, ...]) -> frozenset[str]:
    """Return a word and its form in the other number, without accents."""
    pairs = [
        (singular, plural) for singular, _, plural in (pair.partition("/") for pair in endings)
    ]
    return frozenset(unaccented(form) for form in {word} | singular_plural_forms(word, pairs))


def singular_plural_forms(word: str, pairs: list[tuple[str, str]]) -> set[str]:
    """Return the forms of a word in the other number, such as `accordi` for `accordo`.

    Words of fewer than four letters have none: their endings mislead.
    """
    if len(word) < 4 or not word.isalpha():
        return set()
    return {
        word.removesuffix(ending) + replacement
        for pair in pairs
        for ending, replacement in (pair, pair[::-1])
        if word.endswith(ending)
    }


def unaccented(word: str) -> str:
    """Return a word without its accents: `citta` for `città` (NFD less its nonspacing marks)."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
