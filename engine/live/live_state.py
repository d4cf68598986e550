"""What the engine knows at one moment, and the board on which its threads write it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from engine.bundle import BundleCard
from engine.bundle.lessons import Lesson
from engine.frame import Frame, Landmarks
from engine.glove.glove_state import GloveState
from engine.live.demonstration import Demonstration
from engine.live.rate_meter import RateMeter
from engine.messages import Message
from engine.prediction import Prediction
from engine.segmentation.transcript import MOST_ENTRIES, Transcript, TranscriptEntry
from engine.sources.cameras.camera_listing import CameraInfo
from engine.teaching.taught_store import TaughtInfo

ANSWER_OLD_S = 1.5
"""An answer older than this says nothing about what is signed now."""

SourceState = Literal["opening", "open", "lost", "ended", "failed"]


@dataclass(frozen=True, slots=True, eq=False)
class LiveState:
    """Rates in Hz, times in milliseconds. `prediction`, `landmarks` and `hint` are of the source
    that runs now, and never older than `ANSWER_OLD_S`."""

    frame: Frame | None = None
    landmarks: Landmarks | None = None
    landmarks_t_s: float = 0.0
    prediction: Prediction | None = None
    prediction_count: int = 0
    listed: Prediction | None = None
    """What the sign that was made last is most like, where signs are only listed."""
    lessons: tuple[Lesson, ...] = ()
    """Of the bundle in use."""
    lesson: Lesson | None = None
    """The one whose words are named."""
    hint: Message | None = None
    """What would let signs be named better."""
    transcript: tuple[TranscriptEntry, ...] = ()
    showing: str | None = None
    """The sign whose recorded motion is shown, where the source knows."""
    recognised: str | None = None
    """What that motion has been named."""
    frames: int = 0
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
    video_stopped: bool = False
    """Pictures are not judged any more, for want of time."""
    source_spec: str = ""
    source_name: str = ""
    source_state: SourceState = "opening"
    source_message: str | None = None
    no_camera: bool = False
    camera: CameraInfo | None = None
    """The camera that gives the pictures, as it is listed now."""
    card: BundleCard | None = None
    bundle: str = ""
    """What `card` was loaded by: a name or a path."""
    bundle_error: str | None = None
    ready: bool = False
    restarting: str | None = None
    """Why recognition is being started again, until it is there."""
    sight_error: str | None = None
    """Why nobody can be looked for in the pictures of this source."""
    gloves: tuple[GloveState, ...] = ()
    """How each glove that is worn is."""
    taught: tuple[TaughtInfo, ...] = ()
    taught_error: str | None = None


class LiveBoard:
    """Written by the engine's threads, read by anyone, at any time.

    What is told of a source that has been left is not taken: answers may come late.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """`clock`: seconds that only grow, the same as of `captured` times."""
        self._lock = threading.Lock()
        self._clock, self._began_s = clock, clock()
        self._state = LiveState()
        self._cameras, self._predictions = RateMeter(), RateMeter()
        self._transcript = Transcript(MOST_ENTRIES)
        self._demonstration = Demonstration()
        self._source = 0
        self._predicted_s = self._looked_s = self._entered_s = float("-inf")

    def latest(self) -> LiveState:
        now = self._clock()
        with self._lock:
            state = self._state
            if now - self._predicted_s > ANSWER_OLD_S:
                state = replace(state, prediction=None)
            if now - self._looked_s > ANSWER_OLD_S:
                state = replace(state, landmarks=None, hint=None)
            return replace(
                state,
                camera_fps=self._cameras.rate_hz(now),
                predictions_per_s=self._predictions.rate_hz(now),
            )

    def update(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def source_begins(self, number: int) -> None:
        """From now on another source is looked at: answers about the one before are over."""
        with self._lock:
            self._source = number
        self.forget_answers()

    def forget_answers(self) -> None:
        """There is no picture any more that they could be about."""
        with self._lock:
            self._demonstration = Demonstration()
            self._state = replace(
                self._state,
                prediction=None,
                listed=None,
                landmarks=None,
                hint=None,
                showing=None,
                recognised=None,
            )

    def frame_captured(self, frame: Frame, now_s: float) -> None:
        with self._lock:
            self._cameras.tick(now_s)
            self._demonstration.shown(frame.t_s, frame.showing)
            self._state = replace(
                self._state,
                frame=frame,
                showing=frame.showing,
                recognised=self._demonstration.recognised,
                frames=self._state.frames + 1,
                source_state="open",
                source_message=None,
            )

    def looked(self, source: int, captured: float, **seen: object) -> None:
        """What was seen in a frame that was taken at `captured`."""
        with self._lock:
            if source == self._source:
                self._looked_s = captured
                self._state = replace(self._state, **seen)  # type: ignore[arg-type]

    def predicted(self, source: int, prediction: Prediction) -> bool:
        """What the window shows just now; whether it was taken."""
        with self._lock:
            if source != self._source:
                return False
            self._predicted_s = now = self._clock()
            self._predictions.tick(now)
            self._demonstration.answered(prediction)
            self._state = replace(
                self._state,
                prediction=prediction,
                recognised=self._demonstration.recognised,
                prediction_count=self._state.prediction_count + 1,
                network_ms=prediction.timing.network,
                frame_to_label_ms=prediction.timing.frame_to_label,
            )
            return True

    def entered(self, source: int, named: Prediction) -> bool:
        """A sign that is over, or 'no sign', goes into the transcript; whether it was taken."""
        with self._lock:
            if source != self._source:
                return False
            captured_s = self._clock() - named.timing.frame_to_label / 1e3
            self._entered_s = max(self._entered_s, captured_s - self._began_s, 0.0)
            self._demonstration.answered(named)
            self._state = replace(self._state, recognised=self._demonstration.recognised)
            if named.alike:
                self._state = replace(
                    self._state,
                    listed=named,
                    prediction_count=self._state.prediction_count + 1,
                )
            if self._transcript.add(named, self._entered_s) is not None:
                self._state = replace(self._state, transcript=tuple(self._transcript.entries))
            return True

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
