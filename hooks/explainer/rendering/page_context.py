"""Render pages: their templates (Markdown with Jinja, `docs/*.md`), and what stands around them."""

from __future__ import annotations

from urllib.parse import urlsplit

from jinja2.utils import htmlsafe_json_dumps

from explainer.rendering.components import COMPONENTS, component
from explainer.rendering.edition import Edition
from explainer.rendering.jsonld import article
from explainer.rendering.page_view import PageView


def page_context(view: PageView, found: bool = True) -> dict[str, object]:
    """What stands around a page's content, in its language, for `hooks/theme/main.html`.

    `found` is False for the page shown where there is none.
    """
    story, title = view.story, view.words(view.story.settings.title)
    name = view.words(view.page.title) if found else view.t("not-found")
    languages = [
        {
            "code": lang.code,
            "name": lang.name,
            "href": view.link(view.page.id, language=lang.code),
            "current": lang.code == view.language,
        }
        for lang in story.languages.values()
    ]
    pages = [
        {
            "label": view.words(page.label),
            "href": view.link(page.id),
            "current": found and page.id == view.page.id,
        }
        for page in story.pages.values()
    ]
    return {
        "t": view.t,
        "title": f"{name} – {title}",
        "shared": view.headline(),
        "found": found,
        "assets": view.assets,
        "languages": languages,
        "question": view.words(story.settings.question),
        "checked": view.t("checked-on", date=view.date(story.settings.checked)),
        "description": view.words(view.page.description),
        "url": view.canonical(),
        "locales": [
            str(lang.locale) for lang in story.languages.values() if lang.code != view.language
        ],
        "locale": str(view.edition.lang.locale),
        "alternates": view.alternates(),
        "home": view.link("home"),
        "feed": view.feed_link(),
        "navigation": component("navigation", view, pages=pages),
        "language_switch": component("language-switch", view, languages=languages),
        "notice": component("notice", view, notice=story.settings.notice) if found else "",
        "footer": component("footer", view, found=found),
        "not_found": component("not-found", view, languages=languages) if not found else "",
        "sitemap": sitemap(view.edition),
        # Text may hold "</script>": the serializer writes <, > and & as escapes.
        "jsonld": htmlsafe_json_dumps(article(view), ensure_ascii=False, separators=(",", ":"))
        if found
        else "",
    }


def sitemap(edition: Edition) -> list[dict[str, object]]:
    """Every page of a tree by its absolute address, with its counterpart in each language."""
    views = [
        PageView(edition, edition.story.pages[id])
        for id in edition.urls
        if id in edition.story.pages
    ]
    return [
        {
            "url": view.canonical(),
            "alternates": view.alternates(),
        }
        for view in views
    ]


def root_page(edition: Edition, name: str) -> str:
    """A page at the site's root, in every language: `root`, or `root-404` for what is not found.

    What it says to programs alone is in the story's own language, whatever that of the edition.
    """
    story = edition.story
    own = Edition(
        story,
        next(iter(story.languages.values())),
        edition.urls,
        edition.report,
        edition.site_url,
        assets=edition.assets,
    )
    path = urlsplit(edition.site_url).path
    return COMPONENTS.get_template(f"{name}.html").render(
        v=PageView(own, story.pages["home"]),
        story=story,
        settings=story.settings,
        languages=list(story.languages.values()),
        path=path,
        assets=f"{path}{edition.assets}/",
    )
