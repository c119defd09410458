"""Publish a site again and again, each time with a fate one step further on; print what became of it.

    python tests/fates.py FOLDER WAY FATE

A step is an audit event of Python's: before each call that touches the file system there is one. At the step the
process is killed, interrupted as by Ctrl-C, or refused by the system, once or from then on. For each step there is
a line of JSON: what is published just then, what after the next build has begun and ended, what is left beside it.
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

from explainer import swap

FILES = ("index.html", "facts.json", "en/index.html")


def write(site: Path, words: str) -> None:
    for name in FILES:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(words)


def published(site: Path) -> str:
    """`old`, `new`, `absent`, or `mixed`: whose files are at a path."""
    if not site.exists():
        return "absent"
    words = {(site / name).read_text() if (site / name).is_file() else "" for name in FILES}
    return words.pop() if len(words) == 1 else "mixed"


def killed(event: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupted(event: str) -> None:
    raise KeyboardInterrupt


def refused(event: str) -> None:
    raise OSError(28, "No space left on device", event)


def meet(site: Path, step: int, fate: str) -> str:
    """Publish a new site in a process of its own; the event at which the fate met it, or an empty string."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        os.waitpid(child, 0)
        with open(reading) as event:
            return event.read()
    count = itertools.count(1)

    def hook(event: str, _: tuple) -> None:
        if not event.startswith(("os.", "open", "fcntl.", "ctypes.")):
            return
        number = next(count)
        if number == step:
            os.write(writing, event.encode())
        if number == step or number > step and fate == "refused from then on":
            {"killed": killed, "interrupted": interrupted}.get(fate, refused)(event)

    def build() -> (
        None
    ):  # a function of its own: what it held goes when it ends, as at the end of a process
        staging = swap.Staging(site)
        write(staging.site, "new")
        staging.publish()
        staging.discard()

    sys.addaudithook(hook)
    with suppress(BaseException):
        build()
    os._exit(0)


def main(folder: Path, way: str, fate: str) -> None:
    if way == "two renames":
        swap._exchange = lambda one, other: False
    site = folder / "site"
    for before in ("old", "absent"):
        for step in itertools.count(1):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            if before == "old":
                site.mkdir()
                write(site, "old")
            event = meet(site, step, fate)
            then = published(site)
            swap.Staging(site).discard()
            beside = sorted(path.name for path in folder.iterdir() if path != site)
            print(
                json.dumps(
                    {
                        "before": before,
                        "step": step,
                        "event": event,
                        "then": then,
                        "after": published(site),
                        "beside": beside,
                    }
                )
            )
            if not event:
                break


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
