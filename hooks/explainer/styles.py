"""Style sheets: of the theme's rules those that some page can use, in as few bytes as they say.

A rule is kept where every element, class, id and attribute that one of its selectors names occurs in the
pages' tags or in the scripts, which may set it later: what a page may come to look like is all there. Rules
are taken apart as CSS Syntax Level 3 (https://www.w3.org/TR/css-syntax-3/) has it, by tinycss2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import tinycss2

Words = frozenset[str]
CONDITIONAL = ("media", "supports", "layer", "container")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
SIMPLE = re.compile(
    r"([^{}()\"'@;]+)\{[^{}]*\}"
)  # a rule with nothing inside parentheses or quotes before its brace
CLASS = re.compile(r"\.([a-zA-Z_-][\w-]*)")
ANIMATION = re.compile(r"\banimation(?:-name)?:([^;}]*)")


def words_of_tags(html: str) -> set[str]:
    """Every word inside the tags of a page: elements, attributes, and the words of their values."""
    return {
        word
        for tag in re.findall(r"<[a-zA-Z][^>]*>", html)
        for word in (*re.findall(r"[\w-]+", tag), *re.findall(r'\bid="([^"]*)"', tag))
    }


def words_of_script(script: str) -> set[str]:
    """Every word of a script: any may be a class or an element that it makes."""
    return set(re.findall(r"[\w-]+", script))


def compact(css: str) -> str:
    """A style sheet without comments and needless space; its meaning and order stay."""
    return "".join(
        _rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), None)
    )


def prune(css: str, words: Iterable[str], others: str = "") -> str:
    """The rules of `css` that elements described by `words` can use; variables and animations that neither they nor `others` use go too."""
    words = frozenset(words)
    kept = "".join(
        _rules(
            tinycss2.parse_stylesheet(
                _likely(css, words), skip_comments=True, skip_whitespace=True
            ),
            words,
        )
    )
    before = ""
    while kept != before:  # a variable may be used by another alone
        before, used = kept, _used(kept + others)
        kept = "".join(
            _rules(
                tinycss2.parse_stylesheet(kept, skip_comments=True, skip_whitespace=True),
                None,
                used,
            )
        )
    return kept


def _likely(css: str, words: Words) -> str:
    """The style sheet without rules of which one look shows that no page has their classes: most of a theme's, and parsing is slow."""
    return SIMPLE.sub(
        lambda rule: (
            rule[0]
            if any(words.issuperset(CLASS.findall(selector)) for selector in rule[1].split(","))
            else ""
        ),
        css,
    )


def _used(css: str) -> set[str]:
    """The names of variables and animations that a style sheet uses."""
    return set(VARIABLE.findall(css)) | {
        word for value in ANIMATION.findall(css) for word in re.findall(r"[\w-]+", value)
    }


def _rules(rules: list, words: Words | None, used: set[str] | None = None) -> Iterator[str]:
    """The text of the rules to keep: all that `words` allow (None: any), and of variables and animations those in `used` (None: any)."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [
                _text(selector)
                for selector in _split(rule.prelude)
                if words is None or _usable(selector, words)
            ]
            declarations = _declarations(rule.content, used)
            if selectors and declarations:
                yield f"{','.join(selectors)}{{{declarations}}}"
        elif (
            rule.type == "at-rule"
            and rule.lower_at_keyword in CONDITIONAL
            and rule.content is not None
        ):
            inner = "".join(
                _rules(
                    tinycss2.parse_rule_list(
                        rule.content, skip_comments=True, skip_whitespace=True
                    ),
                    words,
                    used,
                )
            )
            if inner:
                yield f"@{rule.at_keyword} {_text(rule.prelude)}{{{inner}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword != "charset":
            if (
                used is None
                or not rule.lower_at_keyword.endswith("keyframes")
                or _text(rule.prelude) in used
            ):
                yield _text([rule])


def _declarations(content: list, used: set[str] | None) -> str:
    declarations = (re.sub(r":\s+", ":", _text(tokens), count=1) for tokens in _split(content, ";"))
    return ";".join(
        declaration
        for declaration in declarations
        if declaration
        and (used is None or not declaration.startswith("--") or declaration.split(":")[0] in used)
    )


def _usable(selector: list, words: Words) -> bool:
    """Whether all that a selector names occurs in the words; what it excludes (`:not`) need not."""
    tokens = iter(selector)
    for token in tokens:
        if token.type == "literal" and token.value == ":":
            pseudo = next(tokens)
            if pseudo.type == "literal":  # the second colon of a pseudo-element
                pseudo = next(tokens)
            if (
                pseudo.type == "function"
                and pseudo.lower_name in ("is", "where")
                and not any(_usable(part, words) for part in _split(pseudo.arguments))
            ):
                return False
        elif token.type in ("ident", "hash") and token.value not in words:
            return False
        elif (
            token.type == "[] block"
            and not {t.value for t in token.content if t.type in ("ident", "string")} <= words
        ):
            return False
    return True


def _split(tokens: list, separator: str = ",") -> Iterator[list]:
    part: list = []
    for token in tokens:
        if token.type == "literal" and token.value == separator:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _text(tokens: list) -> str:
    """Tokens as text, without comments, with single spaces, and none where a mark parts its neighbours anyway."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    return "".join(
        piece
        if quoted
        else re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"/\*.*?\*/", "", re.sub(r"\s+", " ", piece)))
        for quoted, piece in _pieces(text)
    ).strip()


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The stretches of a text that are quoted, and those that are not."""
    for piece in re.split(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", text):
        yield piece[:1] in ('"', "'"), piece
