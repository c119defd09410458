"""What a page says of itself to programs: JSON-LD in the vocabulary of https://schema.org."""

from __future__ import annotations

from .edition import PLACE_OF_SOURCES, Edition
from .model import Entity, Fact, Source
from .parity import sentences
from .view import PageView

KINDS = {"person": "Person", "organization": "Organization", "product": "Product"}
WORKS = {"news": "NewsArticle", "post": "SocialMediaPosting"}


def graph(view: PageView) -> dict:
    """The graph of one page: the article, whom it is about, the sources it cites, corrections that concern it.

    Every `@id` that a node refers to is that of a node of the same graph.
    """
    story, edition = view.story, view.edition
    facts = _facts(view)
    about = [story.entities[id] for id in dict.fromkeys(id for fact in facts for id in fact.about)]
    sources = [story.sources[id] for id in dict.fromkeys(cited.source for fact in facts for cited in fact.cites)]
    publisher = f"{edition.site_url}#publisher"
    update = story.latest_update
    first = min((update.date for update in story.updates.values()), key=lambda date: date.first, default=story.settings.checked)
    article = {
        "@type": "NewsArticle",
        "@id": f"{view.canonical()}#article",
        "url": view.canonical(),
        "headline": view.words(view.page.title),
        "description": view.words(view.page.description),
        "inLanguage": view.language,
        "datePublished": str(first),
        "dateModified": str(update.date if update else story.settings.checked),
        "publisher": {"@id": publisher},
        "about": [{"@id": _entity_id(edition, entity)} for entity in about],
        "citation": [{"@id": _source_id(edition, source)} for source in sources],
        "correction": [
            {"@type": "CorrectionComment", "text": view.words(update.text), "datePublished": str(update.date), "inLanguage": view.language}
            for update in story.updates.values()
            if update.kind == "correction" and (not update.facts or {fact.id for fact in facts} & set(update.facts))
        ],
    }
    nodes = [
        {name: value for name, value in article.items() if value != []},
        {"@type": "Organization", "@id": publisher, "name": view.words(story.settings.publisher), "url": edition.site_url},
        *(_entity(view, entity) for entity in about),
        *(_source(view, source) for source in sources),
    ]
    return {"@context": "https://schema.org", "@graph": nodes}


def _facts(view: PageView) -> list[Fact]:
    """The facts that a page tells in its prose; all of them where it has no prose of its own."""
    told = [id for page, sentence, _ in sentences(view.story) if page.id == view.page.id for id in sentence.facts]
    return [view.story.facts[id] for id in dict.fromkeys(told)] or view.story.by_date


def _entity_id(edition: Edition, entity: Entity) -> str:
    page = edition.urls.get(edition.place.get(entity.id, ""), "")
    return f"{edition.site_url}{edition.language}/{page}#{entity.id}"


def _source_id(edition: Edition, source: Source) -> str:
    return f"{edition.site_url}{edition.language}/{edition.urls.get(PLACE_OF_SOURCES, '')}#{source.id}"


def _entity(view: PageView, entity: Entity) -> dict:
    description = entity.description.text or view.story.facts[entity.description.facts[0]].text
    return {"@type": KINDS[entity.kind_name], "@id": _entity_id(view.edition, entity), "name": view.words(entity.name), "description": view.words(description)}


def _source(view: PageView, source: Source) -> dict:
    known = {
        "url": source.url,
        "datePublished": str(source.published.date) if source.published.date else None,
        "publisher": None if view.words(source.publisher) == "unknown" else {"@type": "Organization", "name": view.words(source.publisher)},
    }
    node = {"@type": WORKS.get(source.kind, "CreativeWork"), "@id": _source_id(view.edition, source), "name": view.words(source.title), "inLanguage": source.language}
    return node | {name: value for name, value in known.items() if value}
