"""The files of the content folder, and the kind of record that each holds."""

from __future__ import annotations

from typing import NamedTuple

from explainer.schema import records
from explainer.schema.pages import Page
from explainer.schema.record import Record
from explainer.schema.series import Series
from explainer.schema.settings import Phrase


class ContentFile(NamedTuple):
    """What a content file holds.

    Attributes:
        collection: The attribute of the story that holds its records.
        kind: The kind of its records.
    """

    collection: str
    kind: type[Record]


# Besides these, `story.yml` holds the settings, and each file in `facts/` holds facts.
FILES: dict[str, ContentFile] = {
    "sources.yml": ContentFile("sources", records.Source),
    "people.yml": ContentFile("people", records.Person),
    "organizations.yml": ContentFile("organizations", records.Organization),
    "products.yml": ContentFile("products", records.Product),
    "roles.yml": ContentFile("roles", records.Role),
    "quotes.yml": ContentFile("quotes", records.Quote),
    "glossary.yml": ContentFile("terms", records.Term),
    "source-notes.yml": ContentFile("source_notes", records.SourceNote),
    "updates.yml": ContentFile("updates", records.Update),
    "series.yml": ContentFile("series", Series),
    "pictures.yml": ContentFile("pictures", records.Picture),
    "pages.yml": ContentFile("pages", Page),
    "interface.yml": ContentFile("phrases", Phrase),
}


# A story without these has no pages.
REQUIRED = frozenset({"pages.yml", "interface.yml"})
