"""The story for programs: `facts.json`."""

from __future__ import annotations

from typing import Any, cast

from explainer.publishing.export_models import (
    EntityKind,
    Export,
    ExportedCitation,
    ExportedEntity,
    ExportedFact,
    ExportedLine,
    ExportedPoint,
    ExportedQuote,
    ExportedRole,
    ExportedSeries,
    ExportedSource,
    ExportedStory,
    ExportedUpdate,
    PassageState,
)
from explainer.rendering.edition import Edition
from explainer.schema.date_types import OpenDate
from explainer.schema.pages import LEDGER_PAGE, Sentence
from explainer.schema.records import Entity, Fact, Quote, Role, Source, Update
from explainer.schema.series import Point, Series, SeriesLine
from explainer.schema.settings import Settings
from explainer.story.passage_report import PassageReport
from explainer.story.story import Story


def facts_json(edition: Edition) -> dict[str, Any]:
    """Return the whole story, in every language, as plain data.

    Args:
        edition: The story in any of its languages: the result is the same.
    """
    story, report = edition.story, edition.report
    export = Export(
        story=_story(story.settings, list(story.languages)),
        facts=[_fact(edition, fact) for fact in story.facts.values()],
        entities=[_entity(story, entity) for entity in story.entities.values()],
        roles=[_role(story, role) for role in story.roles.values()],
        quotes=[_quote(quote, report) for quote in story.quotes.values()],
        sources=[_source(source) for source in story.sources.values()],
        series=[_series(series) for series in story.series.values()],
        updates=[_update(update) for update in story.updates.values()],
    )
    return export.model_dump(by_alias=True)


def _story(settings: Settings, languages: list[str]) -> ExportedStory:
    return ExportedStory(
        title=settings.title,
        question=settings.question,
        languages=languages,
        snapshot=str(settings.snapshot),
        checked=str(settings.checked),
        publisher=settings.publisher,
        licence=settings.licence,
    )


def _fact(edition: Edition, fact: Fact) -> ExportedFact:
    page = edition.urls.get(LEDGER_PAGE, "")
    return ExportedFact(
        id=fact.id,
        text=fact.text,
        about=fact.about,
        subject=fact.subject,
        status=fact.status,
        state=fact.state,
        date=str(fact.date),
        as_of=_text(fact.as_of),
        overtaken=fact.overtaken,
        citations=_citations(fact, edition.report),
        url={
            language: f"{edition.site_url}{language}/{page}#{fact.id}"
            for language in edition.story.languages
        },
    )


def _citations(record: Fact | Quote, report: PassageReport) -> list[ExportedCitation]:
    return [
        ExportedCitation(
            source=citation.source,
            paragraph=int(citation.paragraph) if citation.paragraph else None,
            from_=citation.from_,
            to=citation.to,
            passage=cast("PassageState | None", report.states.get((record.id, index))),
        )
        for index, citation in enumerate(record.cites)
    ]


def _entity(story: Story, entity: Entity) -> ExportedEntity:
    return ExportedEntity(
        id=entity.id,
        kind=cast("EntityKind", entity.kind_name),
        name=entity.name,
        description=_sentence(story, entity.description),
        facts=entity.description.facts,
    )


def _role(story: Story, role: Role) -> ExportedRole:
    organization, office = story.offices[role.office]
    return ExportedRole(
        id=role.id,
        person=role.person,
        organization=organization.id,
        office=role.office,
        title=office.title,
        interim=role.interim,
        agreed=_text(role.agreed),
        from_=_open_date(role.from_),
        until=_open_date(role.until),
        as_of=_text(role.as_of),
        facts=role.facts,
    )


def _quote(quote: Quote, report: PassageReport) -> ExportedQuote:
    return ExportedQuote(
        id=quote.id,
        words=quote.words,
        language=quote.language,
        translation=quote.translation,
        by=quote.by,
        date=str(quote.date),
        citations=_citations(quote, report),
    )


def _source(source: Source) -> ExportedSource:
    is_known = {*source.publisher.values()} != {"unknown"}
    return ExportedSource(
        id=source.id,
        kind=source.kind,
        title=source.title,
        publisher=source.publisher if is_known else None,
        author=source.author,
        language=source.language,
        published=_open_date(source.published),
        accessed=_text(source.accessed),
        verified=source.verified,
        url=source.url,
        archived=source.archived,
    )


def _series(series: Series) -> ExportedSeries:
    return ExportedSeries(
        id=series.id,
        title=series.title,
        unit=series.unit,
        note=series.note,
        lines=[
            ExportedLine(
                id=id,
                name=line.name,
                estimate=line.estimate,
                points=[_point(line, point) for point in line.points],
            )
            for id, line in series.lines.items()
        ],
    )


def _point(line: SeriesLine, point: Point) -> ExportedPoint:
    cited = [] if point.fact else point.cites or line.cites
    return ExportedPoint(
        at=_text(point.at),
        category=point.category,
        value=float(point.number),
        note=point.note,
        fact=point.fact,
        sources=[citation.source for citation in cited],
    )


def _update(update: Update) -> ExportedUpdate:
    return ExportedUpdate(
        id=update.id,
        date=str(update.date),
        kind=update.kind,
        text=update.text,
        facts=update.facts,
    )


def _sentence(story: Story, sentence: Sentence) -> dict[str, str]:
    return sentence.text or story.facts[sentence.facts[0]].text


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _open_date(value: OpenDate) -> str:
    return str(value.date) if value.date else value.word
