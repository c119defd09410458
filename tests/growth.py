"""Grow one kind of record at a time: how the cost of check and rendering grows with each kind.

A line a kind, as JSON: seconds of processor time for each size. `make bench` runs it.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from conftest import copy_of
from explainer.checks.run import load_checked
from explainer.rendering.template_checks import check_templates

Record = dict[str, object]

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


def fact(record: Record, number: int, ids: list[str]) -> Record:
    """A fact like another one."""
    return {
        key: value for key, value in record.items() if key not in ("overtaken", "reviewed", "was")
    }


def named(record: Record, number: int, ids: list[str]) -> Record:
    """An entity of a name of its own."""
    return {"name": name_of(number), "description": record["description"]}


def term(record: Record, number: int, ids: list[str]) -> Record:
    """A term of its own words."""
    words = name_of(number).lower()
    return {**record, "term": dict.fromkeys(record["term"], words), "aliases": {}}


def source(record: Record, number: int, ids: list[str]) -> Record:
    """A source without a copy."""
    kept = {key: value for key, value in record.items() if key not in ("text", "paragraphs")}
    return {**kept, "url": f"https://source.example/{number}"}


def about_a_fact(record: Record, number: int, ids: list[str]) -> Record:
    """A record about a fact of its own."""
    return {**record, "facts": [ids[number % len(ids)]]}


def role(record: Record, number: int, ids: list[str]) -> Record:
    """A role whose time is not known, so that it overlaps no other."""
    return {**about_a_fact(record, number, ids), "from": "unknown", "until": "unknown"}


def as_it_is(record: Record, number: int, ids: list[str]) -> Record:
    """The record again."""
    return record


KINDS: dict[str, tuple[str, Callable[[Record, int, list[str]], Record]]] = {
    "facts": ("facts/since.yml", fact),
    "sources": ("sources.yml", source),
    "source notes": ("source-notes.yml", about_a_fact),
    "people": ("people.yml", named),
    "organizations": ("organizations.yml", named),
    "products": ("products.yml", named),
    "terms": ("glossary.yml", term),
    "quotes": ("quotes.yml", as_it_is),
    "roles": ("roles.yml", role),
    "updates": ("updates.yml", about_a_fact),
}


def grow(content: Path, kind: str, size: int) -> None:
    """Add records of a kind to a story until it has as many as asked."""
    name, make = KINDS[kind]
    file = content / name
    records = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    first = next(iter(records.values()))
    facts = [
        id
        for path in (content / "facts").glob("*.yml")
        for id in re.findall(r"^([a-z0-9-]+):", path.read_text("utf-8"), re.M)
    ]
    more = {
        f"more-{number}": make(copy.deepcopy(first), number, facts)
        for number in range(size - len(records))
    }

    class Plain(yaml.CSafeDumper):
        """Writes each record in full."""

        def ignore_aliases(self, data):
            return True

    with file.open("a", encoding="utf-8") as out:
        out.write(
            "\n" + yaml.dump(more, Dumper=Plain, allow_unicode=True, sort_keys=False, width=1000)
        )


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
