"""The files beside the pages: the root's, facts.json with its schema, feeds, share images."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as xml

from explainer.publishing import search_index
from explainer.publishing.export_models import facts_schema
from explainer.publishing.facts_json import facts_json
from explainer.publishing.feed import feed, midnight
from explainer.publishing.share_image import share_image
from explainer.rendering.edition import Edition
from explainer.rendering.page_context import root_page
from explainer.story.story import Story

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def source_date_epoch(story: Story) -> str:
    """Return the date of the newest update, else of the last check, in seconds since 1970.

    It is a string, as the environment variable SOURCE_DATE_EPOCH wants it. Archives hold no date
    before 1970 or after 2106.
    """
    update = story.latest_update
    day = update.date if update else story.settings.checked
    seconds = int(midnight(day).timestamp())
    return str(min(max(seconds, 0), 2**32 - 1))


def size_summary(story: Story) -> str:
    """Return how much a site holds, in words: `2 languages, 8 pages each`."""
    languages, pages = len(story.languages), len(story.pages)
    each = " each" * (languages != 1)
    return f"{_count(languages, 'language')}, {_count(pages, 'page')}{each}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def write_root(edition: Edition, site: Path) -> None:
    """Write the files at the root of the folder `site`; the edition's language does not matter."""
    story, base = edition.story, edition.site_url
    for name, page in (("index.html", "root"), ("404.html", "root-404")):
        (site / name).write_text(root_page(edition, page), "utf-8")
    data = facts_json(edition)
    (site / "facts.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (site / "facts.schema.json").write_text(json.dumps(facts_schema(), indent=1) + "\n", "utf-8")
    index = xml.Element("sitemapindex", xmlns=SITEMAP)
    for language in story.languages:
        xml.SubElement(
            xml.SubElement(index, "sitemap"), "loc"
        ).text = f"{base}{language}/sitemap.xml"
    _write_xml(index, site / "sitemap.xml")


def removed_fact_ids(story: Story, published: Path) -> list[str]:
    """Return the ids of facts in the `published` site that no fact of the story has or had."""
    try:
        before = [
            fact["id"]
            for fact in json.loads((published / "facts.json").read_text("utf-8"))["facts"]
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return []  # no site yet, or none of ours
    known = set(story.facts).union(*(fact.was for fact in story.facts.values()))
    return [id for id in before if id not in known]


def write_language_files(edition: Edition, tree: Path) -> None:
    """Write the feed and the share image of a language, and extend its search index."""
    words = {"found": edition.t("search-found", count="{count}"), "none": edition.t("search-none")}
    search_index.add_keywords(
        tree / "search" / "search_index.json", edition.lang.setting.endings, words
    )
    _write_xml(feed(edition), tree / "feed.xml")
    share_image(edition).save(tree / "share.png")


def _write_xml(root: xml.Element, path: Path) -> None:
    xml.indent(root)
    path.write_bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
