"""Render pages: their templates (Markdown with Jinja, `docs/*.md`), and what stands around them."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import (
    DictLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import htmlsafe_json_dumps, missing

from .assets import PLACE
from .components import COMPONENTS, component
from .dates import PartialDate
from .edition import Edition
from .functions import functions
from .jsonld import article
from .problem import ERROR, ContentError, Problem, a, nearest
from .prose import Page
from .read import invisible, text_of
from .record import Part
from .shield import begin_page, shield
from .view import PageView


class Unknown(StrictUndefined):
    """What a template names and there is not: said in its own words."""

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type = UndefinedError,
    ) -> None:
        super().__init__(hint or _unknown(obj, name or ""), obj, name, exc)


def _unknown(obj: object, name: str) -> str:
    if obj is missing:
        return f'a template cannot ask for "{name}"'
    known = (
        list(type(obj).model_fields)
        if isinstance(obj, Part)
        else list(obj)
        if isinstance(obj, Mapping)
        else []
    )
    what = getattr(
        obj, "kind_name", "text" if isinstance(obj, Mapping) else type(obj).__name__
    ).lower()
    return f'the {what} has no "{name}"; {nearest(str(name), known)}'.removesuffix("; ")


def _shown(value: object) -> object:
    """What a template puts out: text, kept from being read as Markdown. Raises TypeError for what is no text, or none yet."""
    if isinstance(value, str):
        value.encode("utf-8")  # raises UnicodeEncodeError for half a character
    if isinstance(value, str | int | Undefined):
        return shield(value)
    if isinstance(value, PartialDate):
        raise TypeError("a date is put out in the language's form: {{ date(…) }}")
    if isinstance(value, Mapping):
        raise TypeError("a text is put out in the page's language: {{ words(…) }}")
    raise TypeError(
        f"this is no text: {a(getattr(value, 'kind_name', type(value).__name__).lower())}"
    )


# `{# … #}` would swallow the anchors of headings: `## A heading {#anchor}`.
PAGES = ImmutableSandboxedEnvironment(
    loader=DictLoader({}),
    autoescape=True,
    undefined=Unknown,
    finalize=_shown,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
    comment_start_string="{%#",
    comment_end_string="#%}",
)


def render_page(edition: Edition, page: Page, docs: Path) -> str:
    """The Markdown of one page in one language, from its template in the folder `docs`.

    Raises ContentError at file and line for what is wrong in it.
    """
    file, view = f"{docs.name}/{page.template}", PageView(edition, page)

    def problem(message: str, hint: str = "", line: int = 1) -> ContentError:
        return ContentError([Problem(file, line, 1, ERROR, message, hint)])

    begin_page()
    try:
        template = text_of(docs / page.template, file)
        for number, line in enumerate(template.split("\n"), 1):
            for place in invisible(line):
                raise problem(
                    f"a character that cannot be seen stands here: U+{ord(line[place]):04X}",
                    "delete it",
                    number,
                )
        text = PAGES.from_string(template).render(functions(view, docs))
    except ContentError:  # of the file, or of a component
        raise
    except UnicodeEncodeError as error:
        raise problem(
            "the template puts out what is no character", "remove it", _template_line()
        ) from error
    except TemplateSyntaxError as error:
        raise problem(f"not a valid template: {error.message}", line=error.lineno) from error
    except TemplateNotFound as error:
        raise problem(
            "a template stands alone: no include, import or extends", line=_template_line()
        ) from error
    except Exception as error:  # whatever a template can do wrong, it is the template's problem
        message = error.args[0] if error.args else type(error).__name__
        raise problem(
            message, "what a template can ask for is in CONTRIBUTING.md", _template_line()
        ) from error

    unshown = {
        fact
        for sentence in page.sentences()
        if id(sentence) not in view.sentences_told
        for fact in sentence.facts
    }
    if unshown:
        raise problem(
            f"the template shows no sentence that tells: {', '.join(sorted(unshown))}",
            "lead(), or prose(section) for each section of the page",
        )
    hidden = set(page.entities) - view.kinds_shown
    if hidden:
        raise problem(
            f"the template shows no {', no '.join(sorted(hidden))}, though the page is their place",
            "entities()",
        )
    if view.cited and view.notes_given != 1:
        raise problem(
            f"the template gives its notes {view.notes_given} times, not once",
            "{{ notes() }}, at its end",
        )
    return text


def _template_line() -> int:
    """The line of the page template where the exception being handled arose."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    return next(
        (frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1
    )


def frame(view: PageView, found: bool = True) -> dict[str, object]:
    """What stands around a page's content, in its language, for `hooks/theme/main.html`.

    `found` is False for the page shown where there is none.
    """
    story, title = view.story, view.words(view.story.settings.title)
    name = view.words(view.page.title) if found else view.t("not-found")
    languages = [
        {
            "code": tongue.code,
            "name": tongue.name,
            "href": view.link(view.page.id, language=tongue.code),
            "current": tongue.code == view.language,
        }
        for tongue in story.tongues.values()
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
            str(tongue.locale) for tongue in story.tongues.values() if tongue.code != view.language
        ],
        "locale": str(view.edition.tongue.locale),
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
        next(iter(story.tongues.values())),
        edition.urls,
        edition.report,
        edition.site_url,
    )
    path = urlsplit(edition.site_url).path
    return COMPONENTS.get_template(f"{name}.html").render(
        v=PageView(own, story.pages["home"]),
        story=story,
        settings=story.settings,
        tongues=list(story.tongues.values()),
        path=path,
        assets=f"{path}{PLACE}/",
    )
