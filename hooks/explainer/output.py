"""Standard streams that are closed, full, or a pipe that nobody reads any more."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def open_streams() -> list[TextIOWrapper]:
    """The standard streams for output; one that was closed when Python began is None."""
    return [stream for stream in (sys.stdout, sys.stderr) if isinstance(stream, TextIOWrapper)]


def drop_unwritten(stream: TextIOWrapper) -> None:
    """Drop what a stream cannot write: Python would try again while it ends, and exit with 120."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
