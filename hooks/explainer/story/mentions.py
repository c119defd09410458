"""Find in a text the names of entities, the terms of the glossary, the words in quotation marks and those of other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from explainer.schema.records import Quote
from explainer.story.automaton import Automaton
from explainer.story.story import Story


@dataclass(frozen=True)
class Mention:
    """A stretch of a text, `start` to `end`, that names the entity or term `id`; or quotes it."""

    start: int
    end: int
    kind: str  # "entity", "term" or "quote"
    id: str


@dataclass(frozen=True)
class Quotation:
    """A stretch of a text, `start` to `end`, with its quotation marks; the words between, and the quote that they are."""

    start: int
    end: int
    words: str
    quote: Quote | None


class MentionFinder:
    """What can be found in the texts of one language of a story. Longer names win over shorter ones."""

    def __init__(self, story: Story, language: str) -> None:
        self.language = language
        self.entities: dict[str, str] = {}
        self.terms: dict[str, str] = {}
        self.shared: list[tuple[str, str, str]] = []  # a name, and two entities that claim it
        for entity in story.entities.values():
            for name in {
                entity.name[language]: 1,
                **dict.fromkeys(entity.aliases.get(language, ())),
            }:
                if self.entities.setdefault(name, entity.id) != entity.id:
                    self.shared.append((name, self.entities[name], entity.id))
        for term in story.terms.values():
            for name in (term.term[language], *term.aliases.get(language, ())):
                self.terms.setdefault(name, term.id)
                # A common noun may begin a sentence; a name keeps its capitals: the design Arm is no arm.
                if name.islower():
                    self.terms.setdefault(name[0].upper() + name[1:], term.id)
        self.automaton = Automaton(
            (WORD.findall(name), kind, id)
            for kind, known in (("entity", self.entities), ("term", self.terms))
            for name, id in known.items()
        )
        self.quotes: dict[
            str, Quote
        ] = {}  # by what may stand in quotation marks: as said, and as translated
        for quote in story.quotes.values():
            for words in (quote.words, quote.translation.get(language, quote.words)):
                self.quotes.setdefault(normalize_words(words), quote)
        foreign = {
            word: code
            for code, words in story.settings.languages[language].foreign.items()
            for word in words
        }
        self.foreign = {word.casefold(): code for word, code in foreign.items()}
        longest_first = sorted(
            map(re.escape, foreign), key=len, reverse=True
        )  # as written: `Straße` is `strasse` without case
        self.foreign_words = re.compile(
            rf"\b({'|'.join(longest_first) or '(?!)'})\b", re.IGNORECASE
        )
        self.opening, closing = story.settings.languages[language].quotes
        # A closing mark that is also an apostrophe closes nothing inside a word.
        self.closing = re.compile(rf"{re.escape(closing)}(?!\w)")

    def mentions(self, text: str) -> Iterator[Mention]:
        """Entities and terms in a text, in order; quotations that are known come as one mention."""
        quoted = [
            Mention(found.start, found.end, "quote", found.quote.id)
            for found in self.quotations(text)
            if found.quote
        ]
        inside = {at for quote in quoted for at in range(quote.start, quote.end)}
        yield from (
            mention
            for mention in self._found(text)
            if inside.isdisjoint(range(mention.start, mention.end))
        )
        yield from quoted

    def _found(self, text: str) -> Iterator[Mention]:
        """Names and terms in a text; at a place the entities' come first, and of each kind the longest."""
        after, words = 0, list(WORD.finditer(text))
        found: dict[int, dict[str, Mention]] = {}  # where a name begins -> the longest of each kind
        for first, last, kind, id in self.automaton.found([word[0] for word in words]):
            at, end = words[first].start(), words[last].end()
            if not LETTER.match(text[at - 1 : at]) and not LETTER.match(text, end):
                found.setdefault(at, {})[kind] = Mention(at, end, kind, id)
        for at in sorted(found):
            if at >= after:
                mention = found[at].get("entity") or found[at]["term"]
                after = mention.end
                yield mention

    def named(self, text: str) -> set[str]:
        """The ids of the entities that a text names."""
        return {mention.id for mention in self._found(text) if mention.kind == "entity"}

    def by_language(self, text: str) -> Iterator[tuple[str, str | None]]:
        """A text in pieces, each with the code of its language, or None where that is the text's own."""
        for piece in self.foreign_words.split(text):
            if piece:
                yield piece, self.foreign.get(piece.casefold())

    def quotations(self, text: str) -> Iterator[Quotation]:
        """What stands in quotation marks in a text, in order."""
        at = 0
        while (start := text.find(self.opening, at)) >= 0 and (
            closing := self.closing.search(text, start + len(self.opening) + 1)
        ):
            at, words = closing.end(), text[start + len(self.opening) : closing.start()]
            yield Quotation(start, at, words, self.quotes.get(normalize_words(words)))


LETTER = re.compile(r"\w")


WORD = re.compile(r"\w+|\W")


def normalize_words(words: str) -> str:
    """Words as they are compared: without case, and without the punctuation and spaces around them."""
    return words.strip(" \u00a0\u202f.,;:…").casefold()
