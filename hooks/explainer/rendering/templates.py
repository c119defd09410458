"""Render pages: their templates (Markdown with Jinja, `docs/*.md`), and what stands around them."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

from jinja2 import (
    DictLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from explainer.problems import ERROR, ContentError, Problem, suggest, with_article
from explainer.reading.characters import find_invisible
from explainer.reading.parser import read_text
from explainer.rendering.edition import Edition
from explainer.rendering.page_view import PageView
from explainer.rendering.placeholders import begin_page, store
from explainer.rendering.template_functions import template_functions
from explainer.schema.dates import PartialDate
from explainer.schema.pages import Page
from explainer.schema.record import Part


class StrictName(StrictUndefined):
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
    return f'the {what} has no "{name}"; {suggest(str(name), known)}'.removesuffix("; ")


def finalize(value: object) -> object:
    """What a template puts out: text, kept from being read as Markdown. Raises TypeError for what is no text, or none yet."""
    if isinstance(value, str):
        value.encode("utf-8")  # raises UnicodeEncodeError for half a character
    if isinstance(value, str | int | Undefined):
        return store(value)
    if isinstance(value, PartialDate):
        raise TypeError("a date is put out in the language's form: {{ date(…) }}")
    if isinstance(value, Mapping):
        raise TypeError("a text is put out in the page's language: {{ words(…) }}")
    raise TypeError(
        f"this is no text: {with_article(getattr(value, 'kind_name', type(value).__name__).lower())}"
    )


# `{# … #}` would swallow the anchors of headings: `## A heading {#anchor}`.
TEMPLATE_ENV = ImmutableSandboxedEnvironment(
    loader=DictLoader({}),
    autoescape=True,
    undefined=StrictName,
    finalize=finalize,
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
        template = read_text(docs / page.template, file)
        for number, line in enumerate(template.split("\n"), 1):
            for place in find_invisible(line):
                raise problem(
                    f"a character that cannot be seen stands here: U+{ord(line[place]):04X}",
                    "delete it",
                    number,
                )
        text = TEMPLATE_ENV.from_string(template).render(template_functions(view, docs))
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
        if id(sentence) not in view.used_sentences
        for fact in sentence.facts
    }
    if unshown:
        raise problem(
            f"the template shows no sentence that tells: {', '.join(sorted(unshown))}",
            "lead(), or prose(section) for each section of the page",
        )
    hidden = set(page.entities) - view.listed_kinds
    if hidden:
        raise problem(
            f"the template shows no {', no '.join(sorted(hidden))}, though the page is their place",
            "entities()",
        )
    if view.cited and view.notes_calls != 1:
        raise problem(
            f"the template gives its notes {view.notes_calls} times, not once",
            "{{ notes() }}, at its end",
        )
    return text


def _template_line() -> int:
    """The line of the page template where the exception being handled arose."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    return next(
        (frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1
    )
