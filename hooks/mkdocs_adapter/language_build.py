"""One language's tree of pages: what it answers to the site generator's events, which hand over what they work on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import escape

from explainer.problems import ContentError
from explainer.publishing import site_files
from explainer.reading.host_files import FOLDER
from explainer.reading.leftovers import is_leftover
from explainer.rendering.edition import Edition
from explainer.rendering.page_context import page_context
from explainer.rendering.page_view import PageView
from explainer.rendering.template_checks import content_html
from explainer.rendering.templates import render_page
from explainer.story.passage_report import PassageReport
from explainer.story.story import Language, Story


class LanguageTree:
    """The events of one language's build.

    `site_url` is where the whole site is published, `edit_uri` where a host edits files, `notices` what
    the footers of a preview say to editors.
    """

    def __init__(
        self,
        story: Story,
        report: PassageReport,
        lang: Language,
        site_url: str,
        edit_uri: str,
        notices: Sequence[str] = (),
    ) -> None:
        self.story, self.report, self.lang, self.site_url, self.edit_uri = (
            story,
            report,
            lang,
            site_url,
            edit_uri,
        )
        self.notices = notices
        self.pages = {page.template: page for page in story.pages.values()}

    def on_files(self, files, config):
        """Leave to the site what all languages share, and learn the pages' addresses."""
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
        )

    def on_page_read_source(self, page, config):
        """The Markdown of a page, from its template. Raises ContentError at the template's line for what is wrong in it."""
        ours, docs = self.pages[page.file.src_uri], Path(config.docs_dir)
        markdown = render_page(self.edition, ours, docs)
        _, problems = content_html(markdown, self.edition, ours, docs)
        if problems:  # before the site generator, which would name no line
            raise ContentError(problems)
        return markdown

    def on_page_markdown(self, markdown, page, config, files):
        """The page's title, which the theme writes into HTML as it is."""
        page.meta["title"] = str(escape(self.pages[page.file.src_uri].title[self.lang.code]))

    def on_page_context(self, context, page, config, nav):
        """What stands around a page."""
        context["explainer"] = page_context(PageView(self.edition, self.pages[page.file.src_uri]))

    def on_template_context(self, context, template_name, config):
        """What stands around a page that is not there: it may stand at any address, so that its links begin at the site's root."""
        root = urlsplit(self.site_url).path.rstrip("/") + "/"
        context["explainer"] = page_context(
            PageView(self.edition, self.story.pages["home"], root), found=False
        )

    def on_post_build(self, config):
        """What stands beside the pages."""
        site_files.write_language_files(self.edition, Path(config.site_dir))


def _is_shared(path: str) -> bool:
    """Return whether a file of `docs/` has no place in a language's tree."""
    top, *_, name = path.split("/") if "/" in path else ("", path)
    return top in ("assets", FOLDER) or is_leftover(name)
