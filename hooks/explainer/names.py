"""Find in a text the names of entities, the terms of the glossary and the words in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .model import Quote
from .story import Story


@dataclass(frozen=True)
class Mention:
    """A stretch of a text, `start` to `end`, that names the entity or term `id`; or quotes it."""

    start: int
    end: int
    kind: str  # "entity", "term" or "quote"
    id: str


class Names:
    """What can be found in the texts of one language of a story. Longer names win over shorter ones."""

    def __init__(self, story: Story, language: str) -> None:
        self.language = language
        self.entities: dict[str, str] = {}
        self.terms: dict[str, str] = {}
        self.shared: list[tuple[str, str, str]] = []  # a name, and two entities that claim it
        for entity in story.entities.values():
            for name in {entity.name[language]: 1, **dict.fromkeys(entity.aliases.get(language, ()))}:
                if self.entities.setdefault(name, entity.id) != entity.id:
                    self.shared.append((name, self.entities[name], entity.id))
        for term in story.terms.values():
            for name in (term.term[language], *term.aliases.get(language, ())):
                self.terms.setdefault(name, term.id)
                # A common noun may begin a sentence; a name keeps its capitals: the design Arm is no arm.
                if name.islower():
                    self.terms.setdefault(name[0].upper() + name[1:], term.id)
        self.pattern = re.compile(rf"(?<!\w)(?:(?P<entity>{_any(self.entities)})|(?P<term>{_any(self.terms)}))(?!\w)")
        self.quotes = story.quotes
        opening, closing = story.settings.languages[language].quotes
        # A closing mark that is also an apostrophe closes nothing inside a word.
        self.quoted = re.compile(rf"{re.escape(opening)}(.+?){re.escape(closing)}(?!\w)")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Entities and terms in a text, in order; quotations that are known come as one mention."""
        known = {match.span(): quote.id for match, quote in self.quotations(text) if quote}
        for match in self.pattern.finditer(text):
            if any(start <= match.start() < end for start, end in known):
                continue
            if match["entity"]:
                yield Mention(*match.span(), "entity", self.entities[match["entity"]])
            else:
                yield Mention(*match.span(), "term", self.terms[match["term"]])
        for (start, end), id in known.items():
            yield Mention(start, end, "quote", id)

    def named(self, text: str) -> set[str]:
        """The ids of the entities that a text names."""
        return {self.entities[match["entity"]] for match in self.pattern.finditer(text) if match["entity"]}

    def quotations(self, text: str) -> Iterator[tuple[re.Match[str], Quote | None]]:
        """What stands in quotation marks in a text, with the quote that it is, or None if it is none."""
        for match in self.quoted.finditer(text):
            words = bare(match[1])
            yield match, next((quote for quote in self.quotes.values() if words in self.versions(quote)), None)

    def versions(self, quote: Quote) -> set[str]:
        """A quote's words as they may stand in this language: as said, and translated."""
        return {bare(quote.words), bare(quote.translation.get(self.language, quote.words))}


def _any(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(map(re.escape, longest_first)) or r"(?!)"


def bare(words: str) -> str:
    """Words as they are compared: without case, and without the punctuation and spaces around them."""
    return words.strip(" \u00a0\u202f.,;:…").casefold()
