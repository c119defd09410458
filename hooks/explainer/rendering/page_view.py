"""What templates see: one page of an edition, with its notes and links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import format_decimal
from markupsafe import Markup, escape

from explainer.rendering.edition import Edition
from explainer.rendering.lanes_chart import ChartEvent
from explainer.rendering.links import Addresses
from explainer.schema.dates import PartialDate
from explainer.schema.pages import Grid, Page, Sentence
from explainer.schema.records import Citation, Entity, Fact, Quote, Role, Source, SourceNote
from explainer.schema.series import Point
from explainer.story.coverage import CoverageStats, coverage_stats, paragraph_coverage
from explainer.story.mentions import Mention, MentionFinder, normalize_words

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Cited(NamedTuple):
    """A citation and the state of its passage: `found`, `unchecked`, or None where it names none."""

    citation: Citation
    state: str | None


class PageView(Addresses):
    """One page in one language while it is rendered: numbers the facts it cites, knows what it has linked."""

    def __init__(self, edition: Edition, page: Page, root: str | None = None) -> None:
        super().__init__(edition, page, root)
        self.t, self.date, self.day = edition.t, edition.date, edition.day
        self.cited: dict[
            str, int
        ] = {}  # fact id -> how often the page marks it, in order of first mark
        self.note_numbers: dict[str, int] = {}  # fact id -> the number of its note
        self.used_sentences: set[int] = set()  # by identity: a record's parts are not hashable
        self.listed_kinds: set[str] = set()  # the kinds of entity that the page has listed
        self.source_html_cache: dict[
            str, Markup
        ] = {}  # a source's id -> the source as a citation gives it
        self.notes_calls = 0  # how often the page has given its notes
        self.linked: set[str] = set()  # entities and terms linked since the last heading

    def format_day(self, day: date) -> str:
        """A day of a chart: day and month."""
        return self.day(PartialDate(day.year, day.month, day.day))

    def month(self, day: date) -> PartialDate:
        """The month of a day."""
        return PartialDate(day.year, day.month)

    # --- texts ---------------------------------------------------------------------------------

    def words(self, texts: Mapping[str, str]) -> str:
        """A text in this page's language, plain."""
        return texts[self.language]

    def headline(self) -> str:
        """What the page is called where it stands alone, as in a shared link: home by the question that it answers."""
        return self.words(
            self.story.settings.question if self.page.id == "home" else self.page.title
        )

    def heading(self, texts: Mapping[str, str]) -> str:
        """The words of a heading; from here on names are linked afresh."""
        self.linked.clear()
        return texts[self.language]

    def inline(
        self, texts: Mapping[str, str], language: str | None = None, links: bool = True
    ) -> Markup:
        """A text as HTML: escaped, quotes and foreign words marked up, names of entities and terms linked at first mention."""
        names = self.edition.names[language or self.language]
        text, parts, at = texts[names.language], [], 0
        for mention in sorted(names.mentions(text), key=lambda mention: mention.start):
            parts += [
                self._plain(text[at : mention.start], names),
                self._mention(mention, text[mention.start : mention.end], names, links),
            ]
            at = mention.end
        return Markup("").join([*parts, self._plain(text[at:], names)])

    def _plain(self, words: str, names: MentionFinder) -> Markup:
        pieces = names.by_language(words)
        return Markup("").join(
            Markup('<span lang="{}">{}</span>').format(code, piece) if code else escape(piece)
            for piece, code in pieces
        )

    def _mention(self, mention: Mention, words: str, names: MentionFinder, links: bool) -> Markup:
        if mention.kind == "quote":
            return self._quotation(mention.id, words, names.language)
        address = self.entity_link(mention.id) if links else None
        if address is None or mention.id in self.linked:
            return self._plain(words, names)
        self.linked.add(mention.id)
        return Markup('<a class="{}" href="{}">{}</a>').format(
            mention.kind, address, self._plain(words, names)
        )

    def _quotation(self, id: str, words: str, language: str) -> Markup:
        quote, (opening, closing) = (
            self.story.quotes[id],
            self.story.settings.languages[language].quotes,
        )
        cite = next(
            (
                self.story.sources[c.source].url
                for c in quote.cites
                if self.story.sources[c.source].url
            ),
            None,
        )
        cite = Markup(' cite="{}"').format(cite) if cite else ""
        inner = words[len(opening) : -len(closing)]
        if normalize_words(inner) == normalize_words(quote.words):
            lang = Markup(' lang="{}"').format(quote.language) if quote.language != language else ""
            return Markup("{}<q{}{}>{}</q>{}").format(opening, lang, cite, inner, closing)
        return Markup('{}<q{}>{}</q>{} <small class="translated">({})</small>').format(
            opening, cite, inner, closing, self.story.phrases["translated"].text[language]
        )

    def point_label(self, point: Point) -> str:
        """What a point of a series is called: its category, or its date."""
        return self.words(point.category) if point.category else self.date(point.at)

    def number(self, value: Decimal) -> str:
        """A number in the language's form; one too long for it as a power of ten."""
        locale = self.edition.lang.locale
        if value < 10**9:
            return str(format_decimal(value, format="#,##0.###", locale=locale))
        power = value.adjusted()
        digits = format_decimal(value.scaleb(-power), format="0.##", locale=locale)
        return f"{digits} × 10{str(power).translate(SUPERSCRIPTS)}"

    # --- facts ---------------------------------------------------------------------------------

    def fact(self, id: str) -> Fact:
        """A fact by id; KeyError if there is none."""
        if id not in self.story.facts:
            raise KeyError(f'there is no fact "{id}"')
        return self.story.facts[id]

    def facts(
        self, about: str | None = None, subject: str | None = None, status: str | None = None
    ) -> list[Fact]:
        """The facts about an entity, of a subject or of a status, oldest first."""
        return [
            fact
            for fact in (self.story.by_date if about is None else self.story.about.get(about, ()))
            if subject in (None, fact.subject) and status in (None, fact.status)
        ]

    def citation_mark(self, fact: Fact) -> dict[str, object]:
        """A citation mark for a fact: its number on this page and the ids of mark and note."""
        self.cited[fact.id] = times = self.cited.get(fact.id, 0) + 1
        number = self.note_numbers.setdefault(fact.id, len(self.cited))
        return {"number": number, "id": _mark_id(number, times), "note": _note_id(number)}

    def notes(self) -> list[dict[str, object]]:
        """The facts marked so far, in order, each with the ids of its marks."""
        self.notes_calls += 1
        return [
            {
                "fact": self.story.facts[id],
                "note": _note_id(number),
                "marks": [_mark_id(number, n) for n in range(1, self.cited[id] + 1)],
            }
            for id, number in self.note_numbers.items()
        ]

    def in_ledger_order(self, facts: Iterable[Fact]) -> list[Fact]:
        """Facts in the order of their numbers in the ledger."""
        return sorted(facts, key=lambda fact: self.story.ledger_numbers[fact.id])

    def facts_by_id(self, ids: Iterable[str]) -> list[Fact]:
        """Facts by their ids, in their order."""
        return [self.story.facts[id] for id in ids]

    def use_sentence(self, sentence: Sentence) -> list[Fact]:
        """The facts a sentence rests on; the page has told it then."""
        self.used_sentences.add(id(sentence))
        return self.facts_by_id(sentence.facts)

    def group_sentences(self, prose: Iterable[Sentence]) -> list[list[Sentence]]:
        """Sentences grouped into paragraphs."""
        groups: list[list[Sentence]] = []
        for sentence in prose:
            if not groups or sentence.paragraph:
                groups.append([])
            groups[-1].append(sentence)
        return groups

    def overtaken_by(self, fact: Fact) -> Fact | None:
        """The fact that overtook a fact."""
        return self.story.facts[fact.overtaken] if fact.overtaken else None

    def group_by_successor(self, facts: Iterable[Fact]) -> list[tuple[Fact | None, list[Fact]]]:
        """Facts in their order, but those that one fact overtook together, with that fact; each of the others alone."""
        groups: dict[tuple[str | None, str], list[Fact]] = {}
        for fact in facts:
            groups.setdefault((fact.overtaken, "" if fact.overtaken else fact.id), []).append(fact)
        return [(self.overtaken_by(together[0]), together) for together in groups.values()]

    def overtakes(self, fact: Fact) -> list[Fact]:
        """The facts that a fact has overtaken."""
        return self.story.facts_overtaken_by.get(fact.id, [])

    def cited_sources(self, record: Fact | Quote) -> list[tuple[Source, list[Cited]]]:
        """The sources that a record cites, in order, each with its citations and what was found of them."""
        groups: dict[str, list[Cited]] = {}
        for index, citation in enumerate(record.cites):
            state = self.edition.report.states.get((record.id, index))
            groups.setdefault(citation.source, []).append(Cited(citation, state))
        return [(self.story.sources[id], cited) for id, cited in groups.items()]

    def passage_state(self, note: SourceNote) -> str | None:
        """What was found of the passage that a source note names: `found`, `unchecked`, or None where it names none."""
        return self.edition.report.states.get((note.id, 0))

    def sources_of(self, facts: Iterable[Fact]) -> list[Source]:
        """The sources that some facts cite, in the order in which they are first cited."""
        return [
            self.story.sources[id]
            for id in dict.fromkeys(cited.source for fact in facts for cited in fact.cites)
        ]

    def source_notes(self, fact: Fact) -> list:
        """The notes on errors of a source that concern a fact."""
        return self.story.notes_on.get(fact.id, [])

    # --- entities, roles, sources ----------------------------------------------------------------

    def entities(self, kind: str) -> list[Entity]:
        """The entities of a kind, in the order of the file; the page has listed them then."""
        self.listed_kinds.add(kind)
        return [entity for entity in self.story.entities.values() if entity.kind_name == kind]

    def roles(self, person: str | None = None, office: str | None = None) -> list[Role]:
        """The roles of a person or in an office, oldest first; an unknown beginning comes first."""
        roles: Iterable[Role] = self.story.roles.values()
        if person is not None:
            roles = self.story.held_by.get(person, ())
        elif office is not None:
            roles = self.story.holders.get(office, ())
        found = [r for r in roles if office in (None, r.office)]
        return sorted(found, key=lambda r: str(r.from_.date or ""))

    def office(self, id: str) -> str:
        """An office's title with its organization; KeyError if there is none."""
        if id not in self.story.offices:
            raise KeyError(f'there is no office "{id}"')
        organization, office = self.story.offices[id]
        return f"{self.words(office.title)}, {self.words(organization.name)}"

    def role_title(self, role: Role) -> str:
        """What a role's holder is called: `interim CEO, Example Ltd`."""
        organization, office = self.story.offices[role.office]
        title = self.words(office.title)
        return f"{self.t('interim', office=title) if role.interim else title}, {self.words(organization.name)}"

    def latest_role(self, person: str) -> Role | None:
        """The role of a person that reaches furthest into the present: an ongoing one, else by its last known day."""
        roles = self.roles(person=person)
        return max(
            roles,
            key=lambda r: (
                r.until.word == "ongoing",
                max(str(r.from_.date or ""), str(r.until.date or "")),
            ),
            default=None,
        )

    def grid_steps(self, grid: Grid) -> list[tuple[str, list[ChartEvent]]]:
        """A grid's rows as lanes of a picture."""
        return [
            (
                self.words(row.label),
                [
                    ChartEvent(column.first, self.words(cell.label), self._firm(cell.facts))
                    for column, cell in row.cells.items()
                ],
            )
            for row in grid.rows
        ]

    def chip_steps(self) -> list[tuple[str, list[ChartEvent]]]:
        """What has become of the chips as lanes of a picture: a lane for each maker, and for each chip that has none."""
        found: dict[str, list[ChartEvent]] = {}
        for product in self.story.products.values():
            owner = self.story.entities[product.maker] if product.maker else product
            for step in product.chip.steps if product.chip else ():
                found.setdefault(self.words(owner.name), []).append(
                    ChartEvent(
                        self.story.facts[step.fact].date.first,
                        self.words(step.label),
                        self._firm([step.fact]),
                    )
                )
        return list(found.items())

    def _firm(self, facts: Iterable[str]) -> bool:
        return all(self.story.facts[id].status == "confirmed" for id in facts)

    def facts_citing(self, source: Source) -> list[Fact]:
        """The facts that cite a source, oldest first."""
        return self.story.facts_by_source.get(source.id, [])

    def coverage(self, source: Source) -> list:
        """A source's paragraphs, each with the facts drawn from it."""
        return paragraph_coverage(self.story, source)

    def coverage_stats(self, source: Source) -> CoverageStats:
        """A source in numbers: passages, facts, paragraphs."""
        return coverage_stats(self.story, source)


def _note_id(number: int) -> str:
    return f"n:{number}"


def _mark_id(number: int, time: int) -> str:
    return f"r:{number}" if time == 1 else f"r:{number}:{time}"
