"""MkDocs events: the only module that imports mkdocs; all else is in `explainer`.

The build that one starts is a shell. Before it, `on_pre_build` makes a complete MkDocs build of each
language, with the events of `LanguageTree`, in a staging folder; after it, `on_post_build` adds what
stands beside the trees and puts the whole in the place of the published site.
"""

from __future__ import annotations

import functools
import gc
import inspect
import logging
import os
import traceback
from contextlib import contextmanager
from pathlib import Path

import click
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError, MkDocsException, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from explainer.checks.mkdocs_settings import check_settings
from explainer.checks.publication import check_publication, publishing
from explainer.checks.run import load_checked
from explainer.editing import editor_schema
from explainer.output import drop_unwritten, open_streams
from explainer.problems import ERROR, ContentError, Problem, blocking
from explainer.publishing import search_index, site_files
from explainer.publishing.host_files import copy_root_files
from explainer.publishing.signals import ending
from explainer.publishing.staging import Staging, describe_os_error
from explainer.reading.site_url import configured, encoded
from explainer.rendering.internal_links import dead_links
from explainer.rendering.placeholders import ShieldExtension
from mkdocs_adapter import preview
from mkdocs_adapter.language_build import LanguageTree
from mkdocs_adapter.preview import ignore_leftovers

log = logging.getLogger("mkdocs.hooks.explainer")


class Build:
    """What one build knows from `on_config` to `on_post_build`: story, report of the citation check, staging."""

    serving = False  # set once, on start-up
    staging = None
    problems = ""  # in a preview, what keeps it from being built
    notices = []  # in a preview, what keeps the site from being published
    pages = []  # in a preview, those of the last site
    follower = None  # in a preview, the thread that watches what is watched
    published = ""  # once the site is in its place, where that is and what it holds
    left = []  # what a build could not remove, a message each
    goes_on = False  # whether MkDocs has more to do once the site is built


@contextmanager
def told():
    """What goes wrong in an event is said in words: of a PluginError alone, MkDocs prints no traceback.

    A preview goes on, and shows it: raised there, it would leave the browser waiting.
    """
    try:
        yield
    except (ContentError, OSError, BuildError) as error:
        message = (
            describe_os_error(error) if isinstance(error, OSError) else str(error).lstrip("\n")
        )
        if not Build.serving:
            raise PluginError(f"\n{message}") from error
        Build.problems = message
        log.error(f"\n{message}")


def on_startup(command, dirty):
    gc.freeze()  # what is imported stays, and a build makes much and throws little away: looking for cycles costs a tenth of it
    gc.set_threshold(200_000, 50, 50)
    Build.serving = command == "serve"
    context = click.get_current_context(silent=True)  # `mkdocs serve --clean` calls itself a build
    Build.goes_on = context is not None and context.info_name != "build"
    ending.listen(KeyboardInterrupt if Build.goes_on else SystemExit)


def on_serve(server, config, builder):
    """Keep the preview answering, whatever is edited, and for this machine alone."""
    settings, site = Path(config.config_file_path), Path(server.root)
    server.builder = preview.builder_that_shows(builder, settings, site, lambda: Build.pages)
    app = preview.asking_again(server.get_app())
    server.set_app(preview.answering_only(app, config.dev_addr.host))
    ignore_leftovers(server, [config.docs_dir])
    Build.follower = preview.follow(server, [config.docs_dir, str(settings), *config.watch])
    return server


@event_priority(1_000)  # before every plugin and other hook: they may fail on wrong settings
def on_config(config):
    """Check the settings, then the content; nothing has been touched when either turns out to be wrong."""
    problems = check_settings(Path(config.config_file_path))
    if blocking(problems, config.strict):  # in a preview too: it has not begun, or has checked them
        raise PluginError(f"\n{ContentError(problems)}")
    _report(problems)
    _leave_plugins_out(config)
    _guard_hooks(config, told())
    config.nav = None
    _read_content(config)


def _report(problems):
    for problem in problems:
        log.warning(problem) if blocking([problem], strict=True) else log.info(problem)


def _other_hooks(config):
    """The hooks that are not this one, by name."""
    return {name: hook for name, hook in config.hooks.items() if hook.__file__ != __file__}


def _leave_plugins_out(config):
    """Plugins would see no pages here; MkDocs' own search is there unless `plugins` says otherwise."""
    for methods in config.plugins.events.values():
        methods[:] = [method for method in methods if not inspect.ismethod(method)]


def _guard_hooks(config, *contexts):
    """Have an error in an event of another hook end in words, at its line."""
    for name, hook in _other_hooks(config).items():
        events = [event for event in vars(hook).values() if inspect.isfunction(event)]
        for methods in config.plugins.events.values():
            methods[:] = [
                _guarded(method, name, contexts) if method in events else method
                for method in methods
            ]


def _guarded(method, name, contexts):
    @functools.wraps(method)
    def guarded(*values, **named):
        try:
            return method(*values, **named)
        except MkDocsException:  # in words already
            raise
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            here = [
                frame.lineno for frame in frames if frame.filename == method.__code__.co_filename
            ]
            message = f"the hook failed in {method.__name__}: {type(error).__name__}: {error}"
            hint = "mend it, or take it out of `hooks` in mkdocs.yml"
            problem = Problem(name, here[-1] or 1, 1, ERROR, message, hint, "failing-hook")
            raise ContentError([problem]) from error

    for context in contexts:
        guarded = context(guarded)
    return guarded


