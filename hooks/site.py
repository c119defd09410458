"""MkDocs events: the only module that imports mkdocs; all else is in `explainer`.

The build that one starts is a shell. Before it, `on_pre_build` makes a complete MkDocs build of each
language, with the events of `LanguageTree`, in a staging folder; after it, `on_post_build` adds what
stands beside the trees and puts the whole in the place of the published site.
"""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from explainer import publish, search
from explainer.assets import publish_assets
from explainer.check import load_checked
from explainer.edition import Edition
from explainer.finish import finish
from explainer.problem import ContentError, blocking
from explainer.render import frame, render_page
from explainer.shield import ShieldExtension
from explainer.swap import Staging, end_tidily, in_words
from explainer.view import PageView
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files

log = logging.getLogger("mkdocs.hooks.explainer")


class Build:
    """What one build knows from `on_config` to `on_post_build`: story, report of the citation check, staging."""

    serving = False  # set once, on start-up
    staging = None


@contextmanager
def told():
    """What goes wrong in an event is said in words: of a PluginError alone, MkDocs prints no traceback."""
    try:
        yield
    except (ContentError, OSError) as error:
        raise PluginError(f"\n{in_words(error) if isinstance(error, OSError) else error}") from error


def on_startup(command, dirty):
    Build.serving = command == "serve"
    end_tidily()


@told()
def on_config(config):
    """Read and check the content; nothing has been touched when it turns out to be wrong."""
    Build.site_dir = config.site_dir
    Build.staging = Staging(Path(config.site_dir))  # before all else: a site that a killed build left astray is put back
    content = Path(config.config_file_path).parent / "content"
    Build.story, Build.report, problems = load_checked(content, Path(config.docs_dir))
    if blocking(problems, config.strict):
        raise ContentError(problems)
    for problem in problems:
        log.warning(problem) if blocking([problem], strict=True) else log.info(problem)
    log.info(Build.report.line())
    # MkDocs writes this date into gzip headers: the content's, so that equal content gives equal bytes on any day. One
    # that the environment sets stands for a program's today, and gives way: nothing here depends on today.
    os.environ["SOURCE_DATE_EPOCH"] = publish.epoch(Build.story)
    if not Build.serving:  # a preview's folder is its own: nothing published is at stake there
        config.site_dir = str(Build.staging.site)


@told()
def on_pre_build(config):
    """Build each language's tree, complete, into the staging folder."""
    for tongue in Build.story.tongues.values():
        build(_nested_config(config, tongue))


def _nested_config(config, tongue):
    nested = load_config(
        config.config_file_path,
        hooks=[], docs_dir=config.docs_dir,
        site_dir=str(Build.staging.folder / "trees" / tongue.code),
        site_url=f"{(config.site_url or '/').rstrip('/')}/{tongue.code}/",
        site_name=str(escape(Build.story.settings.title[tongue.code])),
        strict=config.strict, use_directory_urls=config.use_directory_urls,
        nav=[page.template for page in Build.story.pages.values()],
        plugins=[{"search": search.SETTINGS}],
    )
    nested.theme["language"] = tongue.code
    nested.mdx_configs["toc"] = {"permalink": "#", "permalink_title": Build.story.phrases["permalink"].text[tongue.code]}
    nested.markdown_extensions.append(ShieldExtension())
    nested.plugins["explainer"] = LanguageTree(tongue, config)
    return nested


def _path(config):
    """The path below which the site is published: `/`, or `/sub/`."""
    return urlsplit(config.site_url or "/").path.rstrip("/") + "/"


class LanguageTree:
    """The events of one language's build."""

    def __init__(self, tongue, outer):
        self.tongue, self.outer = tongue, outer
        self.pages = {page.template: page for page in Build.story.pages.values()}

    def on_files(self, files, config):
        urls = {self.pages[file.src_uri].id: file.url.removeprefix("./") for file in files.documentation_pages()}
        for file in [file for file in files if file.dest_uri.startswith("assets/")]:
            files.remove(file)  # all languages share the site's own
        self.edition = Build.edition = Edition(Build.story, self.tongue, urls, Build.report, self.outer.site_url or "/", self.outer.edit_uri or "")

    def on_page_read_source(self, page, config):
        name = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
        try:
            return render_page(self.edition, self.pages[page.file.src_uri], page.file.content_string, name)
        except (ContentError, UnicodeDecodeError) as error:
            raise PluginError(f"\n{name}: {error}" if isinstance(error, UnicodeDecodeError) else f"\n{error}") from error

    def on_page_markdown(self, markdown, page, config, files):
        # The theme writes these into HTML as they are.
        record = self.pages[page.file.src_uri]
        page.meta |= {key: str(escape(getattr(record, key)[self.tongue.code])) for key in ("title", "description")}

    def on_page_context(self, context, page, config, nav):
        context["explainer"] = frame(PageView(self.edition, self.pages[page.file.src_uri]))

    def on_template_context(self, context, template_name, config):
        # A page not found may stand at any address: its links begin at the site's root.
        context["explainer"] = frame(PageView(self.edition, Build.story.pages["home"], root=_path(self.outer)), found=False)

    def on_post_build(self, config):
        words = {"close": self.edition.t("close"), "found": self.edition.t("search-found"), "none": self.edition.t("search-none")}
        search.complete(Path(config.site_dir, "search", "search_index.json"), self.tongue.setting.endings, words)
        publish.write_tree(self.edition, Path(config.site_dir))


def on_files(files, config):
    """The shell has no pages, no assets and no templates of the theme's."""
    config.theme.static_templates.clear()
    return Files([])


@told()
def on_post_build(config):
    """Add what stands beside the trees, and put the whole in the published site's place."""
    staging, site = Build.staging, Path(config.site_dir)
    for tree in (staging.folder / "trees").iterdir():
        tree.rename(site / tree.name)
    publish.write_root(Build.edition, site)
    theme = next(folder for folder in map(Path, config.theme.dirs) if (folder / "assets" / "stylesheets").is_dir())
    assets = publish_assets(site, Path(config.docs_dir, "assets"), theme / "assets", Build.story.tongues, whole=not config.extra.get("prune", True))
    finish(site, assets, policy=not Build.serving)
    if not Build.serving:
        config.site_dir = Build.site_dir
        staging.publish()
    on_build_error(None)


def on_build_error(error):
    """Leave nothing behind."""
    if Build.staging:
        Build.staging.discard()
        Build.staging = None
