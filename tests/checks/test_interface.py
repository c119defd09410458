"""Phrases of the interface that Python code uses."""

from __future__ import annotations

import re

from explainer.checks.interface import PHRASES_USED_IN_CODE, required
from support.project import PROJECT

# A phrase asked for by name, in `self.t("interim", office=title)` and the like.
USE = re.compile(r"""\.t\(\s*["'](?P<key>[a-z-]+)["']\s*(?:\)|,(?P<values>[^{}\n]*))""")


def uses() -> set[tuple[str, tuple[str, ...]]]:
    """Return the phrases that the code of the project uses by name, with the values it gives."""
    return {
        (match["key"], tuple(re.findall(r"(\w+)=", match["values"] or "")))
        for file in (PROJECT / "hooks").rglob("*.py")
        for match in USE.finditer(file.read_text("utf-8"))
    }


def test_phrases_used_in_code_are_declared():
    assert uses() == set(PHRASES_USED_IN_CODE)


def test_declared_phrases_are_sorted_and_unique():
    keys = [key for key, _ in PHRASES_USED_IN_CODE]
    assert keys == sorted(set(keys))


def test_a_story_without_a_phrase_used_in_code_is_refused(second_story):
    second_story.edit("content/interface.yml", "interim:", "interimm:")
    result = second_story.check()
    assert 'error: the phrase "interim" is missing' in result.stdout
    assert 'did you mean "interim"?' in result.stdout


def test_values_given_by_code_are_known():
    assert required()["search-found"] == {"count"}
    assert required()["report-subject"] == {"id"}
    assert required()["search-none"] == set()
