"""Where a page's links lead: to places of its own tree, to its other languages, and to what it cites."""

from __future__ import annotations

import posixpath
from urllib.parse import quote as percent_encode

from explainer.rendering.edition import Edition
from explainer.schema.pages import LEDGER_PAGE, SOURCES_PAGE, Page
from explainer.schema.records import Citation, Fact, Source


class Addresses:
    """The addresses that one page of an edition gives.

    They are relative to the page; or absolute, where `root`, the path of the site's root, is given.
    """

    def __init__(self, edition: Edition, page: Page, root: str | None = None) -> None:
        self.edition, self.page, self.story, self.root = edition, page, edition.story, root
        self.language = edition.language

    def link(self, page_id: str, anchor: str = "", language: str | None = None) -> str:
        """The address of a page of the site, of a place on it, or of its other language."""
        fragment = f"#{anchor}" if anchor else ""
        if page_id == self.page.id and language in (None, self.language) and anchor:
            return fragment
        urls = self.edition.urls
        start, target = (
            f"{self.language}/{urls[self.page.id]}",
            f"{language or self.language}/{urls[self.page_by_id(page_id).id]}",
        )
        if self.root is not None:
            return f"{self.root}{target}{fragment}"
        path = posixpath.relpath(target, posixpath.dirname(start))
        return f"{path}/{fragment}" if target.endswith("/") else f"{path}{fragment}"

    def page_by_id(self, id: str) -> Page:
        """A page by id; KeyError if there is none."""
        if id not in self.story.pages:
            raise KeyError(f'there is no page "{id}"')
        return self.story.pages[id]

    @property
    def assets(self) -> str:
        """The folder of the site's assets as seen from this page, with a final slash."""
        if self.root is not None:
            return f"{self.root}{self.edition.assets}/"
        folder = posixpath.dirname(f"{self.language}/{self.edition.urls[self.page.id]}")
        return f"{posixpath.relpath(self.edition.assets, folder)}/"

    def entity_link(self, id: str) -> str | None:
        """Where an entity or a term has its place; None where no page has one for it."""
        page = self.edition.home_pages.get(id)
        return self.link(page, id) if page in self.edition.urls else None

    def permalink(self, fact: Fact) -> str:
        """A fact's address in the ledger."""
        return self.link(LEDGER_PAGE, fact.id)

    def source_link(self, source: Source) -> str:
        """A source's place on the sources page."""
        return self.link(SOURCES_PAGE, source.id)

    def deep_link(self, citation: Citation) -> str | None:
        """A source's address, scrolled to the passage where the browser can: a text fragment, as in the
        WICG draft "URL Fragment Text Directives"."""
        url = self.story.sources[citation.source].url
        if not url or not citation.from_:
            return url
        ends = [
            percent_encode(words, safe="").replace("-", "%2D")
            for words in (citation.from_, citation.to)
            if words
        ]
        return f"{url.split('#')[0]}#:~:text={','.join(ends)}"

    def canonical(self, language: str | None = None) -> str:
        """The absolute address of this page, or of the same page in another language."""
        return (
            f"{self.edition.site_url}{language or self.language}/{self.edition.urls[self.page.id]}"
        )

    def alternates(self) -> list[tuple[str, str]]:
        """This page's address in each language, by `hreflang`.

        `x-default` is for readers of other languages: of the home pages the site's root, which lets them
        choose and names these pages in return; of every other page its version in the story's own language.
        """
        addresses = [(code, self.canonical(code)) for code in self.story.languages]
        default = self.edition.site_url if self.page.id == "home" else addresses[0][1]
        return [*addresses, ("x-default", default)]

    def feed_link(self) -> str:
        """The address of this language's feed, which stands beside its home page."""
        return posixpath.join(posixpath.dirname(self.link("home")), "feed.xml")

    def edit_link(self, file: str, line: int = 1) -> str | None:
        """Where the repository's host edits a line of a file; None where mkdocs.yml names no host."""
        return f"{self.edition.edit_uri}{file}#L{line}" if self.edition.edit_uri else None

    def report_link(self, fact: Fact) -> str:
        """Where a reader reports an error in a fact: a mail gets its subject from the fact's id."""
        address = self.story.settings.report
        subject = f"subject={percent_encode(self.edition.t('report-subject', id=fact.id))}"
        return (
            f"{address}{'&' if '?' in address else '?'}{subject}"
            if address.startswith("mailto:")
            else address
        )
