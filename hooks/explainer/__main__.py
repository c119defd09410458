"""`python -m explainer`: the command line.

What the system refuses is said in a line, no character is too odd for a terminal, and output that cannot be
written or that nobody reads gives no traceback.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

import click

from .cli import main
from .swap import in_words

BROKEN_PIPE = 128 + 13  # what a shell reports of a program that SIGPIPE has ended
STDOUT = sys.stdout


def run() -> int | str | None:
    """Run the command line; return what to exit with."""
    try:
        main(prog_name=".venv/bin/explainer")
    except SystemExit as end:
        # Where nobody reads a pipe any more, Click puts a wrapper around both streams and exits with 1.
        return end.code if sys.stdout is STDOUT else BROKEN_PIPE
    except OSError as error:
        with suppress(OSError):
            click.echo(in_words(error, "the output cannot be written"), err=True)
    return 1


def drop_unwritten(stream: TextIOWrapper) -> None:
    """Drop what a stream cannot write: Python would try again while it ends, and print a traceback."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    streams = [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, TextIOWrapper)]
    for stream in streams:  # one that is closed is None
        stream.reconfigure(errors="backslashreplace")
    code = run()
    for stream in streams:
        drop_unwritten(stream)
    sys.exit(code)
