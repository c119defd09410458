"""Words that must not be in a place: a source's in the site, a story's in the code."""

from __future__ import annotations

import re
from pathlib import Path

from explainer.story.story import Story
from support.project import PROJECT, Project

# A letter, a vocabulary for metadata, and a form of the check's output have these names too.
COMMON = {"X", "Twitter", "GitHub"}


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words in a text."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def long_runs(project: Project) -> list[Path]:
    """The built files with nine words in a row of a copy of a source."""
    copies = sorted(Path(project.sources).glob("*.txt"))
    theirs = set().union(*(runs(copy.read_text("utf-8"), 9) for copy in copies))
    found = []
    for path in sorted(project.site.rglob("*")):
        if path.suffix in (".html", ".json", ".xml") and path.is_file():
            if runs(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")), 9) & theirs:
                found.append(path)
    return found


def names_of(story: Story) -> set[str]:
    """The names of a story's people, organizations, products and languages."""
    names = {
        name
        for entity in story.entities.values()
        for names in ([*entity.name.values()], *entity.aliases.values())
        for name in names
    }
    return (names | {language.name for language in story.languages.values()}) - COMMON


def lines_that_name(words: set[str]) -> list[str]:
    """The lines of code and of its templates that hold one of some words, HTML elements apart."""
    pattern = re.compile(
        rf"(?<![<.])\b({'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE
    )
    return [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted((PROJECT / "hooks").rglob("*"))
        if path.suffix in (".py", ".html", ".xml")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
