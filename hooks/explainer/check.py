"""Checks of the story's meaning: each yields problems, none stops at the first, none changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from .coverage import check_coverage
from .fields import references
from .model import Fact, Role
from .names import Names, bare
from .parity import check_languages, texts
from .passages import Report, check_passages, citations, sources_folder
from .pages import check_pages, check_prose, check_told
from .phrases import check_phrases
from .problem import ERROR, NOTICE, WARNING, ContentError, Problem, a, blocking, closest, meant, nearest
from .review import check_reviews
from .story import FILES, Story, load

MARKUP = re.compile(r"</?[a-z][^<>]*>|\*\*|\[[^\]]*\]\([^)]*\)|\{\{.*?\}\}|\{%.*?%\}|&(?:[a-z]+|#\d+);")
FILES_OF = {**{kind.kind_name: name for name, (_, kind) in FILES.items()}, "fact": "the folder facts", "office": "organizations.yml, under `offices`"}


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
    entities = {"person", "organization", "product"}
    checks: list[tuple[Iterator[Problem], set[str]]] = [  # each with the kinds of which it needs every record
        (check_references(story), set()),
        (check_time(story), set()),
        (check_roles(story), set()),
        (check_former_ids(story), set()),
        (check_citations(story), set()),
        (check_uncited(story), {"fact", "quote", "source note"}),
        (check_passages(story, folder, report), set()),
        (check_coverage(story), {"fact", "source"}),
        (check_names(story, names), entities),
        (check_quotations(story, names), {"quote"}),
        (check_markup(story), set()),
        (check_languages(story, names), entities),
        (check_prose(story), set()),
        (check_told(story), {"page"}),
        (check_pages(story, docs), {"page", *entities}),
        (check_phrases(story, docs), {"phrase"}),
        (check_reviews(story), set()),
    ]
    return sorted({problem for problems, needed in checks if not needed & story.holes for problem in problems})


def check_references(story: Story) -> Iterator[Problem]:
    """Every id that a record names exists, and is of a kind that may stand there."""
    known: dict[str, set[str]] = {"office": set(story.offices)}
    for record in story.records():
        known.setdefault(record.kind_name, set()).add(record.id)
    kind_of = {id: kind for kind, ids in known.items() for id in ids}
    not_known = story.unread | ({"office"} if "organization" in story.holes else set())
    for record in (story.settings, *story.records()):
        for id, refers, route in references(record):
            candidates = set().union(*(known.get(kind, set()) for kind in refers.kinds))
            if id in candidates or id in story.refused or not_known & set(refers.kinds):
                continue
            hint = nearest(id, candidates) or f"the ids are in {', '.join(FILES_OF[kind] for kind in refers.kinds)}"
            if id in kind_of:
                yield record.problem(f'"{id}" is {a(kind_of[id])}, not {a(refers.name)}', *route, hint=hint)
            else:
                yield record.problem(f'unknown {refers.name} "{id}"', *route, hint=hint)


def check_time(story: Story) -> Iterator[Problem]:
    """Plans and states alone are overtaken, by something not older, never in a circle; no date lies ahead."""
    checked = story.settings.checked
    for fact in story.facts.values():
        if checked.surely_before(fact.date):
            yield fact.problem(f"the date lies after {checked}, when the story was last checked", "date", level=WARNING, hint="see `checked` in story.yml")
        if fact.as_of and fact.as_of.surely_before(fact.date):
            yield fact.problem(f"as-of ({fact.as_of}) comes before the fact's own date ({fact.date})", "as-of", hint="`as-of` is the date to which it was checked that the state still held")
        if not fact.overtaken:
            continue
        if fact.status != "announced" and not fact.state:
            yield fact.problem("an event cannot be overtaken: it happened", "overtaken", key=True, hint="only a plan (status: announced) or a state (state: true) can")
        later = story.facts.get(fact.overtaken)
        if fact.id in _successors(story, fact):
            yield fact.problem(f'"{fact.id}" overtakes itself in a circle', "overtaken", hint=" → ".join([fact.id, *_successors(story, fact)]))
        elif later and later.date.surely_before(fact.date):
            yield fact.problem(f'"{later.id}" ({later.date}) is older than what it is said to overtake ({fact.date})', "overtaken", hint="name the fact that came after it")


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
            yield role.problem(f"the role was agreed ({role.agreed}) after it began ({start})", "agreed", hint="`agreed` is for what was agreed before it was formal")
        if role.until.word == "ongoing" and not role.as_of:
            yield role.problem("an ongoing role says to which date that was checked", "until", hint=f"as-of: and the date, as in as-of: {story.settings.checked}")
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
    taken = {record.id: a(record.kind_name) for record in story.records()}
    for fact in story.facts.values():
        for index, former in enumerate(fact.was):
            if former in taken:
                yield fact.problem(f'"{former}" is the id of {taken[former]}, so it cannot be a former id', "was", index, hint="`was` holds the ids that this fact had before, and nothing has now")
            taken[former] = f'a fact before, of "{fact.id}"'


def check_citations(story: Story) -> Iterator[Problem]:
    """Where a source's text can be had, a citation names its passage."""
    for record, citation, route, _ in citations(story):
        source = story.sources.get(citation.source)
        if citation.to and not citation.from_:
            yield record.problem("`to` needs `from`: the first words of the passage", *route, "to", key=True, hint='from: "first words"')
        elif citation.from_ and not citation.paragraph:
            yield record.problem("`from` needs `paragraph`: the number of the paragraph", *route, "from", key=True, hint="paragraph: 6")
        elif source and source.text and not citation.from_ and record is not citation:
            yield record.problem(f'the passage of "{source.id}" is missing', *route, hint='paragraph: 6, from: "first words", to: "last words"')


