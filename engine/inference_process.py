"""The recognizer in a process of its own.

Loading torch and MediaPipe holds Python's interpreter lock for up to half a second at a time, and
a fault in a native library ends the process it happens in. Neither may reach the window, so the
window's process has only this door to the networks. Nothing is written to disk or network on the
way: pictures go through a pipe between the two processes, and only one at a time.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.bundle import BundleCard, BundleError
from engine.frame import Frame, Landmarks
from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from engine.prediction import Prediction
from engine.taught_signs import TaughtInfo, TaughtSignError, TaughtSigns

if TYPE_CHECKING:
    from engine.recognizer import Recognizer

_NICENESS = 5
_GRACE_S = 2.0


class InferenceEndedError(Exception):
    """The process is gone: it was closed, or something in it failed."""


@dataclass(frozen=True, slots=True)
class _Load:
    bundle: str


@dataclass(frozen=True, slots=True)
class _Loaded:
    card: BundleCard
    device: str


@dataclass(frozen=True, slots=True)
class _Refused:
    message: str


@dataclass(frozen=True, slots=True)
class _Teach:
    folder: Path | None


@dataclass(frozen=True, slots=True)
class _Taught:
    infos: tuple[TaughtInfo, ...]
    problem: str | None


@dataclass(frozen=True, slots=True)
class _Finish:
    """The source has ended."""


@dataclass(frozen=True, slots=True)
class _Observe:
    """Followed by the picture's bytes."""

    shape: tuple[int, int, int]
    t_s: float
    index: int
    landmarks: Landmarks | None
    captured: float
    predict: bool
    afresh: bool
    left_handed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What one frame gave. `landmarks` is None when the frame was not due to be looked at;
    `spotted`: one prediction for each sign that ended with it."""

    landmarks: Landmarks | None
    landmarks_ms: float
    prediction: Prediction | None
    spotted: tuple[Prediction, ...] = ()


class InferenceProcess:
    """A recognizer next door. One thread talks to it; any thread may `close` it."""

    def __init__(self) -> None:
        """Starts the process at once, so that it loads while the caller does other things."""
        # Not a fork: the window's process has threads, and their locks would be copied.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs,), name="signmirror-networks", daemon=True
        )
        self._process.start()
        # Kept open here, it would hide from us that the other side has ended.
        theirs.close()

    def load(self, bundle: str) -> tuple[BundleCard, str]:
        """The card and the device's name. The bundle before stays in use when this one fails.

        Raises BundleError, InferenceEndedError.
        """
        with _ended():
            self._pipe.send(_Load(bundle))
            reply = self._pipe.recv()
        if isinstance(reply, _Refused):
            raise BundleError(reply.message)
        assert isinstance(reply, _Loaded)
        return reply.card, reply.device

    def teach(self, folder: Path | None) -> tuple[TaughtInfo, ...]:
        """Learn the taught signs in `folder` beside the bundle's own; None: forget them. () for a
        bundle that cannot be taught. Raises TaughtSignError, InferenceEndedError."""
        with _ended():
            self._pipe.send(_Teach(folder))
            reply = self._pipe.recv()
        assert isinstance(reply, _Taught)
        if reply.problem is not None:
            raise TaughtSignError(reply.problem)
        return reply.infos

    def finish(self) -> tuple[Prediction, ...]:
        """The source has ended: name a sign that it ended in. Raises InferenceEndedError."""
        with _ended():
            self._pipe.send(_Finish())
            reply = self._pipe.recv()
        assert isinstance(reply, tuple)
        return reply

    def observe(
        self,
        frame: Frame,
        *,
        captured: float,
        predict: bool,
        afresh: bool = False,
        left_handed: bool = False,
    ) -> Answer:
        """Show one frame and wait for what was seen in it.

        `captured`: `time.perf_counter()` at its capture. `predict`: name the sign too, when the
        window holds enough. `afresh`: forget what was seen before. Raises InferenceEndedError.
        """
        image = np.ascontiguousarray(frame.image)
        height, width, channels = image.shape
        head = _Observe(
            (height, width, channels),
            frame.t_s,
            frame.index,
            frame.landmarks,
            captured,
            predict,
            afresh,
            left_handed,
        )
        with _ended():
            self._pipe.send(head)
            self._pipe.send_bytes(image.data.cast("B"))
            reply = self._pipe.recv()
        assert isinstance(reply, Answer)
        return reply

    def close(self) -> None:
        """End the process, whatever it is doing; a call that waits for it is told so."""
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(_GRACE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_GRACE_S)

    @property
    def pid(self) -> int | None:
        return self._process.pid


@contextlib.contextmanager
def _ended() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise InferenceEndedError("the process that recognises has ended") from error


# -- the other side ------------------------------------------------------------------------------


def _serve(pipe: Connection) -> None:
    """Answer until the other side is gone."""
    # Ctrl+C reaches every process of a terminal; the window decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        # Window and camera go first; this process can wait a little.
        with contextlib.suppress(OSError):
            os.nice(_NICENESS)
    recognizer: Recognizer | None = None
    try:
        while True:
            message = pipe.recv()
            if isinstance(message, _Load):
                recognizer, reply = _load(message.bundle, recognizer)
                pipe.send(reply)
            elif isinstance(message, _Teach):
                pipe.send(_teach(recognizer, message.folder))
            elif isinstance(message, _Finish):
                pipe.send(recognizer.spotted(at_end=True) if recognizer else ())
            else:
                image = np.empty(message.shape, np.uint8)
                pipe.recv_bytes_into(image.data.cast("B"))
                pipe.send(_look(recognizer, message, image))
    except (EOFError, OSError):
        pass
    finally:
        if recognizer is not None:
            recognizer.close()


def _load(name: str, old: Recognizer | None) -> tuple[Recognizer | None, _Loaded | _Refused]:
    from engine.bundle import load_bundle
    from engine.landmarks.detector import LandmarkModelError
    from engine.recognizer import Recognizer

    try:
        new = Recognizer(load_bundle(name))
    except (BundleError, LandmarkModelError) as error:
        return old, _Refused(str(error))
    if old is not None:
        old.close()
    return new, _Loaded(new.bundle.card, new.device_name)


def _teach(recognizer: Recognizer | None, folder: Path | None) -> _Taught:
    if recognizer is None:
        return _Taught((), None)
    takes: dict[str, list[tuple[LandmarkRecording, bool]]] = {}
    try:
        for sign in TaughtSigns(folder).signs() if folder is not None else ():
            takes[sign.gloss] = [
                (load_recording(take.file), take.left_handed) for take in sign.takes
            ]
    except (TaughtSignError, RecordingError) as error:
        return _Taught((), str(error))
    return _Taught(recognizer.teach(takes), None)


def _look(recognizer: Recognizer | None, asked: _Observe, image: np.ndarray) -> Answer:
    if recognizer is None:
        return Answer(None, 0.0, None)
    recognizer.set_left_handed(asked.left_handed)
    if asked.afresh:
        recognizer.reset()
    landmarks = recognizer.observe(Frame(image, asked.t_s, asked.index, asked.landmarks))
    prediction = None
    if landmarks is not None and asked.predict and recognizer.can_predict:
        prediction = recognizer.predict(captured=asked.captured)
    spotted = recognizer.spotted(captured=asked.captured)
    return Answer(landmarks, recognizer.landmarks_ms, prediction, spotted)
