"""`python -m explainer`: the command line.

What the system refuses is said in a line, no character is too odd for a terminal, and output that cannot be
written or that nobody reads gives no traceback.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from explainer.editing.cli import main
from explainer.output import drop_unwritten, open_streams
from explainer.publishing.staging import describe_os_error

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
            click.echo(describe_os_error(error, "the output cannot be written"), err=True)
    return 1


if __name__ == "__main__":
    streams = open_streams()  # before Click wraps them
    for stream in streams:
        stream.reconfigure(errors="backslashreplace")
    code = run()
    for stream in streams:
        drop_unwritten(stream)
    sys.exit(code)
