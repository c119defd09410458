"""Components: pieces of a page as HTML templates, `hooks/theme/components`."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .view import PageView

THEME = Path(__file__).resolve().parent.parent / "theme"
COMPONENTS = Environment(
    loader=FileSystemLoader(THEME / "components"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)


def component(template: str, view: PageView, **values: object) -> Markup:
    """A component's HTML."""
    return Markup(COMPONENTS.get_template(f"{template}.html").render(v=view, t=view.t, date=view.date, **values).strip())
