"""Checks of page templates: each is rendered in every language, as a build would, and its links and ids are followed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from explainer.problems import ContentError, Problem
from explainer.reading.template_files import templates_in
from explainer.rendering.edition import Edition
from explainer.rendering.internal_links import at_template, dead_in, link_hint
from explainer.rendering.page_context import page_context
from explainer.rendering.page_view import PageView
from explainer.rendering.placeholders import ShieldExtension, restore
from explainer.rendering.templates import render_page
from explainer.schema.pages import Page
from explainer.story.passage_report import PassageReport
from explainer.story.story import Story

AT_ROOT = {"", "index.html", "404.html", "facts.json", "facts.schema.json", "sitemap.xml"}


IN_TREE = {"feed.xml", "share.png", "404.html", "sitemap.xml", "sitemap.xml.gz"}


# Stands for the folder that a build names by a digest of what is in it.
ASSETS = "assets/digest"


ITS_OWN = '<main id="page:main">'  # what the theme's frame calls the page's content


def check_templates(story: Story, report: PassageReport, docs: Path) -> Iterator[Problem]:
    """What is wrong in the templates of a story without errors, the same as a build would find.

    A page is made in every language. Links and ids are looked at once every page can be made.
    """
    urls = {id: "" if id == "home" else f"{id}/" for id in story.pages}
    problems: dict[Problem, None] = {}  # most are the same in each language
    pages: dict[str, Page] = {}
    texts: dict[str, str] = {}
    for lang in story.languages.values():
        edition = Edition(story, lang, urls, report, assets=ASSETS)
        for page in story.pages.values():
            path = f"{lang.code}/{urls[page.id]}"
            pages[path] = page
            try:
                texts[path], slips = page_html(edition, page, docs)
            except ContentError as error:
                slips = error.problems
            problems |= dict.fromkeys(slips)
    if not problems:
        problems = dict.fromkeys(dead_in(pages, texts, _Paths(pages, docs).exist, docs))
    yield from problems


def page_html(edition: Edition, page: Page, docs: Path) -> tuple[str, list[Problem]]:
    """The HTML of a page with what stands around it, and what is wrong with its Markdown links."""
    html, problems = content_html(render_page(edition, page, docs), edition, page, docs)
    view = PageView(edition, page)
    around = page_context(view)
    parts = ("navigation", "language_switch", "notice", "footer")
    return "".join([ITS_OWN, html, *(str(around[part]) for part in parts)]), problems


def content_html(
    markdown: str, edition: Edition, page: Page, docs: Path
) -> tuple[str, list[Problem]]:
    """The HTML of a page's Markdown, and what is wrong with its links to other templates."""
    links = MarkdownLinks(edition, page, docs)
    extensions: list[str | Extension] = [
        "toc",
        "tables",
        "fenced_code",
        "attr_list",
        ShieldExtension(),
        links,
    ]
    return Markdown(extensions=extensions).convert(markdown), links.problems


class MarkdownLinks(Extension):
    """Turn Markdown links to templates into addresses, as MkDocs does; gather those that it would refuse."""

    def __init__(self, edition: Edition, page: Page, docs: Path) -> None:
        super().__init__()
        self.page, self.docs = page, docs
        self.problems: list[Problem] = []
        self.start = edition.urls[page.id]
        self.urls = {
            other.template: edition.urls[other.id] for other in edition.story.pages.values()
        }

    def extendMarkdown(self, md: Markdown) -> None:
        """Register what follows the links."""
        md.treeprocessors.register(_Links(md, self), "template-links", 0)

    def followed(self, address: str) -> str:
        """The address that a Markdown link leads to; a problem is noted if it names no template."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return self._refused(address, "is no address")
        if parts.scheme or parts.netloc or AMP_SUBSTITUTE in address:
            return address
        if address.startswith(("/", "\\")):
            return self._refused(address, "begins at the root of the host")
        if not parts.path:
            return address
        folder = posixpath.dirname(self.page.template)
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        url = self.urls.get(target)
        if url is None and not self._is_file(target):
            return self._refused(address, "leads to no template")
        relative = posixpath.relpath((target if url is None else url) or ".", self.start or ".")
        slash = "/" if url is not None else ""
        return parts._replace(path=f"{relative}{slash}").geturl()

    def _is_file(self, target: str) -> bool:
        hidden = target.startswith((".", "assets/"))
        return not hidden and not target.endswith(".md") and (self.docs / target).is_file()

    def _refused(self, address: str, why: str) -> str:
        words = restore(address)
        message = f"a link {why}: {words}"
        hint = link_hint(
            words, "a Markdown link names a template: people.md#anchor; link() is for href in HTML"
        )
        self.problems.append(
            at_template(self.page, self.docs, (f"({words})", words), message, hint, "dead-link")
        )
        return address


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, links: MarkdownLinks) -> None:
        super().__init__(md)
        self.links = links

    def run(self, root: Element) -> None:
        for element in root.iter():
            key = {"a": "href", "img": "src"}.get(str(element.tag))
            if key and element.get(key) is not None:
                element.set(key, self.links.followed(element.get(key, "")))


class _Paths:
    """The paths that a site will have."""

    def __init__(self, pages: dict[str, Page], docs: Path) -> None:
        self.pages, self.docs = pages, docs
        self.trees = {path.split("/")[0] for path in pages}
        self.templates = set(templates_in(docs))

    def exist(self, path: str) -> bool:
        """Whether the site has a path."""
        if path in AT_ROOT or path.startswith(f"{ASSETS}/") or path in self.pages:
            return True
        if path.removesuffix("index.html") in self.pages and path.endswith("/index.html"):
            return True
        tree, _, rest = path.partition("/")
        if tree not in self.trees:
            return False
        hidden = rest.startswith((".", "assets/")) or rest in self.templates
        return rest in IN_TREE or not hidden and (self.docs / rest).is_file()
