"""The signs named so far: each once, when it is over."""

from __future__ import annotations

from dataclasses import dataclass

from engine.prediction import Prediction


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """`t_s`: the source's time at which the sign was named."""

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

    def add(self, prediction: Prediction) -> TranscriptEntry | None:
        """Take the next prediction; the new entry when one was made."""
        if prediction.sign is None or prediction.sign_span_s is None:
            return None
        entry = TranscriptEntry(prediction.sign, prediction.t_s, prediction.confidence)
        self.entries.append(entry)
        return entry
