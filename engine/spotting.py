"""When a sign counts as signed: named once when it is stable, not on every prediction."""

from __future__ import annotations

from dataclasses import dataclass

from engine.prediction import Prediction


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """`t_s`: the source's time at which the sign was entered."""

    sign: str
    t_s: float
    confidence: float


class Transcript:
    """Turns a run of predictions into signs.

    A sign is entered once it has been predicted without interruption for `stable_s` seconds and at
    least twice. It can be entered again after the predictions have left it for `release_s` seconds:
    with the hands at rest between two equal signs, the second one is a new one.
    """

    def __init__(self, stable_s: float = 0.4, release_s: float = 0.5) -> None:
        self.stable_s, self.release_s = stable_s, release_s
        self.entries: list[TranscriptEntry] = []
        self._candidate: str | None = None
        self._since_s = 0.0
        self._seen = 0
        self._best = 0.0
        self._held: str | None = None
        self._held_last_s = 0.0

    def clear(self) -> None:
        """Forget the entries, not the sign being held: it must not be entered a second time."""
        self.entries.clear()

    def add(self, prediction: Prediction) -> TranscriptEntry | None:
        """Take the next prediction; the new entry when one was made."""
        now, sign = prediction.t_s, prediction.sign
        if sign == self._held and sign is not None:
            self._held_last_s = now
        elif self._held is not None and now - self._held_last_s >= self.release_s:
            self._held = None
        if sign != self._candidate:
            self._candidate, self._since_s, self._seen, self._best = sign, now, 0, 0.0
        self._seen += 1
        self._best = max(self._best, prediction.confidence)
        if sign is None or sign == self._held or self._seen < 2:
            return None
        if now - self._since_s < self.stable_s:
            return None
        entry = TranscriptEntry(sign, now, self._best)
        self.entries.append(entry)
        self._held, self._held_last_s = sign, now
        return entry
