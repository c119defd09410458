"""Checks of words in texts: names, quotations, and markup that nothing reads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.problems import MAX_SUGGESTIONS, WARNING, Problem, closest_match
from explainer.story.mentions import MentionFinder, normalize_words
from explainer.story.story import Story
from explainer.story.traversal import all_texts

MARKUP = re.compile(
    # No part reads on past a place where it may begin anew: a text of `{{` alone is read once.
    r"</?[a-z][^<>]*>|\*\*|\[[^\[\]]*\]\([^()]*\)"
    r"|\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|&(?:[a-z]+|#\d+);"
)


PASSAGE = ("from", "to")  # a source's words, whatever they are


def check_names(story: Story, names: dict[str, MentionFinder]) -> Iterator[Problem]:
    """Whoever a fact names is among those it is about; no name stands for two."""
    for name, one, other in dict.fromkeys(
        shared for found in names.values() for shared in found.shared
    ):
        entity = story.entities[other]
        yield entity.problem(
            f'the name "{name}" already stands for "{one}"',
            "name" if name in entity.name.values() else "aliases",
            hint="a name or alias stands for one entity",
        )
    for fact in story.facts.values():
        if set(fact.about) <= set(story.entities):  # else an id mistyped there is the problem
            named = {
                id for language, found in names.items() for id in found.named(fact.text[language])
            }
            for id in sorted(named - set(fact.about)):
                yield fact.problem(
                    f'the text names "{id}", which `about` lacks',
                    "about",
                    level=WARNING,
                    hint=f"about: [{', '.join([*fact.about, id])}]",
                )


def check_quotations(story: Story, names: dict[str, MentionFinder]) -> Iterator[Problem]:
    """Words in quotation marks are a quote of quotes.yml, as said or as translated there."""
    recorded = {
        normalize_words(words): words
        for quote in story.quotes.values()
        for words in (quote.words, *quote.translation.values())
    }
    slips = 0
    for record, text, route in all_texts(story):
        for language, found in names.items():
            opening, closing = marks = story.settings.languages[language].quotes
            spaces = ", with no-break spaces" if any(mark != mark.strip() for mark in marks) else ""
            form = f"as story.yml has it: {opening}…{closing}{spaces}"
            quotations = list(found.quotations(text[language]))
            inside = {
                at for quotation in quotations for at in range(quotation.start, quotation.end)
            }
            left = next(
                (
                    c
                    for at, c in enumerate(text[language])
                    if at not in inside and (c in '"“”„«»' or c == opening.strip())
                ),
                None,
            )
            if left and left in opening + closing:
                yield record.problem(
                    f"the quotation mark {left} has no partner{spaces and ', or not the spaces of this language'}",
                    *route,
                    language,
                    hint=form,
                )
            elif left:
                yield record.problem(
                    f"the quotation mark {left} is not this language's", *route, language, hint=form
                )
            for quotation in quotations:
                if quotation.quote is None:
                    slips += 1
                    near = (
                        closest_match(normalize_words(quotation.words), recorded)
                        if slips <= MAX_SUGGESTIONS
                        else None
                    )
                    hint = (
                        f"nearest there: {recorded[near]}"
                        if near
                        else "only words recorded in quotes.yml stand in quotation marks"
                    )
                    yield record.problem(
                        f"“{quotation.words.strip()}” is not among the quotes of quotes.yml",
                        *route,
                        language,
                        hint=hint,
                    )


def check_markup(story: Story) -> Iterator[Problem]:
    """Texts are plain: what looks like HTML, Markdown or Jinja would be shown as typed, and no editor means that."""
    for record in (story.settings, *story.records(), *story.phrases.values()):
        for words, route in record.raw_texts():
            markup = MARKUP.search(words)
            if markup and route[-1] not in PASSAGE:
                yield record.problem(
                    f"readers will see {markup[0]} as it is typed",
                    *route,
                    level=WARNING,
                    hint="texts are plain: no HTML, Markdown or Jinja; names are linked by themselves",
                )
