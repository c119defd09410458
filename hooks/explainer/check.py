"""Checks of the story's meaning: each yields problems, none stops at the first, none changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from .coverage import check_coverage
from .fields import references
from .grounds import check_grounds
from .load import FILES, load
from .model import Role
from .names import Names, bare
from .pages import check_pages, check_prose, check_told
from .parity import check_languages, texts
from .passages import Report, check_passages, citations, sources_folder
from .phrases import check_phrases, check_theme
from .problem import (
    ERROR,
    MOST_HINTS,
    WARNING,
    ContentError,
    Problem,
    a,
    blocking,
    closest,
    meant,
    nearest,
)
from .review import check_reviews
from .story import Story
from .typography import check_typography

MARKUP = re.compile(r"</?[a-z][^<>]*>|\*\*|\[[^\]]*\]\([^)]*\)|\{\{.*?\}\}|\{%.*?%\}|&(?:[a-z]+|#\d+);")
FEW = 3  # slips with one likely cause, from which on it is told instead of them
FILES_OF = {**{kind.kind_name: name for name, (_, kind) in FILES.items()}, "fact": "the folder facts", "office": "organizations.yml, under `offices`"}


def load_checked(content: Path, docs: Path, theme: Sequence[str] = ()) -> tuple[Story, Report, list[Problem]]:
    """The story of `content`, what the citation check found, and problems that are no errors.

    `docs` is the folder of page templates, `theme` the folders of the theme that the site will be built with.
    Raises ContentError with all problems if any is an error.
    """
    story, problems = load(content)
    report = Report()
    problems = sorted([*problems, *check(story, docs, report), *check_theme(story, theme)])
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
        (check_offices(story), set()),
        (check_former_ids(story), set()),
        (check_citations(story), set()),
        (check_verified(story), set()),
        (check_uncited(story), {"fact", "quote", "source note"}),
        (check_passages(story, folder, report), set()),
        (check_coverage(story), {"fact", "source"}),
        (check_names(story, names), entities),
        (check_quotations(story, names), {"quote"}),
        (check_markup(story), set()),
        (check_typography(story), set()),
        (check_languages(story, names), entities),
        (check_grounds(story), {"fact"}),
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
    no_file = story.absent | ({"office"} if "organization" in story.absent else set())
    slips = [
        (record, id, refers, route) for record in (story.settings, *story.records()) for id, refers, route in references(record)
        if not any(id in known.get(kind, ()) for kind in refers.kinds) and id not in story.refused and not not_known & set(refers.kinds)
    ]
    lost: dict[str, list[Problem]] = {}  # for a kind without a file, the places that may name what was in it
    for number, (record, id, refers, route) in enumerate(slips):
        candidates = set().union(*(known.get(kind, ()) for kind in refers.kinds)) if number < MOST_HINTS else ()
        hint = nearest(id, candidates) or f"the ids are in {', '.join(FILES_OF[kind] for kind in refers.kinds)}"
        absent = no_file & set(refers.kinds) if id not in kind_of and not hint.startswith("did you mean") else set()
        message = f'"{id}" is {a(kind_of[id])}, not {a(refers.name)}' if id in kind_of else f'unknown {refers.name} "{id}"'
        lost.setdefault(min(absent, default=""), []).append(record.problem(message, *route, hint=hint))
    for kind, problems in lost.items():
        if kind and len(problems) > FEW:
            first = problems[0]
            yield Problem(story.file(FILES_OF[kind].split(",")[0]), 1, 1, ERROR, "the file is not there", f"put it back, or mend its name: {len(problems)} places name what it may have held, the first in {first.file}:{first.line}")
        else:
            yield from problems


def check_time(story: Story) -> Iterator[Problem]:
    """Plans and states alone are overtaken, by something not older, never in a circle; no date lies ahead."""
    checked, circles = story.settings.checked, _circles(story)
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
        if fact.id in circles:
            yield fact.problem(f'"{fact.id}" overtakes itself in a circle', "overtaken", hint=circles[fact.id])
        elif later and later.date.surely_before(fact.date):
            yield fact.problem(f'"{later.id}" ({later.date}) is older than what it is said to overtake ({fact.date})', "overtaken", hint="name the fact that came after it")


def _circles(story: Story) -> dict[str, str]:
    """For each fact that is overtaken in a circle, the circle in a line: each fact is looked at once."""
    circles: dict[str, str] = {}
    met: set[str] = set()
    for fact in story.facts.values():
        chain: dict[str, None] = {}  # from the fact on, what overtook it, and what overtook that
        while fact and fact.id not in met:
            met.add(fact.id)
            chain[fact.id] = None
            fact = story.facts.get(fact.overtaken)
        if fact and fact.id in chain:
            circle = [*chain][[*chain].index(fact.id) :]
            circles |= {id: " → ".join([*circle[n:], *circle[: n + 1]][:MOST_HINTS]) for n, id in enumerate(circle)}
    return circles


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
    held: dict[str, list[Role]] = {}
    for role in story.roles.values():
        if role.office in story.offices and story.offices[role.office][1].single and _end(role):
            held.setdefault(role.office, []).append(role)
    for roles in held.values():
        longest, *others = sorted(roles, key=_start)
        for role in others:
            if _start(role) < _end(longest) and _start(longest) < _end(role):
                yield role.problem(f'"{longest.id}" holds the same office at the same time', "from", hint="`until` is exclusive: a handover on one day is no overlap")
            longest = max(longest, role, key=_end)


def _start(role: Role) -> date:
    """The last day on which a role may have begun."""
    latest = role.from_.date or role.until.date  # whatever has ended began before that
    return latest.last if latest else date.max - timedelta(1)


def _end(role: Role) -> date | None:
    """The first day on which a role may have been over; None where its end is not known, which proves nothing."""
    return date.max if role.until.word == "ongoing" else role.until.date and role.until.date.first


def check_offices(story: Story) -> Iterator[Problem]:
    """An office's id is unique over the whole story, as those of records are."""
    taken = {record.id: f"{record.file}:{record.line}" for record in story.records() if record.kind_name != "page"}
    for organization in story.organizations.values():
        for id in organization.offices:
            if id in taken:
                yield organization.problem(f'the id "{id}" is taken', "offices", id, key=True, hint=f"by {taken[id]}: ids are unique over the whole story")
            taken.setdefault(id, f"{organization.file}:{organization.line_at('offices', id)}")


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


