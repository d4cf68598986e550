"""The half of the live engine that recognises: it shows frames to the process next door, starts
that again when it ends by itself, and has faster networks made beside it."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from engine.bundle import BundleError
from engine.clips.frame_sampler import LANDMARK_RATE_HZ
from engine.landmarks.detector import LandmarkModelError
from engine.live.captured import Captured
from engine.live.latest_slot import LatestSlot
from engine.live.live_state import LiveBoard, LiveState
from engine.live.paired_take import PairedTakeRecorder
from engine.live.power import BudgetChoice, budget_for, on_battery
from engine.logs import log_file
from engine.messages import Message
from engine.prediction import Prediction
from engine.runtime.background_autotune import BackgroundAutotune
from engine.runtime.network_cache import default_cache
from engine.teaching.take_recorder import TakeRecorder
from engine.teaching.taught_store import TaughtSignError
from engine.worker.client import (
    InferenceEndedError,
    InferenceHangsError,
    WorkerClient,
)
from engine.worker.messages import Loaded, Worn
from engine.worker.request_watch import TimeLimits
from engine.worker.scheduler import Budget

_RESTARTS, _RESTART_WINDOW_S = 3, 120.0
_BATTERY_PERIOD_S = 5.0
_KEPT_FRAMES, _KEPT_EVERY_S = 9, 0.125
_MEASURE_PERIOD_S = 0.1


class LiveInference:
    """One thread. What is asked of it from others takes effect before the next frame."""

    def __init__(
        self,
        board: LiveBoard,
        slot: LatestSlot[Captured],
        takes: TakeRecorder,
        paired_takes: PairedTakeRecorder,
        stop: threading.Event,
        *,
        bundle: str,
        runtime: str,
        on_prediction: Callable[[Prediction, LiveState], None] | None,
        on_settled: Callable[[], None],
        latest: Callable[[], LiveState],
        limits: TimeLimits | None = None,
        worn: Callable[[], Worn] = Worn,
    ) -> None:
        """`on_settled` is called whenever there is a bundle to recognise with, or none to be had.
        `latest` gives the state that `on_prediction` is told; `worn` what gloves measured since it
        was last asked."""
        self._worn = worn
        self._board, self._slot, self._takes, self._stop = board, slot, takes, stop
        self._paired_takes = paired_takes
        self._bundle, self._runtime = bundle, runtime
        self._on_prediction, self._on_settled, self._latest = on_prediction, on_settled, latest
        self.left_handed = False
        self.budget: BudgetChoice = "auto"
        self.looks = True
        """Pictures will come whose landmarks are not known, so that a detector is made beside the
        networks, not when the first of them comes."""
        self.landmark_rate_hz = LANDMARK_RATE_HZ
        """How many frames a second there is time to look at."""
        self._bundle_changed, self._runtime_changed = threading.Event(), threading.Event()
        self._source_ended, self._taught_changed = threading.Event(), threading.Event()
        self._taught_folder: Path | None = None
        self._lesson: str | None = None
        self._process: WorkerClient | None = None
        self._preparation: BackgroundAutotune | None = None
        self._problem: Message | None = None
        self._tried: set[tuple[str, str]] = set()
        self._limits = limits
        self._source = 0
        self._blind_for: int | None = None
        self._in_use: str | None = None
        self._loaded = False
        self._kept: deque[Captured] = deque(maxlen=_KEPT_FRAMES)
        self._battery, self._battery_asked_s = False, float("-inf")

    # -- from other threads ----------------------------------------------------------------------

    def set_bundle(self, name_or_path: str) -> None:
        self._bundle = name_or_path
        self._bundle_changed.set()

    def set_runtime(self, runtime: str) -> None:
        self._runtime = runtime
        self._runtime_changed.set()

    def set_taught(self, folder: Path | None) -> None:
        self._taught_folder = folder
        self._taught_changed.set()

    def set_lesson(self, lesson: str | None) -> None:
        self._lesson = lesson
        self._taught_changed.set()

    def source_begins(self, number: int) -> None:
        self._source = number
        self._board.source_begins(number)
        self._source_ended.clear()
        self._board.update(sight_error=None)

    def keep_until_loaded(self, captured: Captured) -> bool:
        """While networks are loading, frames are kept, and True says so: the last second is shown
        to them when they are there, so that nobody waits another second for the first answer."""
        kept = self._kept
        if self._loaded:
            kept.clear()
        elif not kept or captured.captured - kept[-1].captured >= _KEPT_EVERY_S:
            kept.append(captured)
        return not self._loaded

    def source_ended(self) -> None:
        self._source_ended.set()

    def interrupt(self) -> None:
        """The engine stops: whatever is waited for, ends."""
        self._bundle_changed.set()
        process = self._process
        if process is not None:
            # It may be loading, which would take seconds.
            process.close()

    # -- the thread ------------------------------------------------------------------------------

    def run(self) -> None:
        ends: list[float] = []
        try:
            while not self._stop.is_set():
                process = self._process = WorkerClient(self._predicted, self._limits)
                try:
                    if self._stop.is_set():
                        # The engine may have stopped too early to know of this process.
                        return
                    self._answer_with(process)
                except InferenceEndedError as error:
                    if self._stop.is_set():
                        return
                    now = time.monotonic()
                    ends = [then for then in ends if now - then < _RESTART_WINDOW_S] + [now]
                    hangs = isinstance(error, InferenceHangsError)
                    self._board.update(
                        ready=False,
                        prediction=None,
                        landmarks=None,
                        restarting=Message("live.not-answering" if hangs else "live.stopped"),
                    )
                    if len(ends) > _RESTARTS:
                        self._board.update(
                            bundle_error=Message("live.keeps-ending", log=log_file()),
                            restarting=None,
                        )
                        # Another vocabulary is another chance.
                        self._bundle_changed.wait()
                        ends.clear()
                finally:
                    self._loaded = False
                    process.close()
        finally:
            self._end_preparation()

    def _answer_with(self, process: WorkerClient) -> None:
        loaded = self._load(process, loaded=False)
        for kept in tuple(self._kept) if loaded else ():
            if kept.source == self._source:
                self._show(process, kept)
        self._loaded = loaded
        while not self._stop.is_set():
            if self._bundle_changed.is_set():
                loaded = self._loaded = self._load(process, loaded=loaded)
            if loaded and self._runtime_changed.is_set():
                self._change_runtime(process)
            if loaded and self._taught_changed.is_set():
                self._teach(process)
            if loaded:
                self._look_after_preparation(process)
            card = self._latest().card
            if loaded and card is not None and not card.needs_camera:
                self._measure(process)
                continue
            captured = self._slot.take(0.2)
            if captured is None and self._source_ended.is_set():
                self._finish_source(process if loaded else None)
            if captured is None or not loaded:
                continue
            self._show(process, captured)

    def _measure(self, process: WorkerClient) -> None:
        """By gloves alone; pictures are shown to the person, and to nobody else."""
        self._slot.take(0.0)
        if self._source_ended.is_set():
            self._finish_source(None)
        self._stop.wait(_MEASURE_PERIOD_S)
        answer = process.measure(
            self._worn(),
            captured=time.perf_counter(),
            source=self._source,
            budget=self._budget(),
        )
        self._board.update(runtime=answer.runtime)

    def _finish_source(self, process: WorkerClient | None) -> None:
        self._source_ended.clear()
        try:
            for named in process.finish() if process is not None else ():
                self._predicted(self._source, named)
        except InferenceEndedError:
            # To be said all the same, by the process that follows.
            self._source_ended.set()
            raise
        self._board.update(source_state="ended")

    def _show(self, process: WorkerClient, captured: Captured) -> None:
        if captured.frame.landmarks is None and captured.source == self._blind_for:
            return
        try:
            answer = process.observe(
                captured.frame,
                captured=captured.captured,
                source=captured.source,
                left_handed=self.left_handed,
                budget=self._budget(),
                worn=self._worn(),
            )
        except LandmarkModelError as error:
            # Tried again with the next source or vocabulary, not with every picture.
            self._blind_for = captured.source
            if captured.source == self._source:
                self._board.update(sight_error=error.message, prediction=None, landmarks=None)
            return
        self.landmark_rate_hz = answer.landmark_rate_hz
        if answer.landmarks is not None:
            if captured.source == self._source:
                self._takes.add(captured.frame, answer.landmarks)
                self._paired_takes.add(captured.frame, answer.landmarks, captured.captured)
            self._board.looked(
                captured.source,
                captured.captured,
                sight_error=None,
                landmarks=answer.landmarks,
                landmarks_t_s=captured.frame.t_s,
                landmark_ms=answer.landmarks_ms,
                hint=answer.hint,
                video_stopped=answer.video_stopped,
                runtime=answer.runtime,
                runtime_note=answer.note or self._problem,
            )

    def _predicted(self, source: int, prediction: Prediction) -> None:
        """Called in the thread that reads from the process."""
        over = prediction.sign_span_s is not None
        tell = self._board.entered if over else self._board.predicted
        if not tell(source, prediction):
            # Of a source that has been left.
            return
        if self._on_prediction is None:
            return
        try:
            self._on_prediction(prediction, self._latest())
        except Exception:
            # Whoever listens has failed; recognition has not. It is told as of any thread.
            threading.excepthook(
                threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread()))
            )

    def _load(self, process: WorkerClient, *, loaded: bool) -> bool:
        """Whether there is a bundle to answer with; the old one stays when the new one fails."""
        self._bundle_changed.clear()
        other_runtime = self._runtime_changed.is_set()
        self._runtime_changed.clear()
        try:
            self._load_bundle(process, self._bundle)
        except BundleError as error:
            if not loaded:
                loaded = self._load_the_last(process)
            elif other_runtime:
                # The bundle that stays has not heard of it.
                self._runtime_changed.set()
            self._board.update(bundle_error=error.message, ready=loaded)
        else:
            loaded = True
            self._board.update(bundle_error=None)
        self._on_settled()
        return loaded

    def _load_the_last(self, process: WorkerClient) -> bool:
        """A process that is new, and the bundle that is wanted fails: the one that answered before
        goes on, as it would have without a new process."""
        if self._in_use is None or self._in_use == self._bundle:
            return False
        try:
            self._load_bundle(process, self._in_use)
        except BundleError:
            return False
        return True

    def _load_bundle(self, process: WorkerClient, name: str) -> None:
        reply = process.load(name, self._runtime, looks=self.looks)
        self._in_use, self._blind_for = name, None
        self._board.update(
            card=reply.card,
            bundle=name,
            ready=True,
            restarting=None,
            sight_error=None,
            prediction=None,
            listed=None,
            lessons=reply.lessons,
            lesson=None,
        )
        self._running(reply, name)
        if self._taught_folder is not None or reply.lessons:
            # A recognizer that is new knows nothing of them yet.
            self._taught_changed.set()

    def _change_runtime(self, process: WorkerClient) -> None:
        self._runtime_changed.clear()
        try:
            reply = process.use_runtime(self._runtime)
        except BundleError as error:
            self._problem = error.message
            return
        self._running(reply, self._latest().bundle)

    def _running(self, reply: Loaded, bundle: str) -> None:
        self._board.update(runtime=reply.runtime, runtime_note=reply.note, video_stopped=False)
        self._end_preparation()
        self._problem = None
        if not reply.prepared and (bundle, self._runtime) not in self._tried:
            self._preparation = BackgroundAutotune(bundle, default_cache())
            self._board.update(preparing=0.0)

    def _look_after_preparation(self, process: WorkerClient) -> None:
        if self._preparation is None:
            return
        state = self._preparation.poll()
        self._board.update(preparing=state.share)
        if not state.done:
            return
        self._end_preparation()
        # Once a start: what failed now would fail again.
        self._tried.add((self._latest().bundle, self._runtime))
        if state.problem is not None:
            self._problem = state.problem
            return
        self._change_runtime(process)

    def _end_preparation(self) -> None:
        preparation, self._preparation = self._preparation, None
        if preparation is not None:
            preparation.close()
        self._board.update(preparing=None)

    def _teach(self, process: WorkerClient) -> None:
        self._taught_changed.clear()
        lessons = self._latest().lessons
        lesson = next((one for one in lessons if one.id == self._lesson), None)
        words = lesson.words if lesson is not None else ()
        try:
            taught = process.teach(self._taught_folder, words)
            self._board.update(taught=taught, taught_error=None, lesson=lesson, listed=None)
        except TaughtSignError as error:
            self._board.update(taught=(), taught_error=error.message)

    def _budget(self) -> Budget:
        budget = budget_for(self.budget, battery=self._on_battery())
        if self._preparation is not None and budget == "full":
            # The sooner faster networks are ready, the better for everything after.
            return "balanced"
        return budget

    def _on_battery(self) -> bool:
        now = time.monotonic()
        if now - self._battery_asked_s > _BATTERY_PERIOD_S:
            self._battery_asked_s, self._battery = now, on_battery()
        return self._battery
