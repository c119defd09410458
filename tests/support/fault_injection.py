"""Publish a site again and again, each time with a fate one step further on; print what became of it.

    python tests/support/fault_injection.py FOLDER WAY FATE

A step is an audit event of Python's: before each call that touches the file system there is one. At the step the
process is killed, asked to end by a signal, or refused by the system, once or from then on. For each step there is
a line of JSON: what the process exits with, what is published and left beside it just then, and what after the
next build has begun and ended.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

from explainer.publishing import staging as staging_module
from explainer.publishing.signals import ending

FILES = ("index.html", "facts.json", "en/index.html")


def write(site: Path, words: str) -> None:
    for name in FILES:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(words)


def publish(folder: Path, words: str) -> None:
    staging = staging_module.Staging(folder)
    try:
        write(staging.site, words)
        staging.publish()
    finally:
        staging.discard()


def published(site: Path) -> str:
    """`old`, `new`, `absent`, or `mixed`: whose files are at a path."""
    if not site.exists():
        return "absent"
    words = {(site / name).read_text() if (site / name).is_file() else "" for name in FILES}
    return words.pop() if len(words) == 1 else "mixed"


def beside(site: Path) -> list[str]:
    return sorted(path.name for path in site.parent.iterdir() if path != site)


def killed(event: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def asked_to_end(event: str) -> None:
    signal.raise_signal(signal.SIGTERM)


def refused(event: str) -> None:
    raise OSError(28, "No space left on device", event)


FATES = {"killed": killed, "asked to end": asked_to_end, "refused": refused}


def meet(site: Path, step: int, fate: str) -> tuple[str, int]:
    """Publish a new site in a process of its own.

    Returns the event at which the fate met it, or an empty string, and what the process exits with.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        with open(reading) as event:
            return event.read(), code
    count = itertools.count(1)
    fate, again, _ = fate.partition(" from then on")

    def hook(event: str, _: tuple) -> None:
        if not event.startswith(("os.", "open", "fcntl.", "ctypes.")):
            return
        number = next(count)
        if number == step:
            os.write(writing, event.encode())
        if number == step or number > step and again:
            FATES[fate](event)

    def build() -> (
        None
    ):  # a function of its own: what it held goes when it ends, as at the end of a process
        staging = staging_module.Staging(site)
        try:
            write(staging.site, "new")
            staging.publish()
        finally:
            ending.ignore()
            staging.discard()

    ending.listen()
    sys.addaudithook(hook)
    code = 1
    with suppress(Exception):
        try:
            build()
            code = 0
        except SystemExit as end:
            code = end.code
    os._exit(code)


def main(folder: Path, way: str, fate: str) -> None:
    if way == "two renames":
        staging_module._exchange = lambda one, other: False
    site = folder / "site"
    for before in ("old", "absent"):
        for step in itertools.count(1):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            if before == "old":
                site.mkdir()
                write(site, "old")
            event, code = meet(site, step, fate)
            then, left = published(site), beside(site)
            staging_module.Staging(site).discard()
            print(
                json.dumps(
                    {
                        "before": before,
                        "step": step,
                        "event": event,
                        "code": code,
                        "then": then,
                        "left": left,
                        "after": published(site),
                        "beside": beside(site),
                    }
                )
            )
            if not event:
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
