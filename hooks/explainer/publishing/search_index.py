"""Search in one language: what its index is told, so that readers find words as they type them."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

# Words end at spaces, hyphens, both apostrophes and any quotation mark: `accordo` finds «dell’accordo».
SEPARATOR = r"[\s\-–—,:;.!?()\[\]/«»“”‘’'\"]+"


# No stemmer: the search field adds a wildcard to each word, and stems do not begin with what was typed.
SETTINGS = {
    "separator": SEPARATOR,
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1e3}, "text": {"boost": 1}, "keywords": {"boost": 0.5}},
}


def add_keywords(index: Path, endings: list[str], words: dict[str, str]) -> None:
    """Add to an index file what readers need: to the whole the `words` that the search's dialog shows, and to
    each entry a field `keywords`, searched but never shown: the unaccented forms of its words, and the forms
    that differ in number, by a language's pairs of endings (such as `o/i`)."""
    data = json.loads(index.read_text("utf-8")) | {"words": words}
    for entry in data["docs"]:
        text = html.unescape(re.sub(r"<[^>]+>", " ", f"{entry['title']} {entry['text']}"))
        said = set(re.split(SEPARATOR, text.casefold())) - {""}
        keywords = set().union(*(word_forms(word, tuple(endings)) for word in said)) - said
        if keywords:
            entry["keywords"] = " ".join(sorted(keywords))
    index.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")


@lru_cache(maxsize=None)
def word_forms(word: str, endings: tuple[str, ...]) -> frozenset[str]:
    """A word, and its other number by pairs of endings, without accents."""
    pairs = [tuple(ending.split("/")) for ending in endings]
    return frozenset(unaccented(form) for form in {word} | singular_plural_forms(word, pairs))


def singular_plural_forms(word: str, pairs: list[tuple[str, str]]) -> set[str]:
    """Singular for plural and plural for singular: `accordi` for `accordo`; words of four letters and more."""
    if len(word) < 4 or not word.isalpha():
        return set()
    return {
        word.removesuffix(one) + other
        for pair in pairs
        for one, other in (pair, pair[::-1])
        if word.endswith(one)
    }


def unaccented(word: str) -> str:
    """A word without its accents: `citta` for `città` (Unicode NFD less its nonspacing marks)."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
