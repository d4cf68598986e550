"""The signs named so far: each once, when it is over."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from engine.prediction import Prediction

MOST_ENTRIES = 5_000
"""So many signs are kept beside a window: some hours of signing without a pause."""


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """`t_s`: when the sign was named; of a file its own seconds, live the seconds since the engine
    began, which only grow whatever source is chosen."""

    sign: str
    t_s: float
    confidence: float


class Transcript:
    """Collects the predictions that name a sign that is over; 'no sign' and predictions of
    whatever the window shows just then are not entered."""

    def __init__(self, most: int | None = None) -> None:
        """`most`: how many entries are kept, the oldest going first; None: all."""
        self.entries: deque[TranscriptEntry] = deque(maxlen=most)
        self._cleared: tuple[TranscriptEntry, ...] = ()

    def clear(self) -> None:
        """Empty it; `restore` brings back what stood there. Clearing nothing forgets nothing."""
        if self.entries:
            self._cleared = tuple(self.entries)
        self.entries.clear()

    def restore(self) -> None:
        """Put what was cleared last before what has been entered since; once."""
        since, self._cleared = (*self._cleared, *self.entries), ()
        self.entries = deque(since, maxlen=self.entries.maxlen)

    def forget_cleared(self) -> None:
        """From now on, what was cleared cannot come back."""
        self._cleared = ()

    def add(self, prediction: Prediction, t_s: float | None = None) -> TranscriptEntry | None:
        """Take the next prediction; the new entry when one was made. `t_s`: its moment on a clock
        other than the source's."""
        if prediction.sign is None or prediction.sign_span_s is None:
            return None
        moment = prediction.t_s if t_s is None else t_s
        entry = TranscriptEntry(prediction.sign, moment, prediction.confidence)
        self.entries.append(entry)
        return entry
