"""Checks of citations but for their passages, and of sources and people that no fact uses."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.problems import WARNING, Problem, intended_ids
from explainer.story.coverage import paragraph_coverage
from explainer.story.story import Story
from explainer.story.traversal import all_citations


def check_citations(story: Story) -> Iterator[Problem]:
    """Where a source's text can be had, a citation names its passage."""
    for record, citation, route, _ in all_citations(story):
        source = story.sources.get(citation.source)
        if citation.to and not citation.from_:
            yield record.problem(
                "`to` needs `from`: the first words of the passage",
                *route,
                "to",
                key=True,
                hint='from: "first words"',
            )
        elif citation.paragraph and source and source.copy_ == "excerpt":
            yield record.problem(
                f'the copy of "{source.id}" is an excerpt, which has no paragraphs of the source',
                *route,
                "paragraph",
                key=True,
                hint="remove `paragraph`",
                code="paragraph-of-excerpt",
            )
        elif (
            citation.from_ and not citation.paragraph and not (source and source.copy_ == "excerpt")
        ):
            yield record.problem(
                "`from` needs `paragraph`: the number of the paragraph",
                *route,
                "from",
                key=True,
                hint="paragraph: 6",
            )
        elif source and source.text and not citation.from_ and record is not citation:
            yield record.problem(
                f'the passage of "{source.id}" is missing',
                *route,
                hint='paragraph: 6, from: "first words", to: "last words"',
            )


def check_verified(story: Story) -> Iterator[Problem]:
    """A source that nobody here has read is known by its address, or not at all."""
    for source in story.sources.values():
        if source.verified == "cited" and not source.url:
            yield source.problem(
                "a source that is only cited has an address",
                "verified",
                hint="url: https://example.org/page; or verified: read, if its text was opened",
            )


def check_uncited(story: Story) -> Iterator[Problem]:
    """A source nobody cites is a slip."""
    cited = {note.source for note in story.source_notes.values()}
    cited |= {
        citation.source
        for record in (*story.facts.values(), *story.quotes.values())
        for citation in record.cites
    }
    cited |= {citation.source for series in story.series.values() for citation in series.citations}
    cited |= intended_ids(cited - set(story.invalid_ids), story.sources)
    for source in story.sources.values():
        if source.id not in cited:
            yield source.problem(
                "no fact, quote or note cites this source",
                level=WARNING,
                key=True,
                hint=f"cite it (source: {source.id}), or remove it",
            )


def check_about(story: Story) -> Iterator[Problem]:
    """A person that no fact is about is a slip: their entry leads to an empty list of facts."""
    about = {id for fact in story.facts.values() for id in fact.about}
    about |= intended_ids(about - set(story.invalid_ids), story.entities)
    for person in story.people.values():
        if person.id not in about:
            yield person.problem(
                "no fact is about this person",
                level=WARNING,
                key=True,
                hint=f"name them in a fact (about: [{person.id}]), or remove them",
                code="person-without-facts",
            )


def check_coverage(story: Story) -> Iterator[Problem]:
    """Each paragraph of a source at hand carries facts or is excused with a reason; none does both."""
    for source in story.sources.values():
        for covered in paragraph_coverage(story, source):
            route = ("paragraphs", str(covered.number))
            if not covered.facts and not covered.paragraph.excused:
                yield source.problem(
                    f"no fact draws on paragraph {covered.number}",
                    *route,
                    hint="cite it, or say why none does: excused: {…}, in every language",
                    key=True,
                )
            if covered.facts and covered.paragraph.excused:
                yield source.problem(
                    f"paragraph {covered.number} is excused, but facts draw on it",
                    *route,
                    "excused",
                    key=True,
                    hint=f"remove the excuse, or the citation in {', '.join(fact.id for fact in covered.facts)}",
                )
    for record, citation, route, _ in all_citations(story):
        source = story.sources.get(citation.source)
        if (
            source
            and source.paragraphs
            and citation.paragraph
            and citation.paragraph not in source.paragraphs
        ):
            yield record.problem(
                f'"{source.id}" declares no paragraph {citation.paragraph}',
                *route,
                "paragraph",
                hint=f"it declares {', '.join(source.paragraphs)}",
            )
