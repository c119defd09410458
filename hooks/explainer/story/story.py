"""The story: every record of `content/`, keyed by id, with the relations between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TypeVar

from babel import Locale

from explainer.schema import records
from explainer.schema.pages import Page
from explainer.schema.record import Record
from explainer.schema.series import Series
from explainer.schema.settings import LanguageSettings, Phrase, Settings

Related = TypeVar("Related")


@dataclass(frozen=True)
class Language:
    """One language of the story: its code (as in paths and `lang`), its locale and how it is set."""

    code: str
    locale: Locale
    setting: LanguageSettings

    @property
    def name(self) -> str:
        """The language's own name for itself, as a word on its own: `Français`."""
        name = self.locale.languages.get(self.code, self.code)
        return name[:1].upper() + name[1:]


@dataclass
class Story:
    """All records by kind, each a mapping from id to record in the order of the files."""

    settings: Settings
    facts: dict[str, records.Fact] = field(default_factory=dict)
    sources: dict[str, records.Source] = field(default_factory=dict)
    people: dict[str, records.Person] = field(default_factory=dict)
    organizations: dict[str, records.Organization] = field(default_factory=dict)
    products: dict[str, records.Product] = field(default_factory=dict)
    roles: dict[str, records.Role] = field(default_factory=dict)
    quotes: dict[str, records.Quote] = field(default_factory=dict)
    terms: dict[str, records.Term] = field(default_factory=dict)
    source_notes: dict[str, records.SourceNote] = field(default_factory=dict)
    updates: dict[str, records.Update] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    pictures: dict[str, records.Picture] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    phrases: dict[str, Phrase] = field(default_factory=dict)
    invalid_ids: dict[str, str] = field(
        default_factory=dict
    )  # id -> kind of the records that are there but not valid
    unreadable_kinds: set[str] = field(
        default_factory=set
    )  # the kinds of which a file could not be read
    missing_kinds: set[str] = field(default_factory=set)  # the kinds that have no file
    ids: dict[str, str] = field(
        default_factory=dict
    )  # id -> where it stands, even of a record that is refused

    @property
    def incomplete_kinds(self) -> set[str]:
        """The kinds of which some record is not here: what is said of all of them cannot be checked."""
        return self.unreadable_kinds | set(self.invalid_ids.values())

    def file(self, name: str) -> str:
        """What problems call a file of the content."""
        return f"{PurePosixPath(self.settings.file).parent}/{name}"

    @cached_property
    def languages(self) -> dict[str, Language]:
        """The languages by code, the story's own first."""
        return {
            code: Language(code, Locale.parse(setting.locale, sep="-"), setting)
            for code, setting in self.settings.languages.items()
        }

    @cached_property
    def entities(self) -> dict[str, records.Entity]:
        """People, organizations and products."""
        return {**self.people, **self.organizations, **self.products}

    @cached_property
    def offices(self) -> dict[str, tuple[records.Organization, records.Office]]:
        """Each office with the organization it belongs to, by the office's id."""
        return {
            id: (org, office)
            for org in self.organizations.values()
            for id, office in org.offices.items()
        }

    @cached_property
    def facts_overtaken_by(self) -> dict[str, list[records.Fact]]:
        """For a fact's id, the facts that it has overtaken."""
        found: dict[str, list[records.Fact]] = {}
        for fact in self.facts.values():
            if fact.overtaken:
                found.setdefault(fact.overtaken, []).append(fact)
        return found

    @cached_property
    def by_date(self) -> list[records.Fact]:
        """All facts, oldest first; within a date, in the order of the files."""
        return sorted(self.facts.values(), key=lambda fact: (fact.date.first, fact.date.last))

    @cached_property
    def facts_by_paragraph(self) -> dict[tuple[str, str], list[records.Fact]]:
        """For a source's id and the number of a paragraph, the facts that cite it."""
        found: dict[tuple[str, str], list[records.Fact]] = {}
        for fact in self.facts.values():
            for place in dict.fromkeys(
                (cited.source, cited.paragraph) for cited in fact.cites if cited.paragraph
            ):
                found.setdefault(place, []).append(fact)
        return found

    @cached_property
    def facts_by_source(self) -> dict[str, list[records.Fact]]:
        """For a source's id, the facts that cite it, oldest first."""
        found: dict[str, list[records.Fact]] = {}
        for fact in self.by_date:
            for source in dict.fromkeys(cited.source for cited in fact.cites):
                found.setdefault(source, []).append(fact)
        return found

    @cached_property
    def about(self) -> dict[str, list[records.Fact]]:
        """For an entity's id, the facts about it, oldest first."""
        return _grouped((id, fact) for fact in self.by_date for id in dict.fromkeys(fact.about))

    @cached_property
    def notes_on(self) -> dict[str, list[records.SourceNote]]:
        """For a fact's id, the notes on errors of a source that concern it."""
        notes = self.source_notes.values()
        return _grouped((id, note) for note in notes for id in dict.fromkeys(note.facts))

    @cached_property
    def held_by(self) -> dict[str, list[records.Role]]:
        """For a person's id, the roles they held, in the order of the file."""
        return _grouped((role.person, role) for role in self.roles.values())

    @cached_property
    def holders(self) -> dict[str, list[records.Role]]:
        """For an office's id, the roles in it, in the order of the file."""
        return _grouped((role.office, role) for role in self.roles.values())

    @cached_property
    def passages(self) -> Counter[str]:
        """For a source's id, how many passages of it are named."""
        cited = (
            *(c for record in (*self.facts.values(), *self.quotes.values()) for c in record.cites),
            *self.source_notes.values(),
        )
        return Counter(citation.source for citation in cited if citation.from_ is not None)

    @cached_property
    def ledger_numbers(self) -> dict[str, int]:
        """A fact's number in the ledger, from 1: a short name for indexes, not an address."""
        return {id: number for number, id in enumerate(self.facts, 1)}

    def records(self) -> Iterator[Record]:
        """Every record but the settings and the interface's phrases."""
        for collection in (
            self.facts,
            self.sources,
            self.people,
            self.organizations,
            self.products,
            self.roles,
            self.quotes,
            self.terms,
            self.source_notes,
            self.updates,
            self.series,
            self.pictures,
            self.pages,
        ):
            yield from collection.values()

    @cached_property
    def updates_by_date(self) -> list[records.Update]:
        """The change log, oldest first; within a day, in the order of the file."""
        return sorted(self.updates.values(), key=lambda update: update.date.first)

    @property
    def latest_update(self) -> records.Update | None:
        """The newest entry of the change log."""
        return self.updates_by_date[-1] if self.updates else None


def _grouped(pairs: Iterable[tuple[str, Related]]) -> dict[str, list[Related]]:
    """Records by what they are related to, in their order."""
    found: dict[str, list[Related]] = {}
    for id, record in pairs:
        found.setdefault(id, []).append(record)
    return found