@told()
def _read_content(config):
    Build.problems = ""
    Build.site_dir = config.site_dir
    Build.staging = Staging(
        Path(config.site_dir)
    )  # before all else: a site that a killed build left astray is put back
    root = Path(config.config_file_path).parent
    Build.story, Build.report, problems = load_checked(
        root / "content", Path(config.docs_dir), config.theme.dirs
    )
    setting = configured(Path(config.config_file_path))
    unready = list(check_publication(Build.story, setting, publishing()))
    Build.notices = [str(problem) for problem in unready] if Build.serving else []
    problems = sorted([*problems, *unready])
    if blocking(problems, config.strict):
        raise ContentError(problems)
    config.site_url = encoded(config.site_url or setting.value)
    _report(problems)
    log.info(Build.report.summary())
    editor_schema.write_ids(Build.story, root)
    # MkDocs writes this date into gzip headers: the content's, so that equal content gives equal bytes on any day. One
    # that the environment sets stands for a program's today, and gives way: nothing here depends on today.
    os.environ["SOURCE_DATE_EPOCH"] = site_files.source_date_epoch(Build.story)
    if not Build.serving:  # a preview's folder is its own: nothing published is at stake there
        config.site_dir = str(Build.staging.site)
    _leave_out_assets(config.theme)


@told()
def on_pre_build(config):
    """Build each language's tree, complete, into the staging folder."""
    for lang in () if Build.problems else Build.story.languages.values():
        build(_nested_config(config, lang))


def _nested_config(config, lang):
    nested = load_config(
        config.config_file_path,
        hooks=list(_other_hooks(config)),
        docs_dir=config.docs_dir,
        site_dir=str(Build.staging.folder / "trees" / lang.code),
        site_url=f"{(config.site_url or '/').rstrip('/')}/{lang.code}/",
        site_name=str(escape(Build.story.settings.title[lang.code])),
        strict=config.strict,
        use_directory_urls=config.use_directory_urls,
        nav=[page.template for page in Build.story.pages.values()],
        plugins=[{"search": search_index.SETTINGS}],
        extra_templates=[],
    )
    _guard_hooks(nested)
    nested.theme["language"] = lang.code
    _leave_out_assets(nested.theme)
    nested.mdx_configs["toc"] = {
        **nested.mdx_configs.get("toc", {}),
        "permalink": "#",
        "permalink_title": str(escape(Build.story.phrases["permalink"].text[lang.code])),
    }  # an entity is left as it is
    nested.markdown_extensions.append(ShieldExtension())
    nested.plugins["explainer"] = Build.tree = LanguageTree(
        Build.story,
        Build.report,
        lang,
        config.site_url or "/",
        _edit_uri(config),
        Build.notices,
    )
    return nested


def _edit_uri(config):
    """Where a host edits files; from `repo_url` alone MkDocs makes a path without a host."""
    return config.edit_uri if "://" in (config.edit_uri or "") else ""


def _leave_out_assets(theme):
    """MkDocs would look through the theme's ten thousand files and copy its assets into each tree; the site has its own folder of them."""
    get_env = theme.get_env

    def without_files():
        env = get_env()
        env.list_templates = lambda **_: []
        return env

    theme.get_env = without_files


def on_files(files, config):
    """The shell has no pages, no assets and no templates of the theme's."""
    config.theme.static_templates.clear()
    config.extra_templates.clear()
    return Files([])


@told()
def on_post_build(config):
    """Add what stands beside the trees, and put the whole in the published site's place."""
    staging, site = Build.staging, Path(config.site_dir)
    if Build.problems:
        preview.show_problems(site, Build.problems, Build.pages)
    else:
        for tree in (staging.folder / "trees").iterdir():
            tree.rename(site / tree.name)
        site_files.write_root(Build.tree.edition, site)
        site_files.write_assets_and_postprocess(
            Build.story,
            site,
            Path(config.docs_dir),
            config.theme.dirs,
            policy=not Build.serving,
        )
        copy_root_files(Path(config.docs_dir), site)
        dead = list(dead_links(Build.tree.edition, site, Path(config.docs_dir)))
        if dead and not Build.serving:
            raise ContentError(dead)
        for problem in dead:
            log.error(problem)
        Build.pages = preview.pages_of(site)
    if not Build.serving:
        config.site_dir = Build.site_dir
        gone = site_files.removed_fact_ids(Build.story, Path(Build.site_dir))
        if gone:
            log.info(
                f"links to these facts of the last site will lead nowhere: {', '.join(gone)}; `was: [old-id]` in the fact that now says it keeps the address"
            )
        words = f"{_from_here(staging.published)}: {site_files.size_summary(Build.story)}"
        staging.publish()
        Build.published = words
    on_build_error(None)
    if Build.goes_on:
        ending.resume()


def on_build_error(error):
    """Leave nothing behind."""
    if Build.staging:
        Build.staging.discard()
        Build.left = Build.staging.left
        Build.staging = None


def on_shutdown():
    """Clean up where a signal ended the build, and say last where the site is.

    MkDocs has named folders that are gone by now. Under --strict, a warning before the end of the build
    would be an error, although the site is published.
    """
    ending.ignore()
    if Build.follower:
        Build.follower.ended.set()
    on_build_error(None)
    for message in Build.left:
        log.warning(message)
    if Build.published:
        log.info(Build.published)
    elif ending.signal and not Build.serving:
        log.error(f"{ending.signal.name} received: nothing was published")
    for stream in open_streams():
        drop_unwritten(stream)
    if Build.goes_on and not Build.serving:
        ending.restore()
    elif not Build.goes_on and not Build.published:
        ending.check()  # a library may have made another exception of it, which would give another code


def _from_here(folder):
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
