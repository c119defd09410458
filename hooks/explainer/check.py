"""Checks of the story's meaning: each yields problems, none stops at the first, none changes anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from .coverage import check_coverage
from .fields import references
from .model import Fact, Role
from .names import Names
from .parity import check_languages, sentences, texts
from .passages import Report, check_passages, sources_folder
from .phrases import check_phrases
from .problem import ERROR, WARNING, ContentError, Problem, blocking, nearest
from .story import Story, load


def load_checked(content: Path, docs: Path) -> tuple[Story, Report, list[Problem]]:
    """The story of `content`, what the citation check found, and problems that are no errors.

    Raises ContentError with all problems if any is an error.
    """
    story, problems = load(content)
    report = Report()
    problems = sorted([*problems, *check(story, docs, report)])
    if blocking(problems, strict=False):
        raise ContentError(problems)
    return story, report, problems


def check(story: Story, docs: Path, report: Report) -> list[Problem]:
    """Every problem of a story that has loaded; fills `report` with what the citation check found.

    `docs` is the folder of page templates. Private copies of the sources are looked for where the
    environment variable EXPLAINER_SOURCES points.
    """
    names = {language: Names(story, language) for language in story.tongues}
    folder = sources_folder()
    if folder and not folder.is_dir():
        raise ContentError([Problem(str(folder), 1, 1, ERROR, "no such folder of sources", "EXPLAINER_SOURCES (make: SOURCES) names it")])
    return sorted({
        *check_references(story),
        *check_time(story),
        *check_roles(story),
        *check_former_ids(story),
        *check_citations(story),
        *check_passages(story, folder, report),
        *check_coverage(story),
        *check_names(story, names),
        *check_quotations(story, names),
        *check_languages(story, names),
        *check_prose(story),
        *check_pages(story, docs),
        *check_phrases(story),
    })


def check_references(story: Story) -> Iterator[Problem]:
    """Every id that a record names exists, and is of a kind that may stand there."""
    known: dict[str, set[str]] = {"office": set(story.offices)}
    for record in story.records():
        known.setdefault(record.kind_name, set()).add(record.id)
    kind_of = {id: kind for kind, ids in known.items() for id in ids}
    for record in (story.settings, *story.records()):
        for id, refers, route in references(record):
            candidates = set().union(*(known.get(kind, set()) for kind in refers.kinds))
            if id in candidates:
                continue
            wanted = "entity" if len(refers.kinds) > 1 else refers.kinds[0]
            if id in kind_of:
                yield record.problem(f'"{id}" is a {kind_of[id]}, not a {wanted}', *route)
            else:
                yield record.problem(f'unknown {wanted} "{id}"', *route, hint=nearest(id, candidates))


def check_time(story: Story) -> Iterator[Problem]:
    """Plans and states alone are overtaken, by something not older, never in a circle; no date lies ahead."""
    checked = story.settings.checked
    for fact in story.facts.values():
        if checked.surely_before(fact.date):
            yield fact.problem(f"the date lies after {checked}, when the story was last checked", "date", level=WARNING, hint="see `checked` in story.yml")
        if fact.as_of and fact.as_of.surely_before(fact.date):
            yield fact.problem(f"as-of {fact.as_of} comes before the fact's own date {fact.date}", "as-of")
        if not fact.overtaken:
            continue
        if fact.status != "announced" and not fact.state:
            yield fact.problem("an event cannot be overtaken: it happened", "overtaken", key=True, hint="only a plan (status: announced) or a state (state: true) can")
        later = story.facts.get(fact.overtaken)
        if later and later.date.surely_before(fact.date):
            yield fact.problem(f'"{later.id}" ({later.date}) is older than what it is said to overtake ({fact.date})', "overtaken")
        if fact.id in _successors(story, fact):
            yield fact.problem(f'"{fact.id}" overtakes itself in a circle', "overtaken", hint=" → ".join(_successors(story, fact)))


def _successors(story: Story, fact: Fact) -> list[str]:
    """The ids of what overtook a fact, and what overtook that, up to the first repetition."""
    chain: list[str] = []
    while fact and fact.overtaken and fact.overtaken not in chain:
        chain.append(fact.overtaken)
        fact = story.facts.get(fact.overtaken)
    return chain


def check_roles(story: Story) -> Iterator[Problem]:
    """A role begins before it ends, and an office for one person has one holder at a time."""
    for role in story.roles.values():
        start, end = role.from_.date, role.until.date
        if start and end and not start.first < end.last:
            yield role.problem(f"the role ends ({end}) before it begins ({start})", "until", hint="`until` is the first day on which it was over")
        if role.agreed and start and start.surely_before(role.agreed):
            yield role.problem(f"agreed ({role.agreed}) after it began ({start})", "agreed")
        if role.until.word == "ongoing" and not role.as_of:
            yield role.problem("an ongoing role says to which date that was checked", hint="as-of: 2026-10", key=True)
    held = [role for role in story.roles.values() if role.office in story.offices and story.offices[role.office][1].single]
    for one, other in combinations(held, 2):
        if one.office == other.office and _together(one, other):
            yield other.problem(f'"{one.id}" holds the same office at the same time', "from", hint="`until` is exclusive: a handover on one day is no overlap")


def _together(one: Role, other: Role) -> bool:
    """Whether two roles surely overlap; an end that is not known proves nothing."""
    def may_precede(role: Role, next_: Role) -> bool:
        latest_start = next_.from_.date or next_.until.date  # whatever has ended began before that
        if role.until.word == "ongoing":
            return False
        return role.until.date is None or latest_start is None or role.until.date.first <= latest_start.last

    return not may_precede(one, other) and not may_precede(other, one)


def check_former_ids(story: Story) -> Iterator[Problem]:
    """A fact's former ids still lead to it, so that none may lead elsewhere as well."""
    taken = {record.id: record.id for record in story.records()}
    for fact in story.facts.values():
        for index, former in enumerate(fact.was):
            if former in taken:
                yield fact.problem(f'the former id "{former}" leads to "{taken[former]}" already', "was", index)
            taken[former] = fact.id


