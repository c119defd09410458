"""Which words of the interface the generator asks for: those its components name, and those built from the model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from .model import Fact, Organization, Person, Product, Source, SourceNote, Update
from .passages import FOUND, UNCHECKED
from .problem import ERROR, Problem
from .story import Story

HOOKS = Path(__file__).resolve().parent.parent
# The theme's own words, lang.t(…), are not asked for here.
ASKED = re.compile(r"""(?<!lang\.)\bt\(\s*["']([a-z]+(?:-[a-z]+)*)["']\s*[,)]""")


@cache
def required() -> frozenset[str]:
    """The keys that must be in interface.yml, whatever the story."""
    sources = [*HOOKS.glob("theme/**/*.html"), *HOOKS.glob("explainer/*.py")]
    named = {key for source in sources for key in ASKED.findall(source.read_text("utf-8"))}
    built = {
        *(f"status-{status}" for status in _words(Fact, "status")),
        *(f"meaning-{status}" for status in (*_words(Fact, "status"), "overtaken")),
        *(f"note-{kind}" for kind in _words(SourceNote, "kind")),
        *(f"update-{kind}" for kind in _words(Update, "kind")),
        *(f"verified-{how}" for how in _words(Source, "verified")),
        *(f"passage-{state}" for state in (FOUND, UNCHECKED)),
        *(f"entities-{kind.kind_name}" for kind in (Person, Organization, Product)),
        "unknown", "ongoing", "permalink", "translated",
    }
    return frozenset(named | built)


def _words(kind: type, field: str) -> tuple[str, ...]:
    return get_args(kind.model_fields[field].annotation)


def check_phrases(story: Story) -> Iterator[Problem]:
    """Every word that a page will ask for is in interface.yml."""
    for key in sorted(required() - set(story.phrases)):
        file = Path(story.settings.file).with_name("interface.yml").as_posix()
        yield Problem(file, 1, 1, ERROR, f'the phrase "{key}" is missing', f"{key}: {{…}}, in every language")
