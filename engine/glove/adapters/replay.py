"""A recording of a glove, played as if it were worn."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from engine.glove.adapters.threaded import POLL_S, Refused, ThreadedAdapter
from engine.glove.decoding.text_decoder import HEADER, TextDecoder
from engine.glove.reading import Reading
from engine.messages import Message, reason_of

_HEADER = HEADER + b" 1"
_LOOKED_THROUGH = 4096
_LONGEST_LINE = 4096
_LONGEST_GAP_S = 5.0
"""A longer pause in a recording is cut to nothing: somebody put the glove away."""
_UNSTAMPED_STEP_S = 0.01


class ReplayAdapter(ThreadedAdapter):
    """Text as our own gloves send it, each line when its time has come.

    Two hands take turns by headers (`hand=L`, `hand=R`) or stand in one line (`lax…`, `rax…`).
    """

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        path: str | Path,
        *,
        speed: float = 1.0,
    ) -> None:
        """`speed`: 2 plays twice as fast."""
        path = Path(path)
        super().__init__(on_readings, f"replay:{path}", path.name)
        self._path, self._speed = path, speed
        self._decoder: TextDecoder = TextDecoder()
        self._file: IO[bytes] | None = None
        self._ended = False
        self._start_s = 0.0
        self._first_s: float | None = None
        self._last_s = 0.0

    def _open(self) -> None:
        try:
            recording = self._file = self._path.open("rb")
            beginning = recording.read(_LOOKED_THROUGH)
            recording.seek(0)
        except FileNotFoundError as error:
            raise Refused(Message("glove.no-recording", name=self._title)) from error
        except OSError as error:
            reason = reason_of(error)
            raise Refused(Message("glove.port-failed", name=self._title, reason=reason)) from error
        if _HEADER not in beginning:
            raise Refused(Message("glove.recording-empty", name=self._title))
        self._start_s = time.perf_counter()

    def _read(self) -> None:
        assert self._file is not None
        if self._ended:
            self._wait(POLL_S)
            return
        line = self._file.readline(_LONGEST_LINE)
        if not line:
            self._ended = True
            return
        self._heard(len(line))
        for reading in self._decoder.feed(line, time.perf_counter()):
            if self._wait_for(reading):
                return
            self._hand_on([replace(reading, arrival_s=time.perf_counter())])

    def _shut(self) -> None:
        recording, self._file = self._file, None
        if recording is not None:
            recording.close()

    def _silence(self) -> Message:
        return Message("glove.recording-ended", name=self._title)

    def _wait_for(self, reading: Reading) -> bool:
        """Until its time has come. True when it is time to end."""
        stamp_s = reading.stamp_s
        if stamp_s is None:
            stamp_s = self._last_s + _UNSTAMPED_STEP_S
        if self._first_s is None or abs(stamp_s - self._last_s) > _LONGEST_GAP_S:
            self._first_s, self._start_s = stamp_s, time.perf_counter()
        self._last_s = stamp_s
        wait_s = self._start_s + (stamp_s - self._first_s) / self._speed - time.perf_counter()
        return self._wait(wait_s) if wait_s > 0 else self._ending
