"""Of the theme's styles, those that pages can use; all else of them goes."""

from __future__ import annotations

import pytest

from explainer.styles import compact, prune, words_of_script, words_of_tags

WORDS = words_of_tags(
    '<p class="lead big" data-open="yes" dir="ltr">table <a id="top" href="#x">b</a></p>'
)


def test_the_words_of_a_page_are_those_of_its_tags_not_of_its_text():
    assert {"p", "lead", "big", "data-open", "top", "href"} <= WORDS
    assert "table" not in WORDS


def test_any_word_of_a_script_may_be_a_class_it_sets():
    assert {"classList", "is-open"} <= words_of_script('el.classList.add("is-open")')


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".lead.big{color:red}",
        "#top{color:red}",
        "[data-open]{color:red}",
        "a:hover::before{color:red}",
        "p:not(.absent){color:red}",
        ":is(.absent,.lead){color:red}",
        "*{color:red}",
        "[dir=ltr] a{color:red}",
        "@media print{p{color:red}}",
        "@supports (display:grid){.lead{color:red}}",
    ],
)
def test_a_rule_that_a_page_can_use_is_kept(rule):
    assert prune(rule, WORDS) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".absent{color:red}",
        "p .absent{color:red}",
        "#none{color:red}",
        "table{color:red}",
        "[dir=rtl] a{color:red}",
        ":is(.absent,.none){color:red}",
        "@media print{.absent{color:red}}",
    ],
)
def test_a_rule_that_no_page_can_use_goes(rule):
    assert prune(rule, WORDS) == ""


def test_of_a_list_of_selectors_those_that_are_used_stay():
    assert prune(".absent,p,.none>a{color:red}", WORDS) == "p{color:red}"


def test_a_variable_that_nothing_uses_goes_and_one_used_by_another_or_by_our_own_styles_stays():
    css = ":root{--a:var(--b);--b:1;--c:2;--d:3}p{width:var(--a)}"
    assert (
        prune(css, WORDS, others="p{height:var(--d)}")
        == ":root{--a:var(--b);--b:1;--d:3}p{width:var(--a)}"
    )


def test_an_animation_that_nothing_uses_goes():
    css = "@keyframes a{to{width:0}}@keyframes b{to{width:0}}p{animation:a 1s}"
    assert prune(css, WORDS) == "@keyframes a{to{width:0}}p{animation:a 1s}"


def test_comments_and_needless_space_go_and_quoted_text_stays():
    assert (
        compact('/* a */ p > a ,  b { color : red ; /* b */ content: "a  /* b */ ; c" }')
        == 'p>a,b{color :red;content:"a  /* b */ ; c"}'
    )
