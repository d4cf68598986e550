"""A recording of a glove, played as if it were worn."""

from __future__ import annotations

import time
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from engine.glove.adapters.adapter import LinkState
from engine.glove.adapters.replay_clock import ReplayClock
from engine.glove.adapters.threaded import POLL_S, Refused, ThreadedAdapter
from engine.glove.decoding.text_decoder import HEADER, TextDecoder
from engine.glove.reading import Reading
from engine.messages import Message, reason_of

_HEADER = HEADER + b" 1"
_LOOKED_THROUGH = 4096
_LONGEST_LINE = 4096


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
        self._clock = ReplayClock(speed)

    def _open(self) -> None:
        try:
            recording = self._file = self._path.open("rb")
            beginning = recording.read(_LOOKED_THROUGH)
            # Spreadsheets put a mark before the text that is none of it.
            recording.seek(len(BOM_UTF8) if beginning.startswith(BOM_UTF8) else 0)
        except FileNotFoundError as error:
            raise Refused(Message("glove.no-recording", name=self._title)) from error
        except OSError as error:
            reason = reason_of(error)
            raise Refused(
                Message("glove.recording-failed", name=self._title, reason=reason)
            ) from error
        if _HEADER not in beginning:
            raise Refused(Message("glove.recording-empty", name=self._title))
        self._ended, self._clock = False, ReplayClock(self._speed)

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

    def _state(self, now: float) -> tuple[LinkState, Message | None]:
        state, message = super()._state(now)
        if state == "silent" and not self._ended:
            # A pause in the recording, which goes on.
            return state, None
        return state, message

    def _wait_for(self, reading: Reading) -> bool:
        """Until its time has come. True when it is time to end."""
        now = time.perf_counter()
        wait_s = self._clock.due_s(reading.hand or reading.channel, reading.stamp_s, now) - now
        return self._wait(wait_s) if wait_s > 0 else self._ending
