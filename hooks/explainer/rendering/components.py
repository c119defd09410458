"""Components: pieces of a page as HTML templates, `hooks/theme/components`."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from markupsafe import Markup

from explainer.problems import ERROR, ContentError, Problem
from explainer.rendering.page_view import PageView

THEME = Path(__file__).resolve().parents[2] / "theme"


COMPONENTS = Environment(
    loader=FileSystemLoader(THEME / "components", encoding="utf-8-sig"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def component(template: str, view: PageView, **values: object) -> Markup:
    """A component's HTML; ContentError at file and line for what is wrong in it."""
    try:
        return Markup(
            COMPONENTS.get_template(f"{template}.html")
            .render(v=view, t=view.t, date=view.date, **values)
            .strip()
        )
    except TemplateError as error:
        file, line = Path(COMPONENTS.loader.searchpath[0], f"{template}.html"), 1
        for frame in traceback.extract_tb(sys.exc_info()[2]):
            if Path(frame.filename).parent == file.parent:
                file, line = Path(frame.filename), frame.lineno or 1
        if isinstance(error, TemplateSyntaxError):
            file, line = Path(error.filename or file), error.lineno
        raise ContentError(
            [
                Problem(
                    file.relative_to(THEME.parent.parent).as_posix(),
                    line,
                    1,
                    ERROR,
                    f"this component cannot be rendered: {error.message}",
                )
            ]
        ) from error
