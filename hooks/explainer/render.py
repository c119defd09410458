"""Render templates: pages (Markdown with Jinja, `docs/*.md`) and components (HTML, `hooks/theme/components`)."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import get_args

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from .edition import Edition
from .jsonld import article
from .lanes import lanes
from .model import Fact
from .problem import ERROR, ContentError, Problem
from .prose import Page, Section
from .shield import begin_page, shield
from .story import Story
from .tenure import tenure
from .view import PageView

THEME = Path(__file__).resolve().parent.parent / "theme"

# `{# … #}` would swallow the anchors of headings: `## A heading {#anchor}`.
PAGES = ImmutableSandboxedEnvironment(
    autoescape=True, undefined=StrictUndefined, finalize=shield, keep_trailing_newline=True,
    trim_blocks=True, lstrip_blocks=True, comment_start_string="{%#", comment_end_string="#%}",
)
COMPONENTS = Environment(
    loader=FileSystemLoader(THEME / "components"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)


def render_page(edition: Edition, page: Page, source: str, file: str) -> str:
    """The Markdown of one page in one language, from its template's source.

    `file` is how problems call the template. Raises ContentError at file and line for what is wrong in it.
    """
    view = PageView(edition, page)
    begin_page()
    try:
        text = PAGES.from_string(source).render(functions(view))
    except TemplateSyntaxError as error:
        raise ContentError([Problem(file, error.lineno, 1, ERROR, f"not a valid template: {error.message}")]) from error
    except Exception as error:  # whatever a template can do wrong, it is the template's problem
        message = error.args[0] if error.args else type(error).__name__
        raise ContentError([Problem(file, _template_line(), 1, ERROR, f"{message}", "what a template can ask for is in CONTRIBUTING.md")]) from error

    unshown = {fact for sentence in page.sentences() if id(sentence) not in view.sentences_told for fact in sentence.facts}
    if unshown:
        raise ContentError([Problem(file, 1, 1, ERROR, f"the template shows no sentence that tells: {', '.join(sorted(unshown))}", "lead(), or prose(section) for each section of the page")])
    hidden = set(page.entities) - view.kinds_shown
    if hidden:
        raise ContentError([Problem(file, 1, 1, ERROR, f"the template shows no {', no '.join(sorted(hidden))}, though the page is their place", "entities()")])
    if view.cited and view.notes_given != 1:
        raise ContentError([Problem(file, 1, 1, ERROR, f"the template gives its notes {view.notes_given} times, not once", "{{ notes() }}, at its end")])
    return text


def _template_line() -> int:
    """The line of the page template where the exception being handled arose."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)


def component(template: str, view: PageView, **values: object) -> Markup:
    """A component's HTML."""
    return Markup(COMPONENTS.get_template(f"{template}.html").render(v=view, t=view.t, date=view.date, **values).strip())


