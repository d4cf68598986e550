"""What the engine knows at one moment, and the board on which its threads write it."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import Literal

from engine.bundle import BundleCard
from engine.frame import Frame, Landmarks
from engine.prediction import Prediction
from engine.rate_meter import RateMeter
from engine.spotting import MOST_ENTRIES, Transcript, TranscriptEntry
from engine.taught_signs import TaughtInfo

SourceState = Literal["opening", "open", "lost", "ended", "failed"]


@dataclass(frozen=True, slots=True, eq=False)
class LiveState:
    """Rates in Hz, times in milliseconds."""

    frame: Frame | None = None
    landmarks: Landmarks | None = None
    landmarks_t_s: float = 0.0
    prediction: Prediction | None = None
    prediction_count: int = 0
    transcript: tuple[TranscriptEntry, ...] = ()
    frames: int = 0
    first_t_s: float = 0.0
    camera_fps: float = 0.0
    predictions_per_s: float = 0.0
    dropped: int = 0
    landmark_ms: float = 0.0
    network_ms: float = 0.0
    frame_to_label_ms: float = 0.0
    runtime: str = ""
    """What runs the networks."""
    runtime_note: str | None = None
    """Why it is something else than was wanted."""
    preparing: float | None = None
    """How far faster networks are, 0 to 1, while they are being made."""
    film_stopped: bool = False
    """Pictures are not judged any more, for want of time."""
    source_spec: str = ""
    source_name: str = ""
    source_state: SourceState = "opening"
    source_message: str | None = None
    no_camera: bool = False
    card: BundleCard | None = None
    bundle: str = ""
    """What `card` was loaded by: a name or a path."""
    bundle_error: str | None = None
    ready: bool = False
    restarting: str | None = None
    """Why recognition is being started again, until it is there."""
    sight_error: str | None = None
    """Why nobody can be looked for in the pictures of this source."""
    taught: tuple[TaughtInfo, ...] = ()
    taught_error: str | None = None


class LiveBoard:
    """Written by the engine's threads, read by anyone, at any time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = LiveState()
        self._cameras, self._predictions = RateMeter(), RateMeter()
        self._transcript = Transcript(MOST_ENTRIES)

    def latest(self) -> LiveState:
        now = time.perf_counter()
        with self._lock:
            return replace(
                self._state,
                camera_fps=self._cameras.rate_hz(now),
                predictions_per_s=self._predictions.rate_hz(now),
            )

    def update(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def frame_captured(self, frame: Frame, now_s: float) -> None:
        with self._lock:
            self._cameras.tick(now_s)
            first = self._state.frames == 0
            self._state = replace(
                self._state,
                frame=frame,
                first_t_s=frame.t_s if first else self._state.first_t_s,
                frames=self._state.frames + 1,
                source_state="open",
                source_message=None,
            )

    def predicted(self, prediction: Prediction) -> None:
        """What the window shows just now."""
        with self._lock:
            self._predictions.tick(time.perf_counter())
            self._state = replace(
                self._state,
                prediction=prediction,
                prediction_count=self._state.prediction_count + 1,
                network_ms=prediction.timing.network,
                frame_to_label_ms=prediction.timing.frame_to_label,
            )

    def entered(self, named: Prediction) -> None:
        """A sign that is over, or 'no sign', goes into the transcript."""
        with self._lock:
            if self._transcript.add(named) is not None:
                self._state = replace(self._state, transcript=tuple(self._transcript.entries))

    def clear_transcript(self) -> None:
        with self._lock:
            self._transcript.clear()
            self._state = replace(self._state, transcript=())

    def restore_transcript(self) -> None:
        with self._lock:
            self._transcript.restore()
            self._state = replace(self._state, transcript=tuple(self._transcript.entries))

    def forget_cleared(self) -> None:
        with self._lock:
            self._transcript.forget_cleared()
