"""The engine at work beside a window: capture here, inference next door, a snapshot to look at.

The camera never waits: between the capture thread and the thread that talks to the inference
process stands a slot of one where the newest frame wins. When that process ends by itself, it is
started again.
Nothing here blocks the caller; `latest()` returns an immutable snapshot.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from engine.bundle import BundleCard, BundleError
from engine.frame import Frame, Landmarks
from engine.inference_process import InferenceEndedError, InferenceProcess
from engine.landmark_pace import LandmarkPace
from engine.latest_slot import LatestSlot
from engine.prediction import Prediction
from engine.rate_meter import RateMeter
from engine.sources.base import FrameSource
from engine.sources.errors import SourceError
from engine.sources.live_opening import NO_CAMERA_SOURCE, first_camera, open_live
from engine.spotting import Transcript, TranscriptEntry
from engine.take_recorder import TakeRecorder
from engine.taught_signs import TaughtInfo, TaughtSignError

SourceState = Literal["opening", "open", "lost", "ended", "failed"]

PREDICTION_PERIOD_S = 0.12
"""At most eight answers a second: more would only move the bars faster than eyes follow."""

_RESTARTS, _RESTART_WINDOW_S = 3, 120.0
_KEEPS_ENDING = (
    "Recognition has stopped unexpectedly several times. Choose another vocabulary, or close other"
    " programs and start SignMirror again."
)


@dataclass(frozen=True, slots=True, eq=False)
class LiveState:
    """What the engine knows at one moment. Rates in Hz, times in milliseconds."""

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
    device: str = ""
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
    taught: tuple[TaughtInfo, ...] = ()
    taught_error: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Captured:
    frame: Frame
    captured: float
    source: int


class LiveEngine:
    """Runs one source through one bundle until told otherwise.

    `source_spec` None means: the first camera, and the reference motions when there is none.
    `on_prediction` is called in the inference thread, for every prediction.
    `loop` repeats files; without it a file ends and the state says so. With `networks_first` the
    source is opened only when there is something to recognise it with: a file that is played once
    shall not be half over by then.
    """

    def __init__(
        self,
        source_spec: str | None,
        bundle: str,
        *,
        left_handed: bool = False,
        loop: bool = True,
        networks_first: bool = False,
        on_prediction: Callable[[Prediction, LiveState], None] | None = None,
    ) -> None:
        self._spec, self._bundle_name = source_spec, bundle
        self._left_handed, self._loop = left_handed, loop
        self._on_prediction = on_prediction
        self._lock = threading.Lock()
        self._state = LiveState()
        self._stop = threading.Event()
        self._may_capture = threading.Event()
        if not networks_first:
            self._may_capture.set()
        self._source_changed = threading.Event()
        self._bundle_changed = threading.Event()
        self._source_ended = threading.Event()
        self._taught_changed = threading.Event()
        self._taught_folder: Path | None = None
        self.takes = TakeRecorder()
        self._slot: LatestSlot[_Captured] = LatestSlot()
        self._source: FrameSource | None = None
        self._source_number = 0
        self._cameras = RateMeter()
        self._predictions = RateMeter()
        self._transcript = Transcript()
        self._inference: InferenceProcess | None = None
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        for name, work in (("capture", self._capture), ("inference", self._infer)):
            thread = threading.Thread(target=work, name=f"signmirror-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End both threads and the process; False when a thread did not end in time."""
        self._stop.set()
        self._may_capture.set()
        self._source_changed.set()
        self._bundle_changed.set()
        self._slot.close()
        self._close_source()
        inference = self._inference
        if inference is not None:
            # It may be loading, which would take seconds.
            inference.close()
        deadline = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def latest(self) -> LiveState:
        now = time.perf_counter()
        with self._lock:
            return replace(
                self._state,
                camera_fps=self._cameras.rate_hz(now),
                predictions_per_s=self._predictions.rate_hz(now),
                dropped=self._slot.dropped,
            )

    def set_source(self, spec: str | None) -> None:
        """Change the source; the window starts afresh."""
        self._spec = spec
        self._source_changed.set()
        self._close_source()

    def set_bundle(self, name_or_path: str) -> None:
        self._bundle_name = name_or_path
        self._bundle_changed.set()

    def set_left_handed(self, left_handed: bool) -> None:
        self._left_handed = left_handed

    def set_taught(self, folder: Path | None) -> None:
        """Recognise the signs taught in `folder` too, as they are now; None: those of the bundle
        alone. `LiveState.taught` says what was made of them."""
        self._taught_folder = folder
        self._taught_changed.set()

    def clear_transcript(self) -> None:
        with self._lock:
            self._transcript.clear()
            self._state = replace(self._state, transcript=())

    def _update(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    # -- capture ---------------------------------------------------------------------------------

    def _close_source(self) -> None:
        source = self._source
        if source is not None:
            source.close()

    def _capture(self) -> None:
        self._may_capture.wait()
        while not self._stop.is_set():
            self._source_changed.clear()
            try:
                self._run_source()
            except SourceError as error:
                self._update(source_state="failed", source_message=str(error), frame=None)
            finally:
                self._close_source()
                self._source = None
            # Ended or failed: the window stays alive and waits for another choice.
            self._source_changed.wait()

    def _run_source(self) -> None:
        self._source_ended.clear()
        spec, no_camera = self._spec, False
        if spec is None:
            camera = first_camera()
            spec, no_camera = camera or NO_CAMERA_SOURCE, camera is None
        self._update(
            source_state="opening",
            source_spec=spec,
            source_name=spec,
            source_message=None,
            no_camera=no_camera,
        )
        source = open_live(spec, loop=self._loop, on_state=self._source_told)
        self._source = source
        self._source_number += 1
        self._update(source_name=source.name)
        first = self._state.frames == 0
        while not self._stop.is_set() and not self._source_changed.is_set():
            frame = source.read()
            if frame is None:
                if not self._source_changed.is_set():
                    # The state says so once everything that was seen has been named.
                    self._source_ended.set()
                return
            now = time.perf_counter()
            with self._lock:
                self._cameras.tick(now)
                self._state = replace(
                    self._state,
                    frame=frame,
                    first_t_s=frame.t_s if first else self._state.first_t_s,
                    frames=self._state.frames + 1,
                    source_state="open",
                    source_message=None,
                )
            first = False
            self._slot.put(_Captured(frame, now, self._source_number))

    def _source_told(self, state: SourceState, message: str | None) -> None:
        self._update(source_state=state, source_message=message)

    # -- inference -------------------------------------------------------------------------------

    def _infer(self) -> None:
        ends: list[float] = []
        while not self._stop.is_set():
            process = InferenceProcess()
            self._inference = process
            try:
                if self._stop.is_set():
                    # stop() may have come too early to know of this process.
                    return
                self._answer_with(process)
            except InferenceEndedError:
                if self._stop.is_set():
                    return
                now = time.monotonic()
                ends = [then for then in ends if now - then < _RESTART_WINDOW_S] + [now]
                self._update(ready=False, prediction=None, landmarks=None)
                if len(ends) > _RESTARTS:
                    self._update(bundle_error=_KEEPS_ENDING)
                    # Another vocabulary is another chance.
                    self._bundle_changed.wait()
                    ends.clear()
            finally:
                process.close()

    def _answer_with(self, process: InferenceProcess) -> None:
        loaded = self._load(process, loaded=False)
        source_number, answered = 0, 0.0
        pace = LandmarkPace()
        while not self._stop.is_set():
            if self._bundle_changed.is_set():
                loaded = self._load(process, loaded=loaded)
                pace.reset()
            if loaded and self._taught_changed.is_set():
                self._teach(process)
            captured = self._slot.take(0.2)
            if captured is None and self._source_ended.is_set():
                self._source_ended.clear()
                for named in process.finish() if loaded else ():
                    self._enter(named)
                self._update(source_state="ended")
            if captured is None or not loaded:
                continue
            afresh = captured.source != source_number
            if afresh:
                source_number = captured.source
                pace.reset()
            if not pace.is_due(captured.frame.t_s):
                continue
            pace.look(captured.frame.t_s)
            now = time.perf_counter()
            predict = now - answered >= PREDICTION_PERIOD_S
            answer = process.observe(
                captured.frame,
                captured=captured.captured,
                predict=predict,
                afresh=afresh,
                left_handed=self._left_handed,
            )
            if answer.landmarks is not None:
                self.takes.add(captured.frame, answer.landmarks)
                self._update(
                    landmarks=answer.landmarks,
                    landmarks_t_s=captured.frame.t_s,
                    landmark_ms=answer.landmarks_ms,
                )
            for named in answer.spotted:
                self._enter(named)
            if answer.prediction is not None:
                answered = now
                self._publish(answer.prediction)

    def _load(self, process: InferenceProcess, *, loaded: bool) -> bool:
        """Whether there is a bundle to answer with; the old one stays when the new one fails."""
        self._bundle_changed.clear()
        try:
            name = self._bundle_name
            card, device = process.load(name)
        except BundleError as error:
            self._update(bundle_error=str(error), ready=loaded)
            self._may_capture.set()
            return loaded
        self._update(
            card=card, bundle=name, bundle_error=None, ready=True, device=device, prediction=None
        )
        if self._taught_folder is not None:
            # A recognizer that is new knows nothing of them yet.
            self._taught_changed.set()
        self._may_capture.set()
        return True

    def _teach(self, process: InferenceProcess) -> None:
        self._taught_changed.clear()
        try:
            self._update(taught=process.teach(self._taught_folder), taught_error=None)
        except TaughtSignError as error:
            self._update(taught=(), taught_error=str(error))

    def _publish(self, prediction: Prediction) -> None:
        timing = prediction.timing
        with self._lock:
            self._predictions.tick(time.perf_counter())
            self._state = replace(
                self._state,
                prediction=prediction,
                prediction_count=self._state.prediction_count + 1,
                network_ms=timing.network,
                frame_to_label_ms=timing.frame_to_label,
            )
        if self._on_prediction is not None:
            self._on_prediction(prediction, self.latest())

    def _enter(self, named: Prediction) -> None:
        """A sign that is over, or 'no sign', goes into the transcript."""
        with self._lock:
            if self._transcript.add(named) is not None:
                self._state = replace(self._state, transcript=tuple(self._transcript.entries))
        if self._on_prediction is not None:
            self._on_prediction(named, self.latest())
