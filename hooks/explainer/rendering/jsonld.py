"""What a page says of itself to programs: JSON-LD in the vocabulary of https://schema.org."""

from __future__ import annotations

from explainer.rendering.page_view import PageView
from explainer.schema.records import Entity, Fact
from explainer.story.traversal import all_sentences

# A "Product" is something on offer: consoles ask for its price, its reviews, its ratings.
KINDS = {"person": "Person", "organization": "Organization", "product": "Thing"}


def article(view: PageView) -> dict:
    """A page as a NewsArticle: whom its prose is about, the sources it cites, corrections that concern it.

    Every `@id` is the address of a place on the site; a page that lists facts without telling any names none.
    """
    story, edition = view.story, view.edition
    facts = _facts(view)
    about = [story.entities[id] for id in dict.fromkeys(id for fact in facts for id in fact.about)]
    sources = view.sources_of(facts)
    update = story.latest_update
    first = story.updates_by_date[0].date if story.updates else story.settings.checked
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": view.canonical(),
        "headline": view.headline(),
        "description": view.words(view.page.description),
        "inLanguage": view.language,
        "datePublished": str(first),
        "dateModified": str(update.date if update else story.settings.checked),
        "publisher": {
            "@type": "Organization",
            "name": view.words(story.settings.publisher),
            "url": edition.site_url,
        },
        "about": [_entity(view, entity) for entity in about],
        "citation": [source.url or view.words(source.title) for source in sources],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": view.words(update.text),
                "datePublished": str(update.date),
                "inLanguage": view.language,
            }
            for update in story.updates.values()
            if update.kind == "correction"
            and (not update.facts or not facts or {fact.id for fact in facts} & set(update.facts))
        ],
    }
    return {name: value for name, value in told.items() if value != []}


def _facts(view: PageView) -> list[Fact]:
    """The facts that a page tells in its prose."""
    told = [
        id
        for page, sentence, _ in all_sentences(view.story)
        if page.id == view.page.id
        for id in sentence.facts
    ]
    return view.facts_by_id(dict.fromkeys(told))


def _entity(view: PageView, entity: Entity) -> dict:
    edition = view.edition
    page = edition.urls.get(edition.home_pages.get(entity.id, ""), "")
    return {
        "@type": KINDS[entity.kind_name],
        "@id": f"{edition.site_url}{edition.language}/{page}#{entity.id}",
        "name": view.words(entity.name),
    }
