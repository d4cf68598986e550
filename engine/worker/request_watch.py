"""How long the process next door may take to answer, and who notices when it does not."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST_STEP_S = 2.0

_STEP_S = 0.5


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds that each request may take; far more than a busy machine needs, for ending a process
    at work is worse than waiting for it. `load`: a bundle and the libraries that run it, networks
    that are compiled, a detector; `observe`: one picture; `teach`: as many taught signs as there
    may be; `finish`: all that the networks have still to name."""

    load_s: float = 120.0
    observe_s: float = 30.0
    teach_s: float = 600.0
    finish_s: float = 90.0


class AnswerClock:
    """Counts the seconds since something was asked.

    A step counts for two seconds at most, however long the clock says it took: while this process
    itself was stopped, or the whole computer asleep, nobody could have answered.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._limit_s: float | None = None
        self._waited_s, self._looked_s = 0.0, clock()
        self._busy_here = False

    def asked(self, limit_s: float) -> None:
        """Something was asked just now, to be answered within the limit."""
        with self._lock:
            self._limit_s, self._waited_s, self._looked_s = limit_s, 0.0, self._clock()

    def answered(self) -> None:
        with self._lock:
            self._limit_s = None

    @contextlib.contextmanager
    def not_counting(self) -> Iterator[None]:
        """While whoever reads the answers is busy with something else."""
        self._busy_here = True
        try:
            yield
        finally:
            with self._lock:
                self._busy_here, self._looked_s = False, self._clock()

    def is_overdue(self) -> bool:
        """Whether what was asked should have been answered by now. To be asked every second."""
        with self._lock:
            now = self._clock()
            if not self._busy_here:
                self._waited_s += min(now - self._looked_s, LONGEST_STEP_S)
            self._looked_s = now
            return self._limit_s is not None and self._waited_s > self._limit_s


class OverdueWatch:
    """A thread that calls `on_overdue`, once, when an answer is overdue; until `close`."""

    def __init__(self, clock: AnswerClock, on_overdue: Callable[[], None]) -> None:
        self._clock, self._on_overdue = clock, on_overdue
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="signmirror-watch", daemon=True)
        self._thread.start()

    def close(self, timeout_s: float) -> None:
        """May be called by `on_overdue` itself."""
        self._closed.set()
        if threading.current_thread() is not self._thread:
            self._thread.join(timeout_s)

    def _watch(self) -> None:
        while not self._closed.wait(_STEP_S):
            if self._clock.is_overdue():
                self._on_overdue()
                return
