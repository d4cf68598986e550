"""Between two threads: one place, the newest wins, what was lost is counted."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """A queue of one. `put` never waits; an item nobody took in time is dropped and counted."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._item: T | None = None
        self._closed = False
        self.dropped = 0

    def put(self, item: T) -> None:
        with self._ready:
            if self._item is not None:
                self.dropped += 1
            self._item = item
            self._ready.notify()

    def take(self, timeout_s: float) -> T | None:
        """The newest item, or None when none came in time or the slot was closed."""
        with self._ready:
            if self._item is None and not self._closed:
                self._ready.wait(timeout_s)
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        with self._ready:
            self._closed = True
            self._ready.notify_all()
