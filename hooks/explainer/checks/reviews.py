"""Review: has somebody read a text in all its languages side by side since it last changed?

A digest in the YAML, `reviewed: 1f3a`, says what was read: a fact's covers its own texts, a sentence's its own and
those of the facts it rests on. (The dates of a version control system cannot tell: all languages share a file.)
"""

from __future__ import annotations

from collections.abc import Iterator

from explainer.problems import NOTICE, Problem
from explainer.story.review_items import review_items
from explainer.story.story import Story


def check_reviews(story: Story) -> Iterator[Problem]:
    """What was read once and has changed since is named; it never stops a build: mending a typo must not wait for a reader."""
    for item in review_items(story):
        if item.reviewed and not item.is_current:
            yield item.problem(
                f"a text has changed since it was last read in all languages ({item.name})",
                level=NOTICE,
                key=True,
                hint=f".venv/bin/explainer review {item.name}",
            )
