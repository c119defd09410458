"""MkDocs events: the only module that imports mkdocs; all else is in `explainer`.

The build that one starts is a shell. Before it, `on_pre_build` makes a complete MkDocs build of each
language, with the events of `LanguageTree`, in a staging folder; after it, `on_post_build` adds what
stands beside the trees and puts the whole in the place of the published site.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from urllib.parse import urlsplit

from explainer import publish, search
from explainer.cli import load_checked
from explainer.problem import ContentError, blocking, count
from explainer.render import frame, render_page
from explainer.shield import ShieldExtension
from explainer.story import Story, Tongue
from explainer.passages import Report
from explainer.swap import Staging
from explainer.view import Edition, PageView
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

log = logging.getLogger("mkdocs.hooks.explainer")


class Build:
    """What one build knows, from `on_config` to `on_post_build`."""

    serving = False  # set once, on start-up
    story: Story
    report: Report
    staging: Staging | None = None


def on_startup(command, dirty):
    Build.serving = command == "serve"


def on_config(config):
    """Read and check the content; nothing has been touched when it turns out to be wrong."""
    root = Path(config.config_file_path).parent
    try:
        Build.story, Build.report, problems = load_checked(root / "content", Path(config.docs_dir))
    except ContentError as error:
        raise PluginError(_list(error.problems)) from error
    if blocking(problems, config.strict):
        raise PluginError(_list(problems))
    for problem in problems:
        log.warning(problem) if blocking([problem], strict=True) else log.info(problem)
    log.info(Build.report.line())
    # gzip headers and sitemaps carry a date: the content's, so that equal input gives equal bytes.
    os.environ.setdefault("SOURCE_DATE_EPOCH", publish.epoch(Build.story))
    Build.staging = Staging(Path(config.site_dir))
    if not Build.serving:
        config.site_dir = str(Build.staging.site)


def _list(problems):
    return "\n" + "\n".join(map(str, problems)) + f"\n{count(problems)}"


def on_pre_build(config):
    """Build each language's tree, complete, into the staging folder."""
    for tongue in Build.story.tongues.values():
        log.info("Building %s", tongue.code)
        nested = _nested_config(config, tongue)
        chatter = logging.getLogger(build.__module__)  # its progress lines would name the staging folder
        level = chatter.level
        chatter.setLevel(logging.WARNING)
        try:
            build(nested)
        finally:
            chatter.setLevel(level)


def _nested_config(config, tongue):
    nested = load_config(
        config.config_file_path,
        hooks=[],
        docs_dir=config.docs_dir,
        site_dir=str(Build.staging.folder / "trees" / tongue.code),
        site_url=f"{(config.site_url or '/').rstrip('/')}/{tongue.code}/",
        site_name=str(escape(Build.story.settings.title[tongue.code])),
        strict=config.strict,
        use_directory_urls=config.use_directory_urls,
        nav=["index.md" if id == "home" else f"{id}.md" for id in Build.story.pages],
        plugins=[{"search": search.SETTINGS}],
    )
    nested.theme["language"] = tongue.code
    nested.extra["scope"] = _path(config)  # one colour scheme for all languages
    nested.markdown_extensions.append(ShieldExtension())
    nested.plugins["explainer"] = LanguageTree(tongue, config)
    return nested


def _path(config):
    """The path below which the site is published: `/`, or `/sub/`."""
    return urlsplit(config.site_url or "/").path.rstrip("/") + "/"


class LanguageTree:
    """The events of one language's build."""

    def __init__(self, tongue: Tongue, outer) -> None:
        self.tongue, self.outer = tongue, outer

    def on_files(self, files, config):
        urls = {_page_id(file): "" if file.url in (".", "./") else file.url for file in files.documentation_pages()}
        self.edition = Edition(Build.story, self.tongue, urls, Build.report, self.outer.site_url or "/", self.outer.edit_uri or "")

    def on_page_read_source(self, page, config):
        name = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
        try:
            return render_page(self.edition, self._record(page), page.file.content_string, name)
        except ContentError as error:
            raise PluginError(_list(error.problems)) from error

    def on_page_markdown(self, markdown, page, config, files):
        record = self._record(page)
        # The theme writes these into HTML as they are.
        page.meta |= {"title": str(escape(record.title[self.tongue.code])), "description": str(escape(record.description[self.tongue.code]))}

    def on_page_context(self, context, page, config, nav):
        context["explainer"] = frame(PageView(self.edition, self._record(page)))

    def on_template_context(self, context, template_name, config):
        # A page not found may stand at any address: its links begin at the site's root.
        context["explainer"] = frame(PageView(self.edition, Build.story.pages["home"], root=_path(self.outer)), found=False)

    def on_post_build(self, config):
        search.add_keywords(Path(config.site_dir, "search", "search_index.json"), self.tongue.setting.endings)
        publish.write_tree(self.edition, Path(config.site_dir))

    def _record(self, page):
        return Build.story.pages[_page_id(page.file)]


def _page_id(file):
    return "home" if file.src_uri == "index.md" else file.src_uri.removesuffix(".md")


def on_files(files, config):
    """The shell has no pages and no assets of its own."""
    return Files([])


def on_env(env, config, files):
    config.theme.static_templates.clear()


def on_post_build(config):
    """Add what stands beside the trees, and put the whole in the published site's place."""
    site = Path(config.site_dir)
    for tree in (Build.staging.folder / "trees").iterdir():
        tree.rename(site / tree.name)
    publish.write_root(Build.story, Build.report, site, config.site_url or "/")
    if not Build.serving:
        config.site_dir = str(Build.staging.published)
        Build.staging.publish()
    else:
        Build.staging.discard()
    Build.staging = None


def on_build_error(error):
    if Build.staging:
        Build.staging.discard()
        Build.staging = None
