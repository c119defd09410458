"""Signals that ask a process to end, and the only place that changes how they are handled.

A build that is asked to end removes what it made and exits with 128 + n, as a shell reports signal
n. One request is enough: the signals that follow are ignored, so that they cannot interrupt the
removal.
A build that has published ignores all of them, and exits with 0.

Python's finalization puts the system's default handler back wherever a Python function handled a
signal (`_PySignal_Fini` in CPython's Modules/signalmodule.c). A signal that arrives after that
would kill a process whose work is done. `SIG_IGN` is left as it is, so the last exit handler sets
it.
"""

from __future__ import annotations

import atexit
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Windows lacks the last two. SIGXCPU: the limit of processor time (`ulimit -t`) is reached.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGXCPU")


ENDING = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


_DEFAULT = (signal.SIG_DFL, signal.default_int_handler)


class Ending:
    """How this process answers a signal that asks it to end. There is one: `ending`."""

    def __init__(self) -> None:
        self.signal: signal.Signals | None = None  # the first one received in time
        self._ignored = False
        self._holds = 0
        self._handled: list[signal.Signals] = []
        self._interrupt: type[BaseException] = SystemExit

    def listen(self, interrupt: type[BaseException] = SystemExit) -> None:
        """Raise SystemExit on the first signal, or `interrupt` on Ctrl-C, and ignore the others.

        A signal that the parent process has set to be ignored stays so, as under nohup.
        """
        self._interrupt = interrupt
        self._handled = [number for number in ENDING if signal.getsignal(number) in _DEFAULT]
        for number in self._handled:
            signal.signal(number, self._handle)
        atexit.register(self._ignore_in_finalization)

    def ignore(self) -> None:
        """Ignore signals from here on: they come too late."""
        self._ignored = True

    def resume(self) -> None:
        """Answer signals again."""
        self._ignored = False

    def restore(self) -> None:
        """Handle signals as before `listen`, for what the process does after the build."""
        atexit.unregister(self._ignore_in_finalization)
        for number in self._handled:
            interrupts = number == signal.SIGINT
            signal.signal(number, signal.default_int_handler if interrupts else signal.SIG_DFL)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep signals waiting for a short time, in which an exception would do harm."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1
            if self.signal and not self._ignored and not self._holds:
                self._end()

    def check(self) -> None:
        """End if a signal was received and a library or a destructor swallowed the exception."""
        if self.signal:
            self._end()

    def _handle(self, number: int, _: FrameType | None) -> None:
        if self._ignored or self.signal:
            return
        self.signal = signal.Signals(number)
        if not self._holds:
            self._end()

    def _end(self) -> None:
        assert self.signal
        self._ignored = True
        if self.signal == signal.SIGINT and self._interrupt is not SystemExit:
            raise self._interrupt
        raise SystemExit(128 + self.signal)

    def _ignore_in_finalization(self) -> None:
        """Set SIG_IGN, which outlives Python's finalization.

        The signals are blocked before: one between Python's look for waiting signals and the
        change of the handler would be reported on standard error as lost.
        """
        self._ignored = True
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, self._handled)
        for number in self._handled:
            signal.signal(number, signal.SIG_IGN)


ending = Ending()
