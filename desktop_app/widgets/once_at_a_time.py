"""Work that sets itself off again."""

from __future__ import annotations

from collections.abc import Callable

_MOST_ROUNDS = 4


class OnceAtATime:
    """Calls `work`; a call from within `work` waits for its end and then has it done anew.

    Qt lays out at once what is shown, in the middle of whatever shows it: without this, parts would
    be shown and hidden by two rounds of the same work, one inside the other.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._running = self._again = False

    def __call__(self) -> None:
        if self._running:
            self._again = True
            return
        self._running = True
        try:
            for _ in range(_MOST_ROUNDS):
                self._again = False
                self._work()
                if not self._again:
                    break
        finally:
            self._running = False