def check_citations(story: Story) -> Iterator[Problem]:
    """Where a source's text can be had, a citation names its passage; a source nobody cites is a slip."""
    cited = {note.source for note in story.source_notes.values()}
    for record in (*story.facts.values(), *story.quotes.values()):
        for index, citation in enumerate(record.cites):
            cited.add(citation.source)
            source, route = story.sources.get(citation.source), ("cites", index)
            if citation.to and not citation.from_:
                yield record.problem("`to` needs `from`: the first words of the passage", *route, "to", key=True)
            if citation.from_ and not citation.paragraph:
                yield record.problem("`from` needs `paragraph`: the number of the paragraph", *route, "from", key=True)
            if source and source.text and not citation.from_:
                yield record.problem(f'the passage of "{source.id}" is missing', *route, hint="paragraph: 6, from: \"first words\", to: \"last words\"")
    for source in story.sources.values():
        if source.id not in cited:
            yield source.problem("no fact, quote or note cites this source", level=WARNING, key=True)


def check_names(story: Story, names: dict[str, Names]) -> Iterator[Problem]:
    """Whoever a fact names is among those it is about; no name stands for two."""
    for language, found in names.items():
        for name, one, other in found.shared:
            yield story.entities[other].problem(f'the name "{name}" already stands for "{one}" ({language})', "aliases")
        for fact in story.facts.values():
            for id in sorted(found.named(fact.text[language]) - set(fact.about)):
                yield fact.problem(f'the text names "{id}", which `about` lacks', "text", language, level=WARNING, hint=f"about: [{', '.join([*fact.about, id])}]")


def check_quotations(story: Story, names: dict[str, Names]) -> Iterator[Problem]:
    """Words in quotation marks are a quote of quotes.yml, as said or as translated there."""
    for record, text, route in texts(story):
        for language, found in names.items():
            marks = story.settings.languages[language].quotes
            foreign = next((c for c in text[language] if c in '"“”„«»' and c not in "".join(marks)), None)
            if foreign:
                yield record.problem(f"the quotation mark {foreign} is not this language's", *route, language, hint=f"as story.yml has it: {marks[0]}…{marks[1]}")
            for match, quote in found.quotations(text[language]):
                if quote is None:
                    yield record.problem(f"“{match[1]}” is not among the quotes", *route, language, hint="only words recorded in quotes.yml stand in quotation marks")


def check_prose(story: Story) -> Iterator[Problem]:
    """Each fact is told by some page, and by each page once."""
    told: dict[tuple[str, str], str] = {}
    for page, sentence, route in sentences(story):
        if sentence.text is None and len(sentence.facts) != 1:
            yield page.problem("a sentence without words of its own names one fact", *route)
        if "then-and-now" in route or "grid" in route:
            continue
        for fact in sentence.facts:
            if (page.id, fact) in told:
                yield page.problem(f'the page tells "{fact}" twice', *route, level=WARNING, hint=f"first under {told[page.id, fact]}")
            told.setdefault((page.id, fact), " › ".join(map(str, route)))
    for page in story.pages.values():
        for key, section in page.sections.items():
            for index, row in enumerate(section.grid.rows if section.grid else ()):
                for column in [column for column in row.cells if column not in section.grid.columns]:
                    yield page.problem(
                        f'the grid has no column "{column}"', "sections", key, "grid", "rows", index, "cells", str(column), key=True,
                        hint=nearest(str(column), map(str, section.grid.columns)),
                    )
    written: set[tuple[str, str]] = set()
    for page, sentence, route in sentences(story):
        text = next(iter(sentence.text.values())) if sentence.text else sentence.facts[0]
        if (page.id, text) in written:
            yield page.problem("the page says this sentence twice", *route, level=WARNING)
        written.add((page.id, text))
    shown = {fact for page, sentence, _ in sentences(story) for fact in sentence.facts}
    for fact in story.facts.values():
        if fact.id not in shown:
            yield fact.problem("no page tells this fact in its prose", level=WARNING, key=True, hint="name it in a section of pages.yml")


def check_pages(story: Story, docs: Path) -> Iterator[Problem]:
    """Each page of pages.yml has its template, each template its page, each kind of entity one page."""
    templates = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    if "home" not in story.pages:
        yield story.settings.problem('pages.yml has no page "home"', key=True)
    for page in story.pages.values():
        if page.id == "index":
            yield page.problem('the page of docs/index.md is called "home"', key=True)
        if page.template not in templates:
            yield page.problem(f"the page has no template {docs.name}/{page.template}", key=True)
    for name in sorted(templates - {page.template for page in story.pages.values()}):
        yield Problem(f"{docs.name}/{name}", 1, 1, ERROR, "pages.yml has no page for this template", nearest(name.removesuffix(".md"), story.pages))
    for kind, records in (("person", story.people), ("organization", story.organizations), ("product", story.products)):
        places = [page for page in story.pages.values() if kind in page.entities]
        if records and not places:
            yield story.settings.problem(f'no page is the place of entities of the kind "{kind}"', hint=f"entities: [{kind}] in pages.yml")
        for page in places[1:]:
            yield page.problem(f'"{places[0].id}" is the place of "{kind}" already', "entities")
