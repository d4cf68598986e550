"""When a sign counts as signed: named once when it is stable, not on every prediction."""

from __future__ import annotations

from dataclasses import dataclass

from engine.prediction import Prediction

_FEWEST = 3
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """`t_s`: the source's time at which the sign was entered."""

    sign: str
    t_s: float
    confidence: float


class Transcript:
    """Turns a run of predictions into signs.

    A sign is entered once it has been predicted without interruption for `stable_s` seconds, at
    least `_FEWEST` times, and more likely than not on the whole: while a sign comes into the window
    or leaves it, what is seen of it resembles others for a moment. For `pause_s` seconds after an
    entry only what is left of that sign can be in view, so nothing is entered. The same sign can be
    entered again after the predictions have left it for `release_s` seconds: with the hands at rest
    between two equal signs, the second one is a new one.
    """

    def __init__(self, stable_s: float = 0.6, release_s: float = 0.5, pause_s: float = 0.8) -> None:
        self.stable_s, self.release_s, self.pause_s = stable_s, release_s, pause_s
        self.entries: list[TranscriptEntry] = []
        self._candidate: str | None = None
        self._since_s = 0.0
        self._confidences: list[float] = []
        self._held: str | None = None
        self._held_last_s = 0.0
        self._newest_s = 0.0

    def clear(self) -> None:
        """Forget the entries, not the sign being held: it must not be entered a second time."""
        self.entries.clear()

    def add(self, prediction: Prediction) -> TranscriptEntry | None:
        """Take the next prediction; the new entry when one was made."""
        now, sign = prediction.t_s, prediction.sign
        if now < self._newest_s:
            # The source began again: nothing that was held is still in view.
            self._candidate = self._held = None
        self._newest_s = now
        if sign == self._held and sign is not None:
            self._held_last_s = now
        elif self._held is not None and now - self._held_last_s >= self.release_s:
            self._held = None
        if sign != self._candidate:
            self._candidate, self._since_s, self._confidences = sign, now, []
        self._confidences.append(prediction.confidence)
        if sign is None or sign == self._held or not self._is_stable(now):
            return None
        if now - self._held_last_s < self.pause_s and self.entries:
            return None
        entry = TranscriptEntry(sign, now, max(self._confidences))
        self.entries.append(entry)
        self._held, self._held_last_s = sign, now
        return entry

    def _is_stable(self, now_s: float) -> bool:
        n = len(self._confidences)
        mean = sum(self._confidences) / n
        return n >= _FEWEST and now_s - self._since_s >= self.stable_s and mean >= _SURE
