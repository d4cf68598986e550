"""The signs named so far: each once, when it is over."""

from __future__ import annotations

from dataclasses import dataclass

from engine.prediction import Prediction


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

    def __init__(self) -> None:
        self.entries: list[TranscriptEntry] = []

    def clear(self) -> None:
        self.entries.clear()

    def add(self, prediction: Prediction, t_s: float | None = None) -> TranscriptEntry | None:
        """Take the next prediction; the new entry when one was made. `t_s`: its moment on a clock
        other than the source's."""
        if prediction.sign is None or prediction.sign_span_s is None:
            return None
        moment = prediction.t_s if t_s is None else t_s
        entry = TranscriptEntry(prediction.sign, moment, prediction.confidence)
        self.entries.append(entry)
        return entry
