"""Show texts for review, and record that they were read in all languages side by side.

A digest in the YAML, `reviewed: 1f3a`, says what was read: that of a fact covers its own texts,
that of a sentence also the texts of its facts.
"""

from __future__ import annotations

from pathlib import Path

from explainer.editing import yaml_edit
from explainer.reading.parser import read
from explainer.story.review_items import ReviewItem


def side_by_side(item: ReviewItem) -> str:
    """Return a text in all languages, below its place and name and above its facts."""
    width = max(map(len, item.texts))
    lines = [f"{item.record.file}:{item.line}: {item.name}"]
    lines += [f"  {language:<{width}}  {text}" for language, text in item.texts.items()]
    lines += [
        f"  {'':<{width}}  ({fact.id}) {text}" for fact in item.facts for text in fact.text.values()
    ]
    return "\n".join([*lines, ""])


def accept(root: Path, item: ReviewItem) -> None:
    """Write the digest of a text into its file, over the old one or as a new key.

    Raises:
        EditError: The file has no room for the key.
    """
    path = root / item.record.file
    document, _ = read(path, item.record.file)
    route = (*item.record._route, *item.route, "reviewed")
    if item.reviewed:
        yaml_edit.replace_value(path, document.position(route), item.reviewed, item.digest)
    else:
        yaml_edit.insert_key(
            path, document.position(item.insert_before, key=True), "reviewed", item.digest
        )
