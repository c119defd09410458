"""Review: has somebody read a text in all its languages side by side since it last changed?

A digest in the YAML, `reviewed: 1f3a`, says what was read: a fact's covers its own texts, a sentence's its own and
those of the facts it rests on. (The dates of a version control system cannot tell: all languages share a file.)
"""

from __future__ import annotations

from pathlib import Path

from explainer.editing import yaml_edit
from explainer.reading.parser import read
from explainer.story.review_items import ReviewItem


def side_by_side(item: ReviewItem) -> str:
    """A text in all languages, one below the other, after its place and name; below a sentence, the facts it rests on."""
    width = max(map(len, item.texts))
    lines = [f"{item.record.file}:{item.line}: {item.name}"]
    lines += [f"  {language:<{width}}  {text}" for language, text in item.texts.items()]
    lines += [
        f"  {'':<{width}}  ({fact.id}) {text}" for fact in item.facts for text in fact.text.values()
    ]
    return "\n".join([*lines, ""])


def accept(root: Path, item: ReviewItem) -> None:
    """Write a text's digest into its file, and nothing else: in the place of an old one, or as a key of its own."""
    path = root / item.record.file
    document, _ = read(path, item.record.file)
    route = (*item.record._route, *item.route, "reviewed")
    if item.reviewed:
        yaml_edit.replace_value(path, document.position(route), item.reviewed, item.digest)
    else:
        yaml_edit.insert_key(
            path, document.position(item.insert_before, key=True), "reviewed", item.digest
        )
