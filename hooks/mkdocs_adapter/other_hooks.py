"""Other hooks and plugins that mkdocs.yml names: which of them run, and how their errors read."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from types import ModuleType
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin, CombinedEvent

from explainer.problems import ERROR, ContentError, Problem

Event = Callable[..., Any]


def paths(config: MkDocsConfig, plugin: BasePlugin[Any]) -> list[str]:
    """Return the hooks that do not bind this plugin, as mkdocs.yml names them."""
    return [name for name, hook in _hooks(config).items() if not _binds(hook, plugin)]


def remove_plugins(config: MkDocsConfig, keep: BasePlugin[Any]) -> None:
    """Remove the events of all plugins but one: they would see no pages in the shell.

    MkDocs adds its search unless `plugins` says otherwise.
    """
    plugins = [plugin for plugin in config.plugins.values() if plugin is not keep]
    for methods in config.plugins.events.values():
        methods[:] = [method for method in methods if _owner(method) not in plugins]


def guard(
    config: MkDocsConfig,
    plugin: BasePlugin[Any] | None = None,
    reporting: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Have errors in events of other hooks raised as a problem at their line.

    Args:
        config: The configuration whose hooks are guarded.
        plugin: The plugin whose own hook is left alone.
        reporting: Makes the context in which each event runs.
    """
    for name in paths(config, plugin) if plugin else _hooks(config):
        events = list(_events(_hooks(config)[name]))
        for methods in config.plugins.events.values():
            methods[:] = [
                _guarded(method, name, reporting) if method in events else method
                for method in methods
            ]


def hook_problem(name: str, line: int, when: str, error: BaseException) -> Problem:
    """Return the problem of a hook that raised an error.

    Args:
        name: The file of the hook.
        line: The line that raised it.
        when: What the hook was doing, such as `in on_config`.
        error: The error.
    """
    message = f"the hook failed {when}: {type(error).__name__}: {error}"
    hint = "mend it, or take it out of `hooks` in mkdocs.yml"
    return Problem(name, line, 1, ERROR, message, hint, "failing-hook")


def _hooks(config: MkDocsConfig) -> dict[str, ModuleType]:
    """Return the hooks by name; MkDocs types them as a list."""
    return cast("dict[str, ModuleType]", config.hooks)


def _binds(hook: ModuleType, plugin: BasePlugin[Any]) -> bool:
    return isinstance(vars(hook).get("plugin"), type(plugin))


def _owner(method: Event) -> object:
    return getattr(method, "__self__", None)


def _events(hook: ModuleType) -> Iterator[Event]:
    for name, event in vars(hook).items():
        if name.startswith("on_") and callable(event):
            yield from event.methods if isinstance(event, CombinedEvent) else (event,)


def _guarded(
    method: Event, name: str, reporting: Callable[[], AbstractContextManager[None]]
) -> Event:
    code = getattr(method, "__code__", None)

    @functools.wraps(method)
    def guarded(*values: Any, **named: Any) -> Any:
        with reporting():
            try:
                return method(*values, **named)
            except MkDocsException:  # MkDocs reports it without a traceback
                raise
            except Exception as error:
                frames = traceback.extract_tb(error.__traceback__)
                file = code.co_filename if code else frames[-1].filename
                lines = [frame.lineno or 1 for frame in frames if frame.filename == file]
                when = f"in {getattr(method, '__name__', 'an event')}"
                problem = hook_problem(name, lines[-1] if lines else 1, when, error)
                raise ContentError([problem]) from error

    return guarded
