"""The other side of `engine.worker.client`: what runs in the process that recognises."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.bundle import Bundle, BundleCard, BundleError, load_bundle
from engine.bundle.lessons import Lesson, lessons_of
from engine.child_process import stand_back
from engine.clips.frame_sampler import LANDMARK_RATE_HZ
from engine.frame import Frame
from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from engine.logs.uncaught import uncaught_in_thread
from engine.messages import Message
from engine.prediction import Prediction
from engine.teaching.taught_store import TaughtSignError, TaughtStore
from engine.worker.heap import return_idle, share_heaps
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
)
from engine.worker.scheduler import Scheduler

if TYPE_CHECKING:
    from engine.landmarks.detector import LandmarkDetector
    from engine.recognition.finger_recognizer import FingerRecognizer
    from engine.recognition.recognizer import Recognizer
    from engine.worker.network_thread import NetworkThread

_LONGEST_ANSWER_S = 30.0


def serve(requests: Connection, answers: Connection) -> None:
    """Answer until the other side is gone."""
    stand_back()
    share_heaps()
    threading.excepthook = _end_with

    server = _Server(answers)
    try:
        while True:
            message = requests.recv()
            if isinstance(message, Observe):
                image = np.empty(message.shape, np.uint8)
                requests.recv_bytes_into(image.data.cast("B"))
                server.send(server.observe(message, image))
            elif isinstance(message, Measure):
                server.send(server.measure(message))
            elif isinstance(message, Load):
                server.send(server.load(message))
            elif isinstance(message, UseRuntime):
                server.send(server.use_runtime(message.runtime))
            elif isinstance(message, Teach):
                server.send(server.teach(message))
            elif isinstance(message, Finish):
                server.send(server.finish())
    except (EOFError, OSError):
        pass
    finally:
        server.close()


def _detector_for(card: BundleCard) -> LandmarkDetector | None:
    """None where a landmark model is missing or damaged: that is said when a picture comes that it
    is needed for, and until then the bundle is of use."""
    from engine.landmarks.detector import LandmarkDetector, LandmarkModelError

    try:
        return LandmarkDetector(hands=card.needs_fingers)
    except LandmarkModelError:
        return None


def _recognizer_for(bundle: Bundle, runtime: str) -> Recognizer | FingerRecognizer:
    """Raises BundleError."""
    if bundle.card.needs_camera:
        from engine.recognition.recognizer import Recognizer

        return Recognizer(bundle, runtime=runtime)
    from engine.recognition.finger_recognizer import FingerRecognizer

    return FingerRecognizer(bundle)


def _takes_in(folder: Path | None) -> dict[str, list[tuple[LandmarkRecording, bool]]]:
    """Gloss to takes, each with whether it is a left-hander's. Raises TaughtSignError,
    RecordingError."""
    signs = TaughtStore(folder).signs() if folder is not None else ()
    return {
        sign.gloss: [(load_recording(take.file), take.left_handed) for take in sign.takes]
        for sign in signs
    }


def _end_with(failed: threading.ExceptHookArgs) -> None:
    """A thread that fails ends the process: the other side knows how to start it again."""
    uncaught_in_thread(failed)
    os._exit(1)


class _Server:
    """One recognizer, the thread that asks it, and what there is time for."""

    def __init__(self, answers: Connection) -> None:
        self._answers, self._sending = answers, threading.Lock()
        self._recognizer: Recognizer | FingerRecognizer | None = None
        self._networks: NetworkThread | None = None
        self._scheduler = Scheduler(has_video=False, has_landmarks=False)
        self._source: int | None = None
        self._lessons: tuple[Lesson, ...] = ()

    def send(self, message: object) -> None:
        with self._sending:
            self._answers.send(message)

    def load(self, asked: Load) -> Loaded | Refused:
        try:
            bundle = load_bundle(asked.bundle)
            with ThreadPoolExecutor(1) as beside:
                # MediaPipe and the networks take a second to load; side by side, less than both.
                looks = asked.looks and bundle.card.needs_camera
                making = beside.submit(_detector_for, bundle.card) if looks else None
                from engine.worker.network_thread import NetworkThread

                try:
                    lessons = lessons_of(bundle)
                    new = _recognizer_for(bundle, asked.runtime)
                except BundleError:
                    if making is not None and (unused := making.result()) is not None:
                        unused.close()
                    raise
                if making is not None and (detector := making.result()) is not None:
                    new.take_over(detector)
        except BundleError as error:
            return Refused(error.message)
        self.close()
        networks = new.networks
        lists = bundle.card.networks.lexicon is not None
        self._scheduler = Scheduler(
            has_video=networks.video is not None,
            has_landmarks=networks.landmarks is not None or lists,
        )
        self._recognizer, self._lessons = new, lessons
        self._networks = NetworkThread(new, self._scheduler, self._name)
        return_idle()
        return self._loaded(new)

    def use_runtime(self, runtime: str) -> Loaded | Refused:
        recognizer = self._recognizer
        if recognizer is None:
            return Refused(Message("bundle.not-loaded"))
        try:
            recognizer.adopt(runtime)
        except BundleError as error:
            return Refused(error.message)
        return self._loaded(recognizer)

    def _loaded(self, recognizer: Recognizer | FingerRecognizer) -> Loaded:
        networks, card = recognizer.networks, recognizer.bundle.card
        return Loaded(card, networks.title, networks.prepared, networks.note, self._lessons)

    def teach(self, asked: Teach) -> Taught:
        if self._recognizer is None:
            return Taught((), None)
        try:
            takes = _takes_in(asked.folder)
        except RecordingError:
            # Deleted since the list was read, by another copy perhaps.
            try:
                takes = _takes_in(asked.folder)
            except (TaughtSignError, RecordingError) as error:
                return Taught((), error.message)
        except TaughtSignError as error:
            return Taught((), error.message)
        from engine.recognition.sign_encoder import EncoderError

        try:
            return Taught(self._recognizer.teach(takes, asked.lesson), None)
        except EncoderError as error:
            return Taught((), error.message)

    def finish(self) -> Ended:
        if self._recognizer is None or self._networks is None:
            return Ended(())
        self._networks.wait_idle(_LONGEST_ANSWER_S)
        return Ended(self._recognizer.spotted(at_end=True))

    def observe(self, asked: Observe, image: NDArray[np.uint8]) -> Answer | Refused:
        from engine.landmarks.detector import LandmarkModelError

        recognizer, scheduler = self._recognizer, self._scheduler
        if recognizer is None or self._networks is None:
            return Answer(None, 0.0, LANDMARK_RATE_HZ, video_stopped=False)
        scheduler.budget = asked.budget
        worn = asked.worn
        recognizer.measure(worn.wrists, worn.fingers, worn.offsets_s)
        recognizer.set_left_handed(asked.left_handed)
        recognizer.set_landmark_rate(scheduler.landmark_rate_hz)
        if asked.source != self._source:
            self._source = asked.source
            recognizer.reset()
        try:
            # Chosen by the camera's own pace; a second one behind it would leave out some more.
            frame = Frame(image, asked.t_s, asked.index, asked.landmarks)
            landmarks = recognizer.observe(frame, chosen=True, captured=asked.captured)
        except LandmarkModelError as error:
            # What is left of a detector; the next picture that needs one has another made.
            recognizer.close()
            return Refused(error.message)
        if landmarks is not None:
            scheduler.landmarks_took(recognizer.landmarks_ms / 1e3, time.perf_counter())
            self._networks.frame_seen(asked.captured, asked.source, predict=asked.predict)
        return Answer(
            landmarks,
            recognizer.landmarks_ms,
            scheduler.landmark_rate_hz,
            scheduler.video_stopped,
            recognizer.networks.title,
            recognizer.networks.note,
            recognizer.hint,
        )

    def measure(self, asked: Measure) -> Answer:
        recognizer, scheduler = self._recognizer, self._scheduler
        if recognizer is None or self._networks is None:
            return Answer(None, 0.0, LANDMARK_RATE_HZ, video_stopped=False)
        scheduler.budget = asked.budget
        recognizer.measure(asked.worn.wrists, asked.worn.fingers)
        self._networks.frame_seen(asked.captured, asked.source, predict=True)
        networks = recognizer.networks
        return Answer(None, 0.0, LANDMARK_RATE_HZ, video_stopped=False, runtime=networks.title)

    def close(self) -> None:
        """The recognizer that was; before another one, and at the end."""
        if self._networks is not None:
            self._networks.stop()
        if self._recognizer is not None:
            self._recognizer.close()
        self._networks = self._recognizer = None

    def _name(self, source: int, prediction: Prediction) -> None:
        # The other side may be gone; the thread that reads from it finds out.
        with contextlib.suppress(OSError):
            self.send(Named(source, prediction))
