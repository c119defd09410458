"""What a page template can ask for, by name; CONTRIBUTING.md lists it, and a test keeps that true."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import get_args, get_type_hints

from jinja2 import Undefined
from markupsafe import Markup

from explainer.problems import suggest, with_article
from explainer.rendering.components import component
from explainer.rendering.lanes_chart import build_lanes_chart
from explainer.rendering.page_view import PageView
from explainer.rendering.series_chart import build_bar_chart, build_line_chart
from explainer.rendering.tenure_chart import build_tenure_chart
from explainer.schema.dates import PartialDate
from explainer.schema.pages import Section
from explainer.schema.records import Fact
from explainer.story.pictures import FOLDER, size_of

ARGUMENT_NAMES = {
    str: "a name in quotation marks",
    PartialDate: "a date of a record",
    Mapping: "a text of a record",
    Section: "a section, as sections() gives it",
}


def template_functions(view: PageView, docs: Path) -> dict[str, object]:
    """Everything that a page template in the folder `docs` can ask for, by name."""
    named = {
        asked.__name__: check_arguments(asked)
        for asked in (
            *_words(view),
            *_pieces_of_the_page(view),
            *_pieces_of_the_story(view),
            _picture(view, docs / FOLDER),
            _series(view),
        )
    }
    return {"page": view.page, "story": view.story.settings, **named}


def _words(view: PageView) -> Iterator[Callable]:
    def t(key: str, **values: object) -> str:
        return view.t(key, **values)

    def date(value: PartialDate) -> str:
        return view.date(value)

    def words(text: Mapping) -> str:
        return view.words(text)

    def heading(text: Mapping) -> str:
        return view.heading(text)

    def link(page: str, anchor: str = "") -> str:
        return view.link(page, anchor)

    return iter((t, date, words, heading, link))


def _pieces_of_the_page(view: PageView) -> Iterator[Callable]:
    def sections() -> list[tuple[str, Section]]:
        """The page's sections, each with its id, in the order of pages.yml."""
        return list(view.page.sections.items())

    def lead() -> Markup | str:
        return component("prose", view, prose=view.page.lead, name="lead") if view.page.lead else ""

    def prose(section: Section) -> Markup | str:
        return component("prose", view, prose=section.prose, name="prose") if section.prose else ""

    def then_and_now(section: Section) -> Markup | str:
        return (
            component("then-and-now", view, contrasts=section.then_and_now)
            if section.then_and_now
            else ""
        )

    def grid(section: Section) -> Markup | str:
        id = next((id for id, one in view.page.sections.items() if one is section), "grid")
        return (
            component(
                "grid",
                view,
                grid=section.grid,
                id=f"{id}:grid",
                picture=build_lanes_chart(view.grid_steps(section.grid)),
            )
            if section.grid
            else ""
        )

    def entities() -> Markup:
        return component("entities", view)

    def ways_on(*pages: str) -> Markup:
        return component("ways-on", view, pages=[view.page_by_id(id) for id in pages])

    def notes() -> Markup:
        return component("notes", view, notes=view.notes())

    return iter((sections, lead, prose, then_and_now, grid, entities, ways_on, notes))


