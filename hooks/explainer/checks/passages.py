"""Citations: is the passage that a citation names really in the source, and only once?

Checked against private copies of the sources, which are never published. A passage is matched exactly,
after folding Unicode form, white space and quotation marks and nothing else: an inexact match proves nothing.
"""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate
from pathlib import Path

from explainer.problems import MAX_SUGGESTIONS, NOTICE, ContentError, Problem, suggest
from explainer.reading.leftovers import is_leftover
from explainer.reading.parser import read_text
from explainer.schema.record import Record
from explainer.schema.records import Citation, SourceNote
from explainer.story.passage_report import FOUND, UNCHECKED, PassageReport
from explainer.story.story import Story
from explainer.story.traversal import all_citations

MOST_WINDOWS = 500


QUOTATION_MARKS = str.maketrans({**dict.fromkeys("’‘ʼ‛`´", "'"), **dict.fromkeys("“”„‟«»", '"')})


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text in Unicode form NFC, white space as single spaces, quotation marks and apostrophes as ' and "."""
    return re.sub(
        r"\s+", " ", unicodedata.normalize("NFC", text).translate(QUOTATION_MARKS)
    ).strip()


def split_paragraphs(copy: str) -> list[str]:
    """The paragraphs of a copy, one a line that is not blank; the first is number 1."""
    return [line for line in copy.splitlines() if line.strip()]


def find_passage(paragraph: str, start: str, end: str | None) -> str | None:
    """What is wrong with a passage bounded by its first and last words in a paragraph; None if it is there once."""
    paragraph, start = fold(paragraph), fold(start)
    starts = [match.start() for match in _places(paragraph, start)]
    times = len(starts)
    if times != 1:
        return "is not there" if not times else f"is there {times} times"
    if end is None:
        return None
    # `to` may overlap `from`, so it is looked for from where `from` begins; it must not end before it.
    end = fold(end)
    ends = [
        match.start() + len(end) for match in _places(paragraph, end) if match.start() >= starts[0]
    ]
    return (
        None
        if any(place >= starts[0] + len(start) for place in ends)
        else "has no such end after it"
    )


def _places(text: str, words: str) -> Iterator[re.Match[str]]:
    """Where words stand in a text, whole: `vendu` is not in `revendu`, nor found there by a browser."""
    first, last = (r"\b" if character.isalnum() else "" for character in (words[0], words[-1]))
    return re.finditer(f"(?={first}{re.escape(words)}{last})", text)


def nearest_words(paragraph: str, words: str) -> str:
    """The stretch of a paragraph, as many words long, that is most like the words given."""
    tokens, wanted, size = (
        paragraph.split(),
        {fold(word) for word in words.split()},
        len(words.split()),
    )
    starts = range(max(1, len(tokens) - size + 1))
    if (
        len(starts) > MOST_WINDOWS
    ):  # likeness is costly to tell: only where the most words are the same
        same = list(accumulate((fold(token) in wanted for token in tokens), initial=0))
        starts = nlargest(MOST_WINDOWS, starts, key=lambda start: same[start + size] - same[start])
    windows = [" ".join(tokens[start : start + size]) for start in starts]
    return max(
        windows,
        key=lambda window: difflib.SequenceMatcher(None, fold(window), fold(words)).ratio(),
        default="",
    )


def sources_folder() -> Path | None:
    """The folder of private copies, named by the environment variable EXPLAINER_SOURCES; None where it is not set."""
    folder = os.environ.get("EXPLAINER_SOURCES")
    return Path(folder) if folder else None


def check_passages(story: Story, folder: Path | None, report: PassageReport) -> Iterator[Problem]:
    """Check every passage of every citation, fill `report`, yield what is wrong."""
    copies: dict[str, list[str]] = {}
    for source in story.sources.values():
        if not folder or not source.text:
            continue
        if not os.path.lexists(folder / source.text):
            yield source.problem(
                f"the folder of sources has no copy {source.text}",
                "text",
                level=NOTICE,
                hint=suggest(
                    source.text,
                    (path.name for path in folder.iterdir() if not is_leftover(path.name)),
                ),
            )
            continue
        try:
            copies[source.id] = split_paragraphs(read_text(folder / source.text, source.text))
        except ContentError as error:
            for problem in error.problems:
                yield source.problem(
                    f"the copy {source.text}, line {problem.line}: {problem.message}",
                    "text",
                    hint=problem.hint,
                )
    for id, copy in copies.items():
        source = story.sources[id]
        if source.paragraphs and len(source.paragraphs) != len(copy):
            yield source.problem(
                f"the copy has {len(copy)} paragraphs, {len(source.paragraphs)} are declared",
                "paragraphs",
                key=True,
                hint="in the copy, each line that is not blank is a paragraph",
            )
    slips = 0
    for record, citation, route, index in all_citations(story):
        source = story.sources.get(citation.source)
        excerpt = source is not None and source.copy_ == "excerpt"
        if source is None or citation.from_ is None or (citation.paragraph is None and not excerpt):
            continue
        if source.id not in copies:
            report.states[record.id, index] = UNCHECKED
            report.unchecked += 1
            continue
        if excerpt:
            if any(
                find_passage(line, citation.from_, citation.to) is None
                for line in copies[source.id]
            ):
                report.states[record.id, index] = FOUND
                report.found += 1
            else:
                yield record.problem(
                    f'the excerpt of "{source.id}" has no such passage',
                    *route,
                    "from",
                    hint=f"nearest there: {nearest_words(' '.join(copies[source.id]), citation.from_)}",
                    code="passage-not-found",
                )
            continue
        copy, number = copies[source.id], int(citation.paragraph)
        if number > len(copy):
            if not source.paragraphs:  # else the check of its coverage says so
                yield record.problem(
                    f'"{source.id}" has {len(copy)} paragraphs, not {number}', *route, "paragraph"
                )
            continue
        wrong = find_passage(copy[number - 1], citation.from_, citation.to)
        if wrong:
            slips += 1
            yield passage_problem(
                record, citation, route, copy if slips <= MAX_SUGGESTIONS else [], wrong
            )
            continue
        report.states[record.id, index] = FOUND
        report.found += 1


def passage_problem(
    record: Record, citation: Citation | SourceNote, route: tuple, copy: list[str], wrong: str
) -> Problem:
    """A passage that is not in its paragraph as it should be: at `from` or `to`, with the words in the copy that may be meant."""
    number, start, end = int(citation.paragraph), citation.from_, citation.to
    key, words = ("to", end) if "end" in wrong else ("from", start)
    paragraph, bare = "".join(copy[number - 1 : number]), words.strip("“”„«»‘’")
    message = (
        f'in paragraph {number}, "{end}" does not follow "{start}"'
        if key == "to"
        else f'in paragraph {number}, "{start}" {wrong}'
    )
    elsewhere = [
        str(n) for n, text in enumerate(copy, 1) if fold(words) in fold(text) and n != number
    ]
    if "times" in wrong:
        hint = "add the words that come after it there"
    elif bare != words and find_passage(paragraph, bare, None) is None:
        hint = f'with straight quotation marks: {key}: "{bare}"'
    elif key == "to" and find_passage(paragraph, words, None) is None:
        hint = "these words come before it"
    elif elsewhere:
        hint = f"these words stand in paragraph {', '.join(elsewhere)}"
    else:
        hint = f"nearest there: {nearest_words(paragraph, words)}" if copy else ""
    return record.problem(message, *route, key, hint=hint)
