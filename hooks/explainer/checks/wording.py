"""Check words in texts: names of entities, quotations, and markup that would be shown as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from explainer.problems import MAX_SUGGESTIONS, WARNING, Problem, closest_match
from explainer.reading.document import Route
from explainer.schema.record import Record
from explainer.schema.records import Fact
from explainer.story.mentions import MentionFinder, Quotation, normalize_words
from explainer.story.story import Story
from explainer.story.traversal import all_texts

# Each alternative stops where it could begin anew, so that a text of `{{` alone is read once.
MARKUP = re.compile(
    r"</?[a-z][^<>]*>"  # HTML tags
    r"|&(?:[a-z]+|#\d+);"  # HTML entities
    r"|\*\*|\[[^\[\]]*\]\([^()]*\)"  # bold text and links in Markdown
    r"|\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}"  # expressions and statements in Jinja
)


QUOTATION_MARKS = '"“”„«»'


WORDS_OF_A_SOURCE = ("from", "to")  # fields that hold them exactly, markup or not


def check_names(story: Story, names: Mapping[str, MentionFinder]) -> Iterator[Problem]:
    """Check that a name belongs to one entity, and that facts list the entities they name.

    Args:
        story: The story.
        names: A finder of names for each language.
    """
    shared = dict.fromkeys(claim for finder in names.values() for claim in finder.shared)
    for name, first, second in shared:
        entity = story.entities[second]
        yield entity.problem(
            f'the name "{name}" already belongs to "{first}"',
            "name" if name in entity.name.values() else "aliases",
            hint="a name or alias belongs to one entity",
            code="ambiguous-name",
        )
    for fact in story.facts.values():
        # An unknown id in `about` may be a misspelt one; it is reported elsewhere.
        if set(fact.about) <= set(story.entities):
            yield from _check_about(fact, names)


def _check_about(fact: Fact, names: Mapping[str, MentionFinder]) -> Iterator[Problem]:
    named = {id for code, finder in names.items() for id in finder.named(fact.text[code])}
    for id in sorted(named - set(fact.about)):
        yield fact.problem(
            f'the text names "{id}", which is missing in `about`',
            "about",
            level=WARNING,
            hint=f"about: [{', '.join([*fact.about, id])}]",
            code="missing-about",
        )


def check_quotations(story: Story, names: Mapping[str, MentionFinder]) -> Iterator[Problem]:
    """Check that words in quotation marks are a quote of quotes.yml, as said or as translated.

    Args:
        story: The story.
        names: A finder of quotations for each language.
    """
    recorded = {
        normalize_words(words): words
        for quote in story.quotes.values()
        for words in (quote.words, *quote.translation.values())
    }
    suggestions = 0
    for record, text, route in all_texts(story):
        for code, finder in names.items():
            quotations = list(finder.quotations(text[code]))
            marks = story.settings.languages[code].quotes
            yield from _check_marks(record, text[code], (*route, code), quotations, marks)
            for quotation in quotations:
                if quotation.quote is None:
                    suggestions += 1
                    known = recorded if suggestions <= MAX_SUGGESTIONS else {}
                    yield _unknown_quotation(record, (*route, code), quotation, known)


def _check_marks(
    record: Record,
    text: str,
    route: Route,
    quotations: list[Quotation],
    marks: Sequence[str],
) -> Iterator[Problem]:
    """Yield the first quotation mark outside all quotations."""
    opening, closing = marks
    inside = {at for quotation in quotations for at in range(quotation.start, quotation.end)}
    stray = next(
        (
            mark
            for at, mark in enumerate(text)
            if at not in inside and (mark in QUOTATION_MARKS or mark == opening.strip())
        ),
        None,
    )
    if stray is None:
        return
    spaced = any(mark != mark.strip() for mark in marks)
    if stray not in opening + closing:
        message, code = f"the quotation mark {stray} is not this language's", "wrong-quotation-mark"
    else:
        spaces = ", or not the spaces of this language" if spaced else ""
        message = f"the quotation mark {stray} has no partner{spaces}"
        code = "unpaired-quotation-mark"
    form = f"{opening}…{closing}{', with no-break spaces' if spaced else ''}"
    yield record.problem(message, *route, hint=f"story.yml sets them: {form}", code=code)


def _unknown_quotation(
    record: Record, route: Route, quotation: Quotation, recorded: Mapping[str, str]
) -> Problem:
    nearest = closest_match(normalize_words(quotation.words), recorded)
    return record.problem(
        f"“{quotation.words.strip()}” is not a quote of quotes.yml",
        *route,
        hint=f"nearest there: {recorded[nearest]}"
        if nearest
        else "only quotes of quotes.yml can be in quotation marks",
        code="unknown-quotation",
    )


def check_markup(story: Story) -> Iterator[Problem]:
    """Yield what looks like HTML, Markdown or Jinja in texts, which are plain."""
    for record in (story.settings, *story.records(), *story.phrases.values()):
        for text, route in record.raw_texts():
            markup = MARKUP.search(text)
            if markup and route[-1] not in WORDS_OF_A_SOURCE:
                yield record.problem(
                    f"readers will see {markup[0]} as typed",
                    *route,
                    level=WARNING,
                    hint="texts are plain: no HTML, Markdown or Jinja;"
                    " names are linked by themselves",
                    code="markup-in-text",
                )