def _pieces_of_the_story(view: PageView) -> Iterator[Callable]:
    story, statuses_known = view.story, get_args(Fact.model_fields["status"].annotation)

    def fact(id: str) -> Markup:
        return component("fact", view, fact=view.fact(id))

    def facts(
        about: str | None = None, subject: str | None = None, status: str | None = None
    ) -> Markup:
        for given, known in (
            (about, story.entities),
            (subject, story.settings.subjects),
            (status, statuses_known),
        ):
            require_known(given, known)
        return component("facts", view, facts=view.facts(about, subject, status))

    def roles(person: str | None = None, office: str | None = None) -> Markup:
        for given, known in ((person, story.people), (office, story.offices)):
            require_known(given, known)
        return component("roles", view, roles=view.roles(person, office))

    def tenure_chart(office: str) -> Markup:
        title = view.t("tenure-title", office=view.office(office))
        return component(
            "tenure",
            view,
            id=f"{office}:tenure",
            chart=build_tenure_chart(view.roles(office=office), story.settings.snapshot.first),
            title=title,
        )

    tenure_chart.__name__ = "tenure"

    def portraits() -> Markup | str:
        return _list_of("portraits", view, people=story.people.values())

    def quotes() -> Markup | str:
        return _list_of("quotes", view, quotes=story.quotes.values())

    def timeline() -> Markup:
        return component("timeline", view, facts=story.by_date, snapshot=story.settings.snapshot)

    def ledger() -> Markup:
        return component("ledger", view, facts=story.facts.values())

    def chips() -> Markup:
        return component(
            "chips",
            view,
            products=[p for p in story.products.values() if p.chip],
            picture=build_lanes_chart(view.chip_steps()),
        )

    def sources() -> Markup:
        return component("sources", view, sources=story.sources.values())

    def paragraphs() -> Markup | str:
        return _list_of(
            "paragraphs", view, sources=[s for s in story.sources.values() if s.paragraphs]
        )

    def source_notes() -> Markup | str:
        return _list_of("source-notes", view, notes=story.source_notes.values())

    def updates() -> Markup | str:
        return _list_of("updates", view, updates=story.updates_by_date[::-1])

    def latest_update() -> Markup | str:
        return _list_of("updates", view, updates=story.updates_by_date[-1:])

    def glossary() -> Markup:
        return component("glossary", view, terms=story.terms.values())

    def statuses() -> Markup:
        return component("statuses", view, statuses=[*statuses_known, "overtaken"])

    return iter(
        (
            fact,
            facts,
            roles,
            tenure_chart,
            portraits,
            quotes,
            timeline,
            ledger,
            chips,
            sources,
            paragraphs,
            source_notes,
            updates,
            latest_update,
            glossary,
            statuses,
        )
    )


def _list_of(name: str, view: PageView, **records: Collection[object]) -> Markup | str:
    """A component that lists records; empty where there are none, as its heading can be then."""
    return component(name, view, **records) if all(records.values()) else ""


def _series(view: PageView) -> Callable:
    def series(id: str) -> Markup:
        require_known(id, view.story.series)
        record = view.story.series[id]
        return component(
            "series",
            view,
            series=record,
            lines=list(record.lines.values()),
            chart=build_line_chart(record)
            if record.form == "lines"
            else build_bar_chart(record, view.point_label),
            number=view.number,
        )

    return series


def _picture(view: PageView, folder: Path) -> Callable:
    def picture(id: str) -> Markup:
        require_known(id, view.story.pictures)
        record = view.story.pictures[id]
        return component("picture", view, picture=record, size=size_of(folder / record.file_))

    return picture


def require_known(given: str | None, known: object) -> None:
    """Raise LookupError if something is named that is not there: what it asks for would be empty, and nobody would know why."""
    if given is not None and given not in known:
        raise LookupError(
            f'nothing here is called "{given}"; {suggest(given, known)}'.removesuffix("; ")
        )


def check_arguments(asked: Callable) -> Callable:
    """A function that says in words when a template does not give it what it needs (TypeError)."""
    signature, hints = inspect.signature(asked), get_type_hints(asked)
    call = f"{asked.__name__}({', '.join(signature.parameters)})"

    @functools.wraps(asked)
    def strict(*values: object, **named: object) -> object:
        try:
            given = signature.bind(*values, **named).arguments
        except TypeError as error:
            raise TypeError(f"{call}: {error}") from None
        for name, value in given.items():
            kind = hints[name]
            for one in (
                value
                if signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL
                else [value]
            ):
                if isinstance(one, Undefined):
                    str(one)  # which raises, and says what is unknown
                if kind in ARGUMENT_NAMES and not isinstance(one, kind):
                    raise TypeError(
                        f"{call}: expected {ARGUMENT_NAMES[kind]}, not {abbreviate(one)}"
                    )
        return asked(*values, **named)

    return strict


def abbreviate(value: object) -> str:
    return (
        f'"{value}"'
        if isinstance(value, str)
        else with_article(getattr(value, "kind_name", type(value).__name__).lower())
    )