def check_verified(story: Story) -> Iterator[Problem]:
    """A source that nobody here has read is known by its address, or not at all."""
    for source in story.sources.values():
        if source.verified == "cited" and not source.url:
            yield source.problem("a source that is only cited has an address", "verified", hint="url: https://example.org/page; or verified: read, if its text was opened")


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
    recorded = {bare(words): words for quote in story.quotes.values() for words in (quote.words, *quote.translation.values())}
    slips = 0
    for record, text, route in texts(story):
        for language, found in names.items():
            opening, closing = marks = story.settings.languages[language].quotes
            spaces = ", with no-break spaces" if any(mark != mark.strip() for mark in marks) else ""
            form = f"as story.yml has it: {opening}…{closing}{spaces}"
            quotations = list(found.quotations(text[language]))
            inside = {at for quotation in quotations for at in range(quotation.start, quotation.end)}
            left = next((c for at, c in enumerate(text[language]) if at not in inside and (c in '"“”„«»' or c == opening.strip())), None)
            if left and left in opening + closing:
                yield record.problem(f"the quotation mark {left} has no partner{spaces and ', or not the spaces of this language'}", *route, language, hint=form)
            elif left:
                yield record.problem(f"the quotation mark {left} is not this language's", *route, language, hint=form)
            for quotation in quotations:
                if quotation.quote is None:
                    slips += 1
                    near = closest(bare(quotation.words), recorded) if slips <= MOST_HINTS else None
                    hint = f"nearest there: {recorded[near]}" if near else "only words recorded in quotes.yml stand in quotation marks"
                    yield record.problem(f"“{quotation.words.strip()}” is not among the quotes of quotes.yml", *route, language, hint=hint)


def check_markup(story: Story) -> Iterator[Problem]:
    """Texts are plain: what looks like HTML, Markdown or Jinja would be shown as typed, and no editor means that."""
    definitions = ((term, term.definition, ("definition",)) for term in story.terms.values())
    for record, text, route in (*texts(story), *definitions):
        for language, words in text.items():
            markup = MARKUP.search(words)
            if markup:
                yield record.problem(f"readers will see {markup[0]} as it is typed", *route, language, level=WARNING, hint="texts are plain: no HTML, Markdown or Jinja; names are linked by themselves")
