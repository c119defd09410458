"""Find many sequences of words at once, in time linear in the text (Aho and Corasick, 1975)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence


class Node:
    """The words read so far, as far as they begin a sequence that is looked for."""

    __slots__ = ("depth", "ends", "next", "shorter", "suffix")

    def __init__(self, depth: int = 0) -> None:
        self.depth = depth
        self.next: dict[str, Node] = {}
        self.ends: dict[str, str] = {}  # kind -> id, where a sequence ends here
        self.suffix: Node | None = None  # the longest other node that ends in the same words
        self.shorter: Node | None = None  # the nearest suffix where a sequence ends


class Automaton:
    """Sequences of words, each of a kind and with an id."""

    def __init__(self, sequences: Iterable[tuple[Sequence[str], str, str]]) -> None:
        self.root = Node()
        for words, kind, id in sequences:
            node = self.root
            for word in words:
                if word not in node.next:
                    node.next[word] = Node(node.depth + 1)
                node = node.next[word]
            node.ends[kind] = id
        self._link()

    def _link(self) -> None:
        waiting = deque([self.root])
        while waiting:
            node = waiting.popleft()
            for word, below in node.next.items():
                suffix = self._after(node.suffix, word)
                below.suffix = suffix
                below.shorter = suffix if suffix.ends else suffix.shorter
                waiting.append(below)

    def _after(self, node: Node | None, word: str) -> Node:
        while node is not None and word not in node.next:
            node = node.suffix
        return self.root if node is None else node.next[word]

    def found(self, words: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
        """The number of the first and the last word of each sequence in a text, its kind and id.

        In the order in which they end, so that of those that begin together the longest comes last.
        """
        node = self.root
        for last, word in enumerate(words):
            node = self._after(node, word)
            ending = node if node.ends else node.shorter
            while ending is not None:
                for kind, id in ending.ends.items():
                    yield last - ending.depth + 1, last, kind, id
                ending = ending.shorter
