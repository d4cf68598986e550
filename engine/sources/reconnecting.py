"""A source that died is opened again, for as long as it takes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal

from engine.frame import Frame
from engine.sources.base import FrameSource
from engine.sources.errors import SourceError

State = Literal["open", "lost"]
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 8.0


class ReconnectingSource:
    """Opens with `opener`, and again after each failure, waiting 0.5, 1, 2 … 8 seconds.

    The first opening is not retried: a source that never worked is an error to be told at once.
    `on_state(state, message)` is called in the reading thread.
    """

    is_live = True

    def __init__(
        self,
        opener: Callable[[], FrameSource],
        *,
        on_state: Callable[[State, str | None], None] | None = None,
        first_wait_s: float = FIRST_WAIT_S,
    ) -> None:
        self._opener, self._on_state, self._first_wait_s = opener, on_state, first_wait_s
        self._closed = threading.Event()
        self._source: FrameSource | None = opener()
        self.name, self.fps = self._source.name, self._source.fps
        self._index = 0
        self._state: State = "open"

    @property
    def state(self) -> State:
        """`open`, or `lost` while it is being reopened."""
        return self._state

    @property
    def source(self) -> FrameSource | None:
        """What is read just now; None while it is being reopened."""
        return self._source

    def read(self) -> Frame | None:
        wait_s = self._first_wait_s
        while not self._closed.is_set():
            try:
                if self._source is None:
                    self._source = self._opener()
                    if self._closed.is_set():
                        self._source.close()
                        return None
                frame = self._source.read()
            except SourceError as error:
                self._drop(error.message)
                if self._closed.wait(wait_s):
                    return None
                wait_s = min(wait_s * 2, LONGEST_WAIT_S)
                continue
            if frame is None:
                return None
            if self._index == 0 or wait_s > self._first_wait_s:
                self._tell("open", None)
            self._index += 1
            return Frame(frame.image, frame.t_s, self._index - 1, frame.landmarks)
        return None

    def close(self) -> None:
        self._closed.set()
        source = self._source
        if source is not None:
            source.close()

    def _drop(self, message: str) -> None:
        if self._source is not None:
            self._source.close()
            self._source = None
        self._tell("lost", message)

    def _tell(self, state: State, message: str | None) -> None:
        self._state = state
        if self._on_state is not None and not self._closed.is_set():
            self._on_state(state, message)
