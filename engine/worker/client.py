"""The recognizer in a process of its own.

Loading MediaPipe and what runs the networks (torch, above all, where it does) holds Python's
interpreter lock for up to half a second at a time, and a fault in a native library ends the process
it happens in. Neither may reach the window, so the window's process has only this door to the
networks. Nothing is written to disk or network on the way: pictures go through a pipe between the
two processes, and only one at a time. What is seen in them comes back at once; what the networks
say comes when they are done with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from engine.bundle import BundleError
from engine.child_process import deaf_to_ctrl_c, end_process, small_products
from engine.frame import Frame
from engine.landmarks.detector import LandmarkModelError
from engine.prediction import Prediction
from engine.runtime.backend import AUTOMATIC
from engine.teaching.taught_store import TaughtInfo, TaughtSignError
from engine.worker.messages import (
    Answer,
    Ended,
    Finish,
    Load,
    Loaded,
    Measure,
    Named,
    Observe,
    Refused,
    Taught,
    Teach,
    UseRuntime,
    Worn,
)
from engine.worker.request_watch import AnswerClock, OverdueWatch, TimeLimits
from engine.worker.scheduler import Budget
from engine.worker.server import serve

_GRACE_S = 2.0


class InferenceEndedError(Exception):
    """The process is gone: it was closed, or something in it failed."""


class InferenceHangsError(InferenceEndedError):
    """It did not answer in time, and was ended for that."""


class WorkerClient:
    """A recognizer next door. One thread talks to it; any thread may `close` it.

    `on_prediction(source, prediction)` is called in a thread of its own, for each prediction, with
    the number of the source that was observed. What it raises is raised again by the request that
    is waited for then, or the next one; the process itself goes on. A request that is not answered
    within its limit ends the process, and raises InferenceHangsError, an InferenceEndedError.
    """

    def __init__(
        self,
        on_prediction: Callable[[int, Prediction], None],
        limits: TimeLimits | None = None,
    ) -> None:
        """Starts the process at once, so that it loads while the caller does other things."""
        # Not a fork: the window's process has threads, and their locks would be copied.
        context = multiprocessing.get_context("spawn")
        theirs, self._requests = context.Pipe(duplex=False)
        self._replies, answers = context.Pipe(duplex=False)
        self._process = context.Process(
            target=serve, args=(theirs, answers), name="signmirror-networks", daemon=True
        )
        with deaf_to_ctrl_c(), small_products():
            self._process.start()
        # Kept open here, they would hide from us that the other side has ended.
        theirs.close()
        answers.close()
        self._on_prediction, self._limits = on_prediction, limits or TimeLimits()
        self._callback_error: Exception | None = None
        self._has_looked = self._hangs = False
        self._waiting: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._clock = AnswerClock()
        self._watch = OverdueWatch(self._clock, self._end_overdue)
        self._reader = threading.Thread(target=self._read, name="signmirror-answers", daemon=True)
        self._reader.start()

    def load(self, bundle: str, runtime: str = AUTOMATIC, *, looks: bool = False) -> Loaded:
        """The bundle before stays in use when this one fails. `runtime`: what shall run it;
        `looks`: pictures will come whose landmarks are not known, and it gets ready for them.

        Raises BundleError, InferenceEndedError.
        """
        return self._loaded(Load(bundle, runtime, looks))

    def use_runtime(self, runtime: str) -> Loaded:
        """Have the bundle's networks run by this from now on. Raises BundleError,
        InferenceEndedError."""
        return self._loaded(UseRuntime(runtime))

    def _loaded(self, request: Load | UseRuntime) -> Loaded:
        reply = self._ask(request, self._limits.load_s)
        if isinstance(reply, Refused):
            raise BundleError(reply.message)
        assert isinstance(reply, Loaded)
        self._has_looked = False
        return reply

    def teach(self, folder: Path | None, lesson: Sequence[str] = ()) -> tuple[TaughtInfo, ...]:
        """Learn the taught signs in `folder` beside the bundle's own; None: forget them. () for a
        bundle that cannot be taught. `lesson`: see `Teach`. Raises TaughtSignError,
        InferenceEndedError."""
        reply = self._ask(Teach(folder, tuple(lesson)), self._limits.teach_s)
        assert isinstance(reply, Taught)
        if reply.problem is not None:
            raise TaughtSignError(reply.problem)
        return reply.infos

    def finish(self) -> tuple[Prediction, ...]:
        """The source has ended: name a sign that it ended in. All predictions of what was observed
        have been handed over by then. Raises InferenceEndedError."""
        reply = self._ask(Finish(), self._limits.finish_s)
        assert isinstance(reply, Ended)
        return reply.named

    def observe(
        self,
        frame: Frame,
        *,
        captured: float,
        source: int = 0,
        predict: bool = True,
        left_handed: bool = False,
        budget: Budget = "full",
        worn: Worn | None = None,
    ) -> Answer:
        """Show one frame and wait for what was seen in it. `worn`: what gloves measured since.

        `captured`: `time.perf_counter()` at its capture. `source`: another number than before
        forgets what was seen before. `predict`: name the sign too, as often as there is time, when
        the window holds enough. Raises LandmarkModelError when nobody can be looked for in
        pictures (frames whose landmarks are known can be shown all the same), InferenceEndedError.
        """
        image = np.ascontiguousarray(frame.image)
        height, width, channels = image.shape
        head = Observe(
            shape=(height, width, channels),
            t_s=frame.t_s,
            index=frame.index,
            landmarks=frame.landmarks,
            captured=captured,
            source=source,
            predict=predict,
            left_handed=left_handed,
            budget=budget,
            worn=worn or Worn(),
        )
        limit_s = self._limits.observe_s
        if frame.landmarks is None and not self._has_looked:
            # A detector may have to be made first.
            limit_s = max(limit_s, self._limits.load_s)
        reply = self._ask(head, limit_s, image)
        if isinstance(reply, Refused):
            raise LandmarkModelError(reply.message)
        assert isinstance(reply, Answer)
        self._has_looked |= frame.landmarks is None
        return reply

    def measure(
        self, worn: Worn, *, captured: float, source: int = 0, budget: Budget = "full"
    ) -> Answer:
        """Tell what gloves measured to a bundle that needs no pictures. Raises
        InferenceEndedError."""
        reply = self._ask(Measure(worn, captured, source, budget), self._limits.observe_s)
        assert isinstance(reply, Answer)
        return reply

    def close(self) -> None:
        """End the process, whatever it is doing; a call that waits for it is told so."""
        end_process(self._process)
        self._watch.close(_GRACE_S)
        if threading.current_thread() is not self._reader:
            self._reader.join(_GRACE_S)

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def _ask(self, request: object, limit_s: float, image: np.ndarray | None = None) -> object:
        self._clock.asked(limit_s)
        try:
            # A process that hangs may not even take it; ended, it lets go of the pipe.
            self._requests.send(request)
            if image is not None:
                self._requests.send_bytes(image.data.cast("B"))
        except (EOFError, OSError) as error:
            raise self._gone() from error
        reply = self._waiting.get()
        if reply is None:
            # For whoever asks next.
            self._waiting.put(None)
            raise self._gone()
        failure, self._callback_error = self._callback_error, None
        if failure is not None:
            raise failure
        return reply

    def _gone(self) -> InferenceEndedError:
        if self._hangs:
            return InferenceHangsError("the process that recognises did not answer")
        return InferenceEndedError("the process that recognises has ended")

    def _end_overdue(self) -> None:
        """Called by the watch."""
        self._hangs = True
        end_process(self._process)
        self._waiting.put(None)

    def _read(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                message = self._replies.recv()
                if isinstance(message, Named):
                    with self._clock.not_counting():
                        self._hand_over(message)
                else:
                    self._clock.answered()
                    self._waiting.put(message)
        self._waiting.put(None)

    def _hand_over(self, named: Named) -> None:
        try:
            self._on_prediction(named.source, named.prediction)
        except Exception as error:
            # Not this thread's end, or nobody would ever be answered again.
            self._callback_error = error
