"""One build of the site: a complete MkDocs build of each language, and what they share."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from explainer.checks.publication import check_publication, publishing
from explainer.checks.run import load_checked
from explainer.editing import editor_schema
from explainer.problems import ContentError, Problem, blocking
from explainer.publishing import search_index, site_files
from explainer.publishing.assets import publish_assets
from explainer.publishing.host_files import copy_root_files
from explainer.publishing.postprocess import postprocess_pages
from explainer.publishing.staging import Staging
from explainer.reading.site_url import configured, encoded
from explainer.rendering.edition import Edition
from explainer.rendering.internal_links import dead_links
from explainer.rendering.placeholders import ShieldExtension
from explainer.story.passage_report import PassageReport
from explainer.story.story import Language, Story
from mkdocs_adapter import other_hooks, patches
from mkdocs_adapter.language_build import LanguageBuild

log = logging.getLogger("mkdocs.hooks.explainer")


@dataclass
class SiteBuild:
    """One build of the site, from its content to the published folder.

    Attributes:
        story: The content.
        report: What the check of the citations found.
        staging: The folder in which the site is built.
        published: The folder that mkdocs.yml or the command line names.
        serving: Whether this is a preview, which publishes nothing.
        notices: What keeps the site from being published, for the footers of a preview.
        editions: The story in each language that has been built.
    """

    story: Story
    report: PassageReport
    staging: Staging
    published: Path
    serving: bool
    notices: Sequence[str]
    editions: list[Edition] = field(default_factory=list)

    @classmethod
    def read(cls, config: MkDocsConfig, staging: Staging, serving: bool) -> SiteBuild:
        """Read and check the content, and prepare MkDocs for the build.

        Raises:
            ContentError: The content has errors, or warnings that count as errors.
        """
        settings = Path(config.config_file_path)
        content, docs = settings.parent / "content", Path(config.docs_dir)
        story, report, problems = load_checked(content, docs, config.theme.dirs)
        site_url = configured(settings)
        unready = list(check_publication(story, site_url, publishing()))
        problems = sorted([*problems, *unready])
        if blocking(problems, config.strict):
            raise ContentError(problems)
        log_problems(problems)
        log.info(report.summary())
        editor_schema.write_ids(story, settings.parent)
        notices = [str(problem) for problem in unready] if serving else []
        site_build = cls(story, report, staging, Path(config.site_dir), serving, notices)
        site_build._configure(config, site_url.value)
        return site_build

    def _configure(self, config: MkDocsConfig, site_url: str) -> None:
        patches.set_source_date(site_files.source_date_epoch(self.story))
        patches.skip_theme_files(config.theme)
        config.site_url = encoded(config.site_url or site_url)
        if not self.serving:  # a preview has a folder of its own: nothing published is at stake
            config.site_dir = str(self.staging.site)

    def build_languages(self, config: MkDocsConfig, hooks: Sequence[str]) -> None:
        """Build the assets and the pages of each language into the staging folder.

        They stay beside the new site for now: MkDocs empties its folder after `on_pre_build`.

        Args:
            config: The configuration of the shell.
            hooks: The other hooks, by their names in mkdocs.yml.
        """
        folder, docs = self.staging.folder, Path(config.docs_dir)
        themes, languages = config.theme.dirs, self.story.languages
        assets = publish_assets(folder, docs / "assets", themes, languages)
        for lang in languages.values():
            language_build = LanguageBuild(
                self.story,
                self.report,
                lang,
                site_url=config.site_url or "/",
                edit_uri=_edit_uri(config),
                notices=self.notices,
                assets=assets,
            )
            nested = self._nested_config(config, lang, hooks)
            nested.plugins["explainer"] = language_build
            build(nested)
            self.editions.append(language_build.edition)

    def _nested_config(
        self, config: MkDocsConfig, lang: Language, hooks: Sequence[str]
    ) -> MkDocsConfig:
        """Return the configuration of one language's build."""
        nested = load_config(
            config.config_file_path,
            hooks=list(hooks),
            docs_dir=config.docs_dir,
            site_dir=str(self.staging.folder / "trees" / lang.code),
            site_url=f"{(config.site_url or '/').rstrip('/')}/{lang.code}/",
            site_name=str(escape(self.story.settings.title[lang.code])),
            strict=config.strict,
            use_directory_urls=config.use_directory_urls,
            nav=[page.template for page in self.story.pages.values()],
            plugins=[{"search": search_index.SETTINGS}],
            extra_templates=[],
        )
        other_hooks.guard(nested)
        nested.theme["language"] = lang.code
        patches.skip_theme_files(nested.theme)
        nested.mdx_configs["toc"] = {
            **nested.mdx_configs.get("toc", {}),
            "permalink": "#",
            # Markdown leaves an entity in it as it is.
            "permalink_title": str(escape(self.story.phrases["permalink"].text[lang.code])),
        }
        # MkDocs hands them on to Markdown, which takes objects too.
        nested.markdown_extensions.append(ShieldExtension())  # type: ignore[arg-type]
        return nested

    def assemble(self, config: MkDocsConfig) -> None:
        """Put the site together, in the folder that MkDocs has emptied by now.

        Raises:
            ContentError: A page has no place for its policy, or a link leads nowhere.
        """
        site, docs, edition = Path(config.site_dir), Path(config.docs_dir), self.editions[-1]
        (self.staging.folder / "assets").rename(site / "assets")
        for tree in (self.staging.folder / "trees").iterdir():
            tree.rename(site / tree.name)
        site_files.write_root(edition, site)
        postprocess_pages(site, policy=not self.serving)
        copy_root_files(docs, site)
        problems = list(dead_links(edition, site, docs))
        if problems and not self.serving:
            raise ContentError(problems)
        for problem in problems:
            log.error(problem)

    def publish(self, config: MkDocsConfig) -> str:
        """Put the new site in the place of the published one; return where it is, in words."""
        config.site_dir = str(self.published)
        removed = site_files.removed_fact_ids(self.story, self.published)
        if removed:
            log.info(
                f"links to these facts of the last site will lead nowhere: {', '.join(removed)}; "
                "`was: [old-id]` in the fact that now says it keeps the address"
            )
        folder = relative_to_cwd(self.staging.published)
        self.staging.publish()
        return f"{folder}: {site_files.size_summary(self.story)}"


def log_problems(problems: Iterable[Problem]) -> None:
    """Log warnings as warnings, and notices as information, which --strict does not count."""
    for problem in problems:
        level = logging.WARNING if blocking([problem], strict=True) else logging.INFO
        log.log(level, problem)


def relative_to_cwd(folder: Path) -> Path:
    """Return a path as seen from the working directory, if it is inside."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _edit_uri(config: MkDocsConfig) -> str:
    """Return where a host edits files; from `repo_url` alone MkDocs makes a path without a host."""
    return config.edit_uri if config.edit_uri and "://" in config.edit_uri else ""
