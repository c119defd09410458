"""Load a story: every file of `content/` read, its records validated, and what is wrong with them gathered."""

from __future__ import annotations

from explainer.schema import records
from explainer.schema.pages import Page
from explainer.schema.record import Record
from explainer.schema.settings import Phrase

FILES: dict[str, tuple[str, type[Record]]] = {
    "sources.yml": ("sources", records.Source),
    "people.yml": ("people", records.Person),
    "organizations.yml": ("organizations", records.Organization),
    "products.yml": ("products", records.Product),
    "roles.yml": ("roles", records.Role),
    "quotes.yml": ("quotes", records.Quote),
    "glossary.yml": ("terms", records.Term),
    "source-notes.yml": ("source_notes", records.SourceNote),
    "updates.yml": ("updates", records.Update),
    "pictures.yml": ("pictures", records.Picture),
    "pages.yml": ("pages", Page),
    "interface.yml": ("phrases", Phrase),
}


REQUIRED = {"pages.yml", "interface.yml"}
