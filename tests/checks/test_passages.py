"""A passage is found exactly, once, in its paragraph; or it is a problem."""

from __future__ import annotations

import pytest

from explainer.checks.passages import find_passage, fold, nearest_words, split_paragraphs

TEXT = "La società “Tigri”, nata  dall’idea di due, ha attirato l’interesse di due, poi di tre."


def test_folding_changes_only_form_white_space_and_quotation_marks():
    assert fold("l’e\u0301té\u00a0«vera»") == 'l\'été "vera"'
    assert fold("Été") != fold("été")
    assert fold("a-b") != fold("a b")


@pytest.mark.parametrize(
    "start, end",
    [
        ("La società", None),
        ('"Tigri", nata dall\'idea', "di tre."),
        ("di due, poi", "due, poi di tre"),
        ("nata dall’idea", "dall’idea di"),
    ],
)
def test_a_passage_bounded_by_its_words_is_found(start, end):
    assert find_passage(TEXT, start, end) is None


@pytest.mark.parametrize(
    "start, end, wrong",
    [
        ("La societa", None, "is not there"),
        ("ha attirat", None, "is not there"),
        ("a attirato", None, "is not there"),
        ("ha attirato", "di tr", "has no such end after it"),
        ("di due", None, "is there 2 times"),
        ("ha attirato", "La società", "has no such end after it"),
        ("l’interesse di due", "di", "has no such end after it"),
    ],
)
def test_a_passage_that_is_not_there_once_is_refused(start, end, wrong):
    if end == "di":
        TEXT_ENDING = "ha attirato l’interesse di due"
        assert find_passage(TEXT_ENDING, start, end) == wrong
    else:
        assert find_passage(TEXT, start, end) == wrong


def test_the_words_nearest_to_a_passage_are_shown():
    assert nearest_words(TEXT, "attirato l'interesse di tre") == "attirato l’interesse di due,"


def test_paragraphs_are_the_lines_that_are_not_blank():
    assert split_paragraphs("one\n\n  \ntwo\n") == ["one", "two"]
