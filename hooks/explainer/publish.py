"""What stands beside the pages: the root, facts.json with its schema, the feeds, the sitemap's index."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as xml

from . import finish as finishing
from . import search
from .assets import publish_assets
from .dates import PartialDate
from .edition import Edition
from .facts_json import SCHEMA, facts_json
from .model import Update
from .render import root_page
from .share import share_image
from .story import Story
from .view import PageView

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def epoch(story: Story) -> str:
    """The content's own date, in seconds since 1970 as a string: that of its newest update, else of its last check.

    Archives hold no date before 1970 or after 2106.
    """
    update = story.latest_update
    day = update.date if update else story.settings.checked
    seconds = int(_midnight(day).timestamp())
    return str(min(max(seconds, 0), 2**32 - 1))


def extent(story: Story) -> str:
    """How much a site holds, in words: `2 languages, 8 pages each`."""
    languages, pages = len(story.tongues), len(story.pages)
    return f"{languages} language{'s' * (languages != 1)}, {pages} page{'s' * (pages != 1)}{' each' * (languages != 1)}"


def write_root(edition: Edition, site: Path) -> None:
    """Write the files at the site's root, which hold every language, into the folder `site`; from whichever edition."""
    story, base = edition.story, edition.site_url
    for name, page in (("index.html", "root"), ("404.html", "root-404")):
        (site / name).write_text(root_page(edition, page), "utf-8")
    data = facts_json(edition)
    (site / "facts.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (site / "facts.schema.json").write_text(json.dumps(SCHEMA, indent=1) + "\n", "utf-8")
    index = xml.Element("sitemapindex", xmlns=SITEMAP)
    for language in story.tongues:
        xml.SubElement(
            xml.SubElement(index, "sitemap"), "loc"
        ).text = f"{base}{language}/sitemap.xml"
    _write_xml(index, site / "sitemap.xml")


def finish(
    story: Story,
    site: Path,
    docs: Path,
    theme: Iterable[str],
    policy: bool = True,
) -> None:
    """Give a site that is otherwise whole its assets, and its pages their last touch.

    `theme` are the theme's folders; `policy` gives each page a Content Security Policy.
    """
    themes = next(
        folder / "assets"
        for folder in map(Path, theme)
        if (folder / "assets" / "javascripts").is_dir()
    )
    finishing.finish(site, publish_assets(site, docs / "assets", themes, story.tongues), policy)


def facts_gone(story: Story, published: Path) -> list[str]:
    """The ids of facts in the `published` site, if there is one, that no fact of the story has or had."""
    try:
        before = [
            fact["id"]
            for fact in json.loads((published / "facts.json").read_text("utf-8"))["facts"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []  # no site yet, or none of ours
    known = set(story.facts).union(*(fact.was for fact in story.facts.values()))
    return [id for id in before if id not in known]


def write_tree(edition: Edition, tree: Path) -> None:
    """Write a language's feed and its share image into its tree, and add to its search index what readers need."""
    words = {"found": edition.t("search-found", count="{count}"), "none": edition.t("search-none")}
    search.complete(tree / "search" / "search_index.json", edition.tongue.setting.endings, words)
    _write_xml(feed(edition), tree / "feed.xml")
    share_image(edition).save(tree / "share.png")


def feed(edition: Edition) -> xml.Element:
    """The updates as an Atom feed (RFC 4287), newest first."""
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
    newest = updates[0][1] if updates else _midnight(story.settings.checked)
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


def _moments(story: Story) -> list[tuple[Update, datetime]]:
    """The updates, newest first, each with its moment: those of one day are a second apart.

    The content says no hour; a feed reader that sorts by `updated` needs the order.
    """
    found: list[tuple[Update, datetime]] = []
    times: Counter[date] = Counter()
    for update in story.updates_by_date:
        day = update.date.first
        found.append((update, _midnight(update.date) + timedelta(seconds=times[day])))
        times[day] += 1
    return found[::-1]


def _midnight(day: PartialDate) -> datetime:
    """The first moment of a date."""
    return datetime.combine(day.first, time(), timezone.utc)


def _instant(moment: datetime) -> str:
    """A moment as RFC 3339 has it."""
    return moment.isoformat().replace("+00:00", "Z")


def _write_xml(root: xml.Element, path: Path) -> None:
    xml.indent(root)
    path.write_bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
