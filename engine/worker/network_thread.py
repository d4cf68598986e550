"""The thread that asks the networks, beside the one that looks at frames."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from engine.prediction import Prediction
from engine.recognition.finger_recognizer import FingerRecognizer
from engine.recognition.recognizer import Recognizer
from engine.worker.scheduler import Scheduler


class NetworkThread:
    """Asks a recognizer as often as the scheduler lets it: for the signs that are over, and for
    whatever the window shows. `on_answer` is called here, with the number of the source."""

    def __init__(
        self,
        recognizer: Recognizer | FingerRecognizer,
        scheduler: Scheduler,
        on_answer: Callable[[int, Prediction], None],
    ) -> None:
        self._recognizer, self._scheduler, self._on_answer = recognizer, scheduler, on_answer
        self._told = threading.Condition()
        self._captured: float | None = None
        self._source = 0
        self._predict = True
        self._fresh = False
        self._busy = False
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="signmirror-networks", daemon=True)
        self._thread.start()

    def frame_seen(self, captured: float, source: int, *, predict: bool) -> None:
        """A frame has been observed; `captured`: `time.perf_counter()` when it was taken."""
        with self._told:
            self._captured, self._source, self._predict = captured, source, predict
            self._fresh = True
            self._told.notify_all()

    def wait_idle(self, timeout_s: float) -> bool:
        """Whether every frame that was seen so far has been dealt with in time."""
        with self._told:
            return self._told.wait_for(lambda: not (self._fresh or self._busy), timeout_s)

    def stop(self) -> None:
        """Ends after the answer it is at."""
        with self._told:
            self._stopping = True
            self._told.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._told:
                self._busy = False
                self._told.notify_all()
                self._told.wait_for(lambda: self._fresh or self._stopping)
                if self._stopping:
                    return
                self._fresh, self._busy = False, True
                captured, source, predict = self._captured, self._source, self._predict
            for named in self._recognizer.spotted(captured=captured):
                self._on_answer(source, named)
            if not predict or not self._recognizer.can_predict:
                continue
            started = time.perf_counter()
            asked = self._scheduler.may_predict(started)
            if asked is None:
                continue
            prediction = self._recognizer.predict(captured=captured, pictures=asked == "video")
            self._scheduler.predicted(asked, started, time.perf_counter())
            if prediction is not None:
                self._on_answer(source, prediction)