def functions(view: PageView) -> dict[str, object]:
    """Everything that a page template can ask for, by name; CONTRIBUTING.md lists it and a test keeps it true."""
    story, page = view.story, view.page

    def sections() -> list[tuple[str, Section]]:
        """The page's sections, each with its id, in the order of pages.yml."""
        return list(page.sections.items())

    return {
        "t": view.t,
        "date": view.date,
        "words": view.words,
        "heading": view.heading,
        "link": view.link,
        "page": page,
        "story": story.settings,
        "sections": sections,
        "lead": lambda: component("prose", view, prose=page.lead, name="lead"),
        "prose": lambda section: component("prose", view, prose=section.prose, name="prose"),
        "then_and_now": lambda section: component("then-and-now", view, contrasts=section.then_and_now) if section.then_and_now else "",
        "fact": lambda id: component("fact", view, fact=view.fact(id)),
        "facts": lambda **which: component("facts", view, facts=view.facts(**which)),
        "entities": lambda: component("entities", view),
        "tenure": lambda office: component("tenure", view, chart=tenure(view.roles(office=office), story.settings.snapshot.first), title=view.t("tenure-title", office=view.office(office))),
        "portraits": lambda: component("portraits", view, people=story.people.values()),
        "grid": lambda section: component("grid", view, grid=section.grid, picture=lanes(view.grid_steps(section.grid))) if section.grid else "",
        "roles": lambda **which: component("roles", view, roles=view.roles(**which)),
        "quotes": lambda: component("quotes", view, quotes=story.quotes.values()),
        "timeline": lambda: component("timeline", view, facts=story.by_date, snapshot=story.settings.snapshot),
        "ledger": lambda: component("ledger", view, facts=story.facts.values()),
        "chips": lambda: component("chips", view, products=[p for p in story.products.values() if p.chip], picture=lanes(view.chip_steps())),
        "sources": lambda: component("sources", view, sources=story.sources.values()),
        "paragraphs": lambda: component("paragraphs", view, sources=[s for s in story.sources.values() if s.paragraphs]),
        "source_notes": lambda: component("source-notes", view, notes=story.source_notes.values()),
        "updates": lambda: component("updates", view, updates=sorted(story.updates.values(), key=lambda u: u.date.first, reverse=True)),
        "glossary": lambda: component("glossary", view, terms=story.terms.values()),
        "statuses": lambda: component("statuses", view, statuses=[*get_args(Fact.model_fields["status"].annotation), "overtaken"]),
        "latest_update": lambda: component("updates", view, updates=[story.latest_update] if story.latest_update else []),
        "ways_on": lambda *pages: component("ways-on", view, pages=[view.other(id) for id in pages]),
        "notes": lambda: component("notes", view, notes=view.notes()),
    }


def frame(view: PageView, found: bool = True) -> dict[str, object]:
    """What stands around a page's content, in its language, for `hooks/theme/main.html`.

    `found` is False for the page shown where there is none.
    """
    story, title = view.story, view.words(view.story.settings.title)
    name = view.words(view.page.title) if found else view.t("not-found")
    languages = [
        {"code": tongue.code, "name": tongue.name, "href": view.link(view.page.id, language=tongue.code), "url": view.canonical(tongue.code), "current": tongue.code == view.language}
        for tongue in story.tongues.values()
    ]
    pages = [
        {"label": view.words(page.label), "href": view.link(page.id), "current": found and page.id == view.page.id}
        for page in story.pages.values()
    ]
    return {
        "t": view.t,
        "title": title if found and view.page.id == "home" else f"{name} – {title}",
        "found": found,
        "assets": view.assets,
        "languages": languages,
        "question": view.words(story.settings.question),
        "checked": view.t("checked-on", date=view.date(story.settings.checked)),
        "description": view.words(view.page.description),
        "url": view.canonical(),
        "locales": [str(tongue.locale) for tongue in story.tongues.values() if tongue.code != view.language],
        "locale": str(view.edition.tongue.locale),
        "x_default": view.edition.site_url,
        "home": view.link("home"),
        "feed": view.feed_link(),
        "navigation": component("navigation", view, pages=pages),
        "language_switch": component("language-switch", view, languages=languages),
        "notice": component("notice", view, notice=story.settings.notice) if found else "",
        "footer": component("footer", view, found=found),
        "not_found": component("not-found", view, languages=languages) if not found else "",
        "sitemap": sitemap(view.edition),
        # Text may hold "</script>": the serializer writes <, > and & as escapes.
        "jsonld": htmlsafe_json_dumps(article(view), ensure_ascii=False, separators=(",", ":")) if found else "",
    }


def sitemap(edition: Edition) -> list[dict[str, str]]:
    """Every page of a tree by its absolute address, with its counterpart in each language."""
    views = [PageView(edition, edition.story.pages[id]) for id in edition.urls if id in edition.story.pages]
    return [
        {"url": view.canonical(), "languages": [(code, view.canonical(code)) for code in edition.story.tongues]}
        for view in views
    ]


def root_page(story: Story, name: str, path: str) -> str:
    """A page at the site's root, which speaks every language: `root` leads to the reader's, `root-404` was not found.

    `path` is where the site is published on its host, with a final slash.
    """
    template = COMPONENTS.get_template(f"{name}.html")
    return template.render(story=story, settings=story.settings, tongues=list(story.tongues.values()), path=path)
