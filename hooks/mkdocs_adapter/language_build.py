"""One language's build: the events of MkDocs that make its pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from explainer.problems import ContentError
from explainer.publishing import site_files
from explainer.reading.host_files import FOLDER
from explainer.reading.leftovers import is_leftover
from explainer.rendering.edition import Edition
from explainer.rendering.page_context import page_context
from explainer.rendering.page_view import PageView
from explainer.rendering.template_checks import content_html
from explainer.rendering.templates import render_page
from explainer.schema.pages import Page
from explainer.story.passage_report import PassageReport
from explainer.story.story import Language, Story


# MkDocs has no types for subclassing its classes.
class NoSettings(Config):  # type: ignore[no-untyped-call]
    """The settings of a plugin that has none."""


class LanguageBuild(BasePlugin[NoSettings]):  # type: ignore[no-untyped-call]
    """Make the pages of one language.

    Args:
        story: The content.
        report: What the check of the citations found.
        lang: The language.
        site_url: Where the whole site is published.
        edit_uri: Where the repository's host edits files, or empty.
        notices: What the footers of a preview say to editors.
        assets: The folder of the site's assets, from the site's root.

    Attributes:
        edition: The story in this language, once the addresses of its pages are known.
    """

    edition: Edition

    def __init__(
        self,
        story: Story,
        report: PassageReport,
        lang: Language,
        *,
        site_url: str,
        edit_uri: str,
        notices: Sequence[str],
        assets: str,
    ) -> None:
        self.story, self.report, self.lang = story, report, lang
        self.site_url, self.edit_uri = site_url, edit_uri
        self.notices, self.assets = notices, assets
        self.pages = {page.template: page for page in story.pages.values()}

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> None:
        """Remove the files that all languages share, and learn the addresses of the pages."""
        for file in [file for file in files if _is_shared(file.src_uri)]:
            files.remove(file)
        urls = {
            self.pages[file.src_uri].id: file.url.removeprefix("./")
            for file in files.documentation_pages()
        }
        self.edition = Edition(
            self.story,
            self.lang,
            urls,
            self.report,
            self.site_url,
            self.edit_uri,
            self.notices,
            self.assets,
        )

    def on_page_read_source(self, /, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Return the Markdown of a page, rendered from its template.

        Raises:
            ContentError: The template has errors, or a link in it leads nowhere.
        """
        own_page, docs = self._page(page), Path(config.docs_dir)
        markdown = render_page(self.edition, own_page, docs)
        _, problems = content_html(markdown, self.edition, own_page, docs)
        if problems:  # before MkDocs finds them, which would name no line
            raise ContentError(problems)
        return markdown

    def on_page_markdown(
        self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files
    ) -> None:
        """Set the title of a page, which the theme writes into HTML without escaping it."""
        page.meta["title"] = str(escape(self._page(page).title[self.lang.code]))

    def on_page_context(
        self,
        context: TemplateContext,
        /,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> None:
        """Add what the theme shows around a page."""
        _set_context(context, page_context(PageView(self.edition, self._page(page))))

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> None:
        """Add the context of 404.html; its links are absolute, as it is served at any address."""
        root = urlsplit(self.site_url).path.rstrip("/") + "/"
        view = PageView(self.edition, self.story.pages["home"], root)
        _set_context(context, page_context(view, found=False))

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the files that this language has beside its pages."""
        site_files.write_language_files(self.edition, Path(config.site_dir))

    def _page(self, page: MkDocsPage) -> Page:
        return self.pages[page.file.src_uri]


def _set_context(context: TemplateContext, values: dict[str, object]) -> None:
    """Give templates the variable `explainer`; MkDocs types only the names that it uses itself."""
    cast(dict[str, Any], context)["explainer"] = values


def _is_shared(path: str) -> bool:
    """Return whether a file of `docs/` has no place in a language's tree."""
    top, *_, name = path.split("/") if "/" in path else ("", path)
    return top in ("assets", FOLDER) or is_leftover(name)
