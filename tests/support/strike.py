"""Run a Python module, and send it a signal at a defined moment.

    python tests/support/strike.py SIGNAL MOMENT MODULE [ARGUMENT…]

A moment is a pattern for an audit event and its arguments, such as `os.rmdir *.build-*`; a number, which
counts the audit events that name a staging folder; or `finalization`, when Python has put the system's
signal handlers back. A process that survives gets the signal again at each later event that names a staging
folder, and once more in finalization.
"""

from __future__ import annotations

import fnmatch
import itertools
import os
import runpy
import signal
import sys
from types import ModuleType


class Strike:
    """A signal that this process sends itself from a moment on."""

    def __init__(self, number: int, moment: str) -> None:
        self.number, self.moment = number, moment
        self.begun = moment == "finalization"
        self.events = itertools.count(1)

    def hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.moment == "finalization" or not event.startswith(("open", "os.", "ctypes.")):
            return
        words = " ".join(map(str, (event, *arguments)))
        in_staging = ".build-" in words
        if fnmatch.fnmatchcase(words, self.moment):
            self.begun = in_staging = True
        elif in_staging and str(next(self.events)) == self.moment:
            self.begun = True
        if self.begun and in_staging:
            signal.raise_signal(self.number)


class Finalization:
    """Python destroys what a module holds after it has put the system's signal handlers back."""

    def __init__(self, strike: Strike) -> None:
        self.strike = strike

    def __del__(self, kill=os.kill, process=os.getpid()) -> None:
        if self.strike.begun:
            kill(process, self.strike.number)


def main(number: str, moment: str, module: str, *arguments: str) -> None:
    strike = Strike(int(number), moment)
    sys.modules["strike_holder"] = ModuleType("strike_holder")
    sys.modules["strike_holder"].last = Finalization(strike)
    sys.addaudithook(strike.hook)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
