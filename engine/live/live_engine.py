"""The engine at work beside a window: capture here, inference next door, a snapshot to look at.

The camera never waits: between the capture thread and the thread that talks to the inference
process stands a slot of one where the newest frame wins.
Nothing here blocks the caller; `latest()` returns an immutable snapshot.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from engine.clips.frame_sampler import FrameSampler
from engine.glove.gloves import Gloves
from engine.glove.imu_window import finger_rows, imu_rows
from engine.live.captured import Captured
from engine.live.inference_loop import LiveInference
from engine.live.latest_slot import LatestSlot
from engine.live.live_state import LiveBoard, LiveState, SourceState
from engine.live.paired_take import PairedTakeRecorder
from engine.live.power import BudgetChoice
from engine.live.suited_gloves import suited
from engine.prediction import Prediction
from engine.runtime.backend import AUTOMATIC
from engine.sources.base import FrameSource
from engine.sources.cameras.camera_modes import CameraSizes
from engine.sources.cameras.orientation import Turn, turned
from engine.sources.errors import SourceError
from engine.sources.live_opening import (
    NO_CAMERA_SOURCE,
    camera_of,
    open_first_camera,
    open_live,
    shows_motions,
)
from engine.sources.motion.references import vocabulary_named, vocabulary_of
from engine.sources.opening import REFERENCE_PREFIX, shown_name
from engine.teaching.take_recorder import TakeRecorder
from engine.worker.messages import Worn
from engine.worker.request_watch import TimeLimits

NO_SOURCE = "none:"
"""Nothing is looked at: for what is recognised by gloves alone."""


class LiveEngine:
    """Runs one source through one bundle until told otherwise.

    `source_spec` None means: the first camera, and the reference motions when there is none.
    `runtime`: what shall run the networks; where that has to be made or measured first, what the
    bundle brings answers meanwhile, or plain torch. `budget`: how much of the machine they may
    take.
    `on_prediction` is called for every prediction, in a thread of the engine; what it raises goes
    to `threading.excepthook`, and the engine goes on. `limits`: how long the process next door may
    take for an answer before it is started again.
    `loop` repeats files; without it a file ends and the state says so. With `networks_first` the
    source is opened only when there is something to recognise it with: a file that is played once
    shall not be half over by then. `gloves`: what is worn, as `parse_spec` reads it;
    `calibrations`: the file that remembers how each was put on. Raises GloveError.
    """

    def __init__(
        self,
        source_spec: str | None,
        bundle: str,
        *,
        runtime: str = AUTOMATIC,
        budget: BudgetChoice = "auto",
        left_handed: bool = False,
        loop: bool = True,
        networks_first: bool = False,
        on_prediction: Callable[[Prediction, LiveState], None] | None = None,
        limits: TimeLimits | None = None,
        gloves: Sequence[str] = (),
        calibrations: Path | None = None,
    ) -> None:
        self._spec, self._loop = source_spec, loop
        self._board = LiveBoard()
        self._stop = threading.Event()
        self._may_capture = threading.Event()
        if not networks_first:
            self._may_capture.set()
        self._source_changed = threading.Event()
        self.takes = TakeRecorder()
        self._slot: LatestSlot[Captured] = LatestSlot()
        self.gloves = Gloves(calibrations)
        """What is worn beside the camera; `LiveState.gloves` says how it is."""
        self.paired_takes = PairedTakeRecorder(self.gloves)
        """Takes of pictures and gloves together."""
        self._told = on_prediction
        self._source: FrameSource | None = None
        self._source_number = 0
        self._inference = LiveInference(
            self._board,
            self._slot,
            self.takes,
            self.paired_takes,
            self._stop,
            bundle=bundle,
            runtime=runtime,
            on_prediction=self._predicted,
            on_settled=self._settled,
            latest=self.latest,
            limits=limits,
            worn=self._worn,
        )
        self._inference.left_handed, self._inference.budget = left_handed, budget
        self._inference.looks = _needs_looking(source_spec)
        self.camera_sizes = CameraSizes()
        """How large the pictures of cameras shall be; heeded when one is opened."""
        self.turn: Turn = 0
        """How far pictures are turned before they are shown and recognised."""
        self._vocabulary = vocabulary_named(bundle)
        self._threads: list[threading.Thread] = []
        self.gloves.wear(gloves)

    def start(self) -> None:
        for name, work in (("inference", self._inference.run), ("capture", self._capture)):
            thread = threading.Thread(target=work, name=f"signmirror-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End both threads and the processes; False when a thread did not end in time."""
        self._stop.set()
        self._may_capture.set()
        self._source_changed.set()
        self._slot.close()
        self._close_source()
        self._inference.interrupt()
        self.gloves.close()
        deadline = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def latest(self) -> LiveState:
        state = self._board.latest()
        gloves = suited(state.card, self.gloves.state())
        return replace(state, dropped=self._slot.dropped, gloves=gloves)

    @property
    def source_spec(self) -> str | None:
        """What was last asked for; `LiveState.source_spec` is what is shown."""
        return self._spec

    def set_source(self, spec: str | None) -> None:
        """Change the source; the window starts afresh."""
        self._spec = spec
        self._inference.looks = _needs_looking(spec)
        self._source_changed.set()
        self._close_source()

    def set_bundle(self, name_or_path: str) -> None:
        self._inference.set_bundle(name_or_path)

    def set_runtime(self, runtime: str) -> None:
        """Have the networks run by this; made first, in the background, where they have to be."""
        self._inference.set_runtime(runtime)

    def set_budget(self, budget: BudgetChoice) -> None:
        self._inference.budget = budget

    def set_left_handed(self, left_handed: bool) -> None:
        self._inference.left_handed = left_handed

    def set_taught(self, folder: Path | None) -> None:
        """Recognise the signs taught in `folder` too, as they are now; None: those of the bundle
        alone. `LiveState.taught` says what was made of them."""
        self._inference.set_taught(folder)

    def set_lesson(self, lesson: str | None) -> None:
        """Name the words of this lesson of the bundle, by its id; None: list what is alike.
        `LiveState.lesson` is the one in use."""
        self._inference.set_lesson(lesson)

    def clear_transcript(self) -> None:
        """Empty the transcript; until `forget_cleared`, `restore_transcript` brings it back."""
        self._board.clear_transcript()

    def restore_transcript(self) -> None:
        self._board.restore_transcript()

    def forget_cleared(self) -> None:
        self._board.forget_cleared()

    def _worn(self) -> Worn:
        wrists, fingers = self.gloves.take()
        offsets = self.gloves.offset_s("left"), self.gloves.offset_s("right")
        return Worn(imu_rows(wrists), finger_rows(fingers), offsets)

    def _predicted(self, prediction: Prediction, state: LiveState) -> None:
        sensor = state.card.sensor if state.card is not None else None
        if prediction.sign_span_s is None and sensor is not None:
            # Of a span that ends now, by which clocks can be compared.
            left_handed = self._inference.left_handed
            self.gloves.generated(prediction, gyro_axes=sensor.gyro_axes, left_handed=left_handed)
        if self._told is not None:
            self._told(prediction, state)

    def _settled(self) -> None:
        """There is a bundle to recognise with, or none to be had: each shows its own motions."""
        card = self._board.latest().card
        if card is not None and (own := vocabulary_of(card.glosses)) != self._vocabulary:
            self._vocabulary = own
            source = self._source
            if shows_motions(self._board.latest().source_spec) and source is not None:
                self._source_changed.set()
                source.close()
        self._may_capture.set()

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
                self._board.update(source_state="failed", source_message=error.message, frame=None)
                self._board.forget_answers()
            finally:
                self._close_source()
                self._source = None
            # Ended or failed: the window stays alive and waits for another choice.
            self._source_changed.wait()

    def _run_source(self) -> None:
        spec = self._spec
        # Before it is opened, which may take seconds: what is said of the one before is over.
        self._begin()
        self._board.update(
            frame=None,
            source_state="opening",
            source_spec=spec or "",
            source_name=shown_name(spec or ""),
            source_message=None,
            no_camera=False,
            camera=None,
        )
        if spec == NO_SOURCE:
            self._board.update(source_state="open")
            return
        source = None
        if spec is None:
            source = open_first_camera(on_state=self._source_told, sizes=self.camera_sizes)
            camera = camera_of(source)
            spec = camera.spec if camera else NO_CAMERA_SOURCE
            self._board.update(source_spec=spec, no_camera=source is None)
        if source is None:
            vocabulary = self._vocabulary
            source = open_live(
                spec,
                loop=self._loop,
                on_state=self._source_told,
                sizes=self.camera_sizes,
                vocabulary=vocabulary,
            )
            if vocabulary != self._vocabulary and shows_motions(spec):
                # Another bundle came meanwhile, with motions of its own.
                source.close()
                self._source_changed.set()
                return
        self._source = source
        turned_by = self.turn
        self._board.update(source_name=source.name, camera=camera_of(source))
        sampler = FrameSampler()
        while not self._stop.is_set() and not self._source_changed.is_set():
            frame = source.read()
            turn = self.turn
            if turn != turned_by:
                # What was seen lies across what is seen from here on.
                turned_by = turn
                self._begin()
            if frame is None:
                if not self._source_changed.is_set():
                    # The state says so once everything that was seen has been named.
                    self._inference.source_ended()
                return
            frame = turned(frame, turn)
            now = time.perf_counter()
            self._board.frame_captured(frame, now)
            if sampler.is_due(frame.t_s):
                # What is only shown was never lost: `dropped` counts what should be looked at.
                sampler.take(frame.t_s)
                captured = Captured(frame, now, self._source_number)
                if not self._inference.keep_until_loaded(captured):
                    self._slot.put(captured)
            sampler.rate_hz = self._inference.landmark_rate_hz

    def _begin(self) -> None:
        self._source_number += 1
        self._inference.source_begins(self._source_number)

    def _source_told(self, state: SourceState, message: str | None) -> None:
        self._board.update(source_state=state, source_message=message)
        camera = camera_of(self._source) if state == "open" else None
        if camera is not None:
            self._board.update(camera=camera)


def _needs_looking(spec: str | None) -> bool:
    """Whether people have to be found in its pictures."""
    return not (spec or "").startswith(REFERENCE_PREFIX)
