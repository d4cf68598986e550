"""Ctrl+C, and a polite request to end, while no window is open."""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType, TracebackType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption:
    """Within it, Ctrl+C and SIGTERM are noted, and whoever works ends at the next good moment; a
    second one raises KeyboardInterrupt, for work that has no good moment.

    Only the main thread hears signals; in any other one nothing is changed.
    """

    def __init__(self) -> None:
        self._signal: int | None = None
        self._before: dict[int, object] = {}

    @property
    def asked(self) -> bool:
        """Whether somebody wants this to end."""
        return self._signal is not None

    @property
    def status(self) -> int:
        """The exit status by which shells know why: 130 for Ctrl+C, 143 for SIGTERM; else 0."""
        return 0 if self._signal is None else 128 + self._signal

    def wait(self, seconds: float) -> bool:
        """Let a moment pass; whether somebody wants this to end."""
        # No event: to set one in a signal's handler is to wait for oneself, with bad luck.
        time.sleep(seconds)
        return self.asked

    def __enter__(self) -> Interruption:
        if threading.current_thread() is threading.main_thread():
            # What is ignored from the start, as Ctrl+C in the background, stays so.
            for one in (s for s in _SIGNALS if signal.getsignal(s) != signal.SIG_IGN):
                self._before[one] = signal.signal(one, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one, before in self._before.items():
            # None: something that Python did not install, and cannot put back.
            signal.signal(one, signal.SIG_DFL if before is None else before)  # type: ignore[arg-type]
        self._before.clear()

    def _note(self, number: int, _: FrameType | None) -> None:
        if self._signal is not None:
            raise KeyboardInterrupt
        self._signal = number
