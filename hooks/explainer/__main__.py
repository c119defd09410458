"""`python -m explainer`: the command line. What the system refuses is said in a line, and no letter is too odd for a terminal."""

import sys

from .cli import main
from .swap import in_words

for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(errors="backslashreplace")
try:
    main(prog_name=".venv/bin/explainer")
except OSError as error:
    sys.exit(in_words(error))
