"""The MkDocs plugin: its events, and what it remembers between them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from explainer.checks.mkdocs_settings import check_settings
from explainer.output import drop_unwritten, open_streams
from explainer.problems import ContentError, blocking
from explainer.publishing.signals import ending
from explainer.publishing.staging import Staging, describe_os_error
from mkdocs_adapter import host_guard, other_hooks, patches, preview
from mkdocs_adapter.language_build import NoSettings
from mkdocs_adapter.path_follower import PathFollower, follow
from mkdocs_adapter.site_build import SiteBuild, log_problems

log = logging.getLogger("mkdocs.hooks.explainer")


# MkDocs has no types for subclassing its classes.
class ExplainerPlugin(BasePlugin[NoSettings]):  # type: ignore[no-untyped-call]
    """Build the site of an explainer.

    The build that a command starts is a shell around a complete build of each language, which
    `SiteBuild` makes in a staging folder. The new site replaces the published one at the end.

    Attributes:
        serving: Whether this is a preview.
        continues: Whether MkDocs goes on after the build, as `serve` and `gh-deploy` do.
        staging: The staging folder of the build that is under way.
        build: That build, once its content is read.
        problems: What keeps a preview from being built.
        pages: The pages of the last site of a preview.
        follower: The thread of a preview that watches whether watched paths are replaced.
        published: Where the published site is and what it holds.
        left: What a build could not remove, a message each.
    """

    def __init__(self) -> None:
        self.serving = False
        self.continues = False
        self.staging: Staging | None = None
        self.build: SiteBuild | None = None
        self.problems = ""
        self.pages: list[Path] = []
        self.follower: PathFollower | None = None
        self.published = ""
        self.left: list[str] = []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Tune the process for a build, and listen for signals."""
        self.serving = command == "serve"
        self.continues = patches.continues_after_build()
        patches.tune_garbage_collector()
        patches.end_on_signals(self.continues)

    @event_priority(1_000)  # before other plugins and hooks, which may fail on wrong settings
    def on_config(self, config: MkDocsConfig) -> None:
        """Check the settings and the content. Nothing has been written if either is wrong."""
        problems = check_settings(Path(config.config_file_path))
        if blocking(problems, config.strict):  # a preview has not begun, or has checked them
            raise PluginError(f"\n{ContentError(problems)}")
        log_problems(problems)
        other_hooks.remove_plugins(config, keep=self)
        other_hooks.guard(config, self, self.reporting_errors)
        config.nav = None
        self.problems, self.build = "", None
        with self.reporting_errors():
            # Before all else: it restores a site that a killed build moved away.
            self.staging = Staging(Path(config.site_dir))
            self.build = SiteBuild.read(config, self.staging, self.serving)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build the pages of each language into the staging folder."""
        with self.reporting_errors():
            if self.build:
                self.build.build_languages(config, other_hooks.paths(config, self))

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Leave nothing to the shell: no pages, no assets, no templates of the theme."""
        config.theme.static_templates.clear()
        config.extra_templates.clear()
        return Files([])

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what all languages share, and publish the site."""
        site = Path(config.site_dir)
        with self.reporting_errors():
            if self.build and not self.problems:
                self.build.assemble(config)
                if self.serving:
                    self.pages = preview.pages_of(site)
                else:
                    self.published = self.build.publish(config)
        if self.problems:
            preview.show_problems(site, self.problems, self.pages)
        self._discard()
        if self.continues:
            ending.resume()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind."""
        self._discard()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Keep the preview answering, whatever is edited, and only to this machine."""
        settings, site = Path(config.config_file_path), Path(server.root)
        server.builder = preview.builder_that_shows(builder, settings, site, lambda: self.pages)
        app = preview.refreshing_missing_pages(server.get_app() or server.serve_request)
        server.set_app(host_guard.answering_only(app, config.dev_addr.host))
        patches.ignore_leftovers(server, [config.docs_dir])
        self.follower = follow(server, [config.docs_dir, str(settings), *config.watch])
        return server

    def on_shutdown(self) -> None:
        """Remove the staging folder of an interrupted build, and log where the site is.

        This is the last line: MkDocs' own log names temporary folders. Warnings wait until here,
        since under --strict an earlier one would be an error although the site is published.
        """
        ending.ignore()
        if self.follower:
            self.follower.ended.set()
        self._discard()
        self._log_result()
        for stream in open_streams():
            drop_unwritten(stream)
        if self.continues and not self.serving:
            ending.restore()
        elif not self.continues and not self.published:
            ending.check()  # a library may have replaced its exception, and with it the exit code

    @contextmanager
    def reporting_errors(self) -> Iterator[None]:
        """Re-raise expected errors as PluginError, which MkDocs reports without a traceback.

        In a preview they are kept to be shown: an exception would leave the browser waiting.
        """
        try:
            yield
        except (ContentError, OSError, BuildError) as error:
            words = describe_os_error(error) if isinstance(error, OSError) else str(error)
            message = words.lstrip("\n")
            if not self.serving:
                raise PluginError(f"\n{message}") from error
            self.problems = message
            log.error(f"\n{message}")

    def _discard(self) -> None:
        if self.staging:
            self.staging.discard()
            self.left = self.staging.left
        self.staging = self.build = None

    def _log_result(self) -> None:
        for message in self.left:
            log.warning(message)
        if self.published:
            log.info(self.published)
        elif ending.signal and not self.serving:
            log.error(f"{ending.signal.name} received: nothing was published")
