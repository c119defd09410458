"""The Atom feed of a language: the story's updates."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urljoin
from xml.etree import ElementTree as xml

from explainer.rendering.edition import Edition
from explainer.rendering.page_view import PageView
from explainer.schema.dates import PartialDate
from explainer.schema.records import Update
from explainer.story.story import Story

ATOM = "http://www.w3.org/2005/Atom"


def feed(edition: Edition) -> xml.Element:
    """Return the updates as an Atom feed (RFC 4287), newest first."""
    story, home = edition.story, PageView(edition, edition.story.pages["home"]).canonical()
    updates = _moments(story)
    root = xml.Element("feed", {"xmlns": ATOM, "xml:lang": edition.language})
    _add(root, "title", story.settings.title[edition.language])
    _add(root, "subtitle", story.settings.question[edition.language])
    _add(root, "id", home)
    xml.SubElement(root, "link", rel="alternate", type="text/html", href=home)
    xml.SubElement(
        root, "link", rel="self", type="application/atom+xml", href=urljoin(home, "feed.xml")
    )
    newest = updates[0][1] if updates else midnight(story.settings.checked)
    _add(root, "updated", _instant(newest))
    _add(xml.SubElement(root, "author"), "name", story.settings.publisher[edition.language])
    page = (
        PageView(edition, story.pages["sources"]).canonical() if "sources" in story.pages else home
    )
    for update, moment in updates:
        entry = xml.SubElement(root, "entry")
        _add(entry, "title", f"{edition.t(f'update-{update.kind}')}, {edition.date(update.date)}")
        _add(entry, "id", f"{page}#{update.id}")
        xml.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{page}#{update.id}")
        _add(entry, "updated", _instant(moment))
        _add(entry, "summary", update.text[edition.language])
    return root


def _add(parent: xml.Element, tag: str, text: str) -> None:
    xml.SubElement(parent, tag).text = text


def _instant(moment: datetime) -> str:
    """Return a moment in the form of RFC 3339."""
    return moment.isoformat().replace("+00:00", "Z")


def midnight(day: PartialDate) -> datetime:
    """Return the first moment of a date, in UTC."""
    return datetime.combine(day.first, time(), UTC)


def _moments(story: Story) -> list[tuple[Update, datetime]]:
    """Return the updates, newest first, each with its moment; those of one day are a second apart.

    The content says no hour; a feed reader that sorts by `updated` needs the order.
    """
    dated: list[tuple[Update, datetime]] = []
    times: Counter[date] = Counter()
    for update in story.updates_by_date:
        day = update.date.first
        dated.append((update, midnight(update.date) + timedelta(seconds=times[day])))
        times[day] += 1
    return dated[::-1]
