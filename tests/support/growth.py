"""Grow one kind of record at a time: how the cost of check and rendering grows with each kind.

A line a kind, as JSON: seconds of processor time for each size. `make bench` runs it.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from explainer.checks.run import load_checked
from explainer.rendering.template_checks import check_templates
from support.project import copy_of

Record = dict[str, Any]

WORDS = (
    "amber",
    "basalt",
    "cobalt",
    "dune",
    "ember",
    "fjord",
    "granite",
    "harbour",
    "indigo",
    "jade",
)


def name_of(number: int) -> str:
    """A name that no other number has, in letters: figures are compared between languages."""
    return " ".join(WORDS[int(digit)].capitalize() for digit in f"{number:05}")


def sentence(number: int) -> Record:
    """A text that no other number has, the same in every language."""
    return dict.fromkeys(("it", "en"), f"{name_of(number)}.")


def described(number: int) -> Record:
    """An entity of a name of its own."""
    return {"name": name_of(number), "description": {"text": sentence(number), "facts": [FACT]}}


def source(number: int) -> Record:
    """A source without a copy."""
    return {
        "kind": "news",
        "title": "x",
        "publisher": "x",
        "language": "en",
        "published": "unknown",
        "verified": "read",
        "url": f"https://source.example/{number}",
    }


# A record of each kind, short: a file holds two million bytes at most.
FACT, SOURCE, OFFICE = "altman-returns-formally", "ndtv-mission", "openai-president"
KINDS: dict[str, tuple[str, Callable[[int], Record]]] = {
    "facts": (
        "facts/since.yml",
        lambda n: {
            "text": sentence(n),
            "about": ["openai"],
            "status": "confirmed",
            "date": 2023,
            "cites": [{"source": SOURCE}],
        },
    ),
    "sources": ("sources.yml", source),
    "source notes": (
        "source-notes.yml",
        lambda n: {
            "source": SOURCE,
            "kind": "distortion",
            "reading": sentence(n),
            "facts": [FACT],
        },
    ),
    "people": ("people.yml", described),
    "organizations": ("organizations.yml", described),
    "products": ("products.yml", described),
    "terms": (
        "glossary.yml",
        lambda n: {
            "term": dict.fromkeys(("it", "en"), name_of(n).lower()),
            "definition": sentence(n),
        },
    ),
    "quotes": (
        "quotes.yml",
        lambda n: {
            "words": name_of(n).lower(),
            "language": "en",
            "translation": {"it": "x"},
            "by": "altman",
            "date": 2023,
            "cites": [{"source": SOURCE}],
        },
    ),
    "roles": (
        "roles.yml",
        lambda n: {
            "person": "altman",
            "office": OFFICE,
            "from": "unknown",
            "until": "unknown",
            "facts": [FACT],
        },
    ),
    "updates": (
        "updates.yml",
        lambda n: {"date": 2024, "kind": "update", "text": sentence(n), "facts": [FACT]},
    ),
}


class Plain(yaml.CSafeDumper):
    """Writes each record in full."""

    def ignore_aliases(self, data: object) -> bool:
        """Whether a value that occurs twice is written twice: always."""
        return True


def grow(content: Path, kind: str, size: int) -> None:
    """Add records of a kind to a story until it has as many as asked."""
    name, make = KINDS[kind]
    file = content / name
    more = {f"more-{number}": make(number) for number in range(size)}
    options = {"allow_unicode": True, "sort_keys": False, "width": 10_000}
    lines = (
        f"{id}: {yaml.dump(record, Dumper=Plain, default_flow_style=True, **options)}"
        for id, record in more.items()
    )
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n\n{''.join(lines)}", "utf-8")


def cost(root: Path) -> float:
    """Seconds of processor time to read, check and render a story in every language."""
    started = time.process_time()
    story, report, problems = load_checked(root / "content", root / "docs")
    slips = list(check_templates(story, report, root / "docs"))
    assert not slips, slips[:3]
    return time.process_time() - started


def main() -> None:
    """Print what a kind costs at each size."""
    kind, *sizes = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            project = copy_of(Path(folder) / size)
            grow(project.root / "content", kind, int(size))
            print(json.dumps([int(size), cost(project.root)]), flush=True)


if __name__ == "__main__":
    main()