def check_uncited(story: Story) -> Iterator[Problem]:
    """A source nobody cites is a slip."""
    cited = {note.source for note in story.source_notes.values()}
    cited |= {citation.source for record in (*story.facts.values(), *story.quotes.values()) for citation in record.cites}
    cited |= meant(cited - set(story.refused), story.sources)
    for source in story.sources.values():
        if source.id not in cited:
            yield source.problem("no fact, quote or note cites this source", level=WARNING, key=True, hint=f"cite it (source: {source.id}), or remove it")


def check_names(story: Story, names: dict[str, Names]) -> Iterator[Problem]:
    """Whoever a fact names is among those it is about; no name stands for two."""
    for name, one, other in dict.fromkeys(shared for found in names.values() for shared in found.shared):
        entity = story.entities[other]
        yield entity.problem(f'the name "{name}" already stands for "{one}"', "name" if name in entity.name.values() else "aliases", hint="a name or alias stands for one entity")
    for fact in story.facts.values():
        if set(fact.about) <= set(story.entities):  # else an id mistyped there is the problem
            named = {id for language, found in names.items() for id in found.named(fact.text[language])}
            for id in sorted(named - set(fact.about)):
                yield fact.problem(f'the text names "{id}", which `about` lacks', "about", level=WARNING, hint=f"about: [{', '.join([*fact.about, id])}]")


def check_quotations(story: Story, names: dict[str, Names]) -> Iterator[Problem]:
    """Words in quotation marks are a quote of quotes.yml, as said or as translated there."""
    for record, text, route in texts(story):
        for language, found in names.items():
            opening, closing = marks = story.settings.languages[language].quotes
            spaces = ", with no-break spaces" if any(mark != mark.strip() for mark in marks) else ""
            form = f"as story.yml has it: {opening}…{closing}{spaces}"
            left = next((c for c in found.quoted.sub("", text[language]) if c in '"“”„«»' or c == opening.strip()), None)
            if left and left in opening + closing:
                yield record.problem(f"the quotation mark {left} has no partner{spaces and ', or not the spaces of this language'}", *route, language, hint=form)
            elif left:
                yield record.problem(f"the quotation mark {left} is not this language's", *route, language, hint=form)
            for match, quote in found.quotations(text[language]):
                if quote is None:
                    recorded = {bare(words): words for quote in story.quotes.values() for words in (quote.words, *quote.translation.values())}
                    near = closest(bare(match[1]), recorded)
                    hint = f"nearest there: {recorded[near]}" if near else "only words recorded in quotes.yml stand in quotation marks"
                    yield record.problem(f"“{match[1].strip()}” is not among the quotes of quotes.yml", *route, language, hint=hint)


def check_markup(story: Story) -> Iterator[Problem]:
    """Texts are plain: what looks like HTML, Markdown or Jinja is shown as typed, and an editor may not have meant that."""
    for record, text, route in texts(story):
        for language, words in text.items():
            markup = MARKUP.search(words)
            if markup:
                yield record.problem(f"readers will see {markup[0]} as it is typed", *route, language, level=NOTICE, hint="texts are plain: no HTML, Markdown or Jinja; names are linked by themselves")
