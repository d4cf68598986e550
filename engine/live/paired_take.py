"""A take for training: where joints were, what gloves measured and, where somebody agreed, the
film; all on one clock, in the layout that `prepare folder` reads."""

from __future__ import annotations

import contextlib
import errno
import re
import threading
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.atomic_write import unfinished_name, written_whole
from engine.frame import Frame, Landmarks
from engine.glove.gloves import Gloves
from engine.glove.imu_window import HANDS
from engine.glove.resampling import interpolated
from engine.glove.sample import FingerSample, Hand, ImuSample
from engine.landmarks.recording import LandmarkRecording
from engine.libav import av
from engine.messages import Message, PlainError, reason_of

SAMPLE_RATE_HZ = 100.0
WAIT_S = 3.0
"""After so long without a picture a take is given up."""

_ENDINGS = (".csv", ".npz", ".mp4")
_FEWEST_FRAMES = 5
_MOST_S = 30.0
_LEAST_MEASURED = 0.9
"""Of a take must be measured for the wrist to count."""

_MOST_LETTERS, _MOST_BYTES = 80, 200
"""Of a name: a file system takes 255 bytes, and a number and an ending follow."""

_OF_WINDOWS = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10)
}

Phase = Literal["idle", "recording", "done", "failed"]


class PairedTakeError(PlainError):
    """A take cannot be kept; one line that names the folder."""


@dataclass(frozen=True, slots=True, eq=False)
class PairedTake:
    """Times from the first picture on. `wrists`: `(N, 6)` in g and °/s at `SAMPLE_RATE_HZ`, of
    each that was measured throughout. `film`: pictures `(H, W, 3)` BGR at `landmarks.t_s`; empty
    without consent."""

    landmarks: LandmarkRecording
    wrists: dict[Hand, NDArray[np.float64]]
    film: tuple[NDArray[np.uint8], ...]


@dataclass(frozen=True, slots=True, eq=False)
class PairedTakeState:
    """`progress` 0..1; `message` where the phase is 'failed'; `take` where it is 'done'."""

    phase: Phase = "idle"
    progress: float = 0.0
    message: Message | None = None
    take: PairedTake | None = None


class PairedTakeRecorder:
    """Collects pictures and samples from `start` until they span the asked time. Any thread may
    call anything; while nothing is recorded, nothing is kept."""

    def __init__(self, gloves: Gloves, clock: Callable[[], float] = time.perf_counter) -> None:
        self._gloves, self._clock = gloves, clock
        self._lock = threading.Lock()
        self._state = PairedTakeState()
        self._end_listening: Callable[[], None] | None = None
        self._forget()

    def _forget(self) -> None:
        self._seconds, self._film_too, self._heard_s = 0.0, False, 0.0
        self._times: list[float] = []
        self._captured: list[float] = []
        self._seen: list[Landmarks] = []
        self._film: list[NDArray[np.uint8]] = []
        self._samples: list[ImuSample] = []
        end, self._end_listening = self._end_listening, None
        if end is not None:
            end()

    def start(self, seconds: float, *, film: bool) -> None:
        """Begin with the next picture. `film`: the person agreed that pictures are kept."""
        with self._lock:
            self._forget()
            self._seconds, self._film_too = min(_MOST_S, max(0.5, seconds)), film
            self._heard_s = self._clock()
            self._end_listening = self._gloves.listen(self._took)
            self._state = PairedTakeState("recording")

    def cancel(self) -> None:
        """Forget everything, pictures included."""
        with self._lock:
            self._forget()
            self._state = PairedTakeState()

    def state(self) -> PairedTakeState:
        with self._lock:
            if self._state.phase == "recording" and self._clock() - self._heard_s > WAIT_S:
                self._fail("take.no-pictures")
            return self._state

    def add(self, frame: Frame, landmarks: Landmarks, captured: float) -> None:
        """The next frame, what was seen in it, and `time.perf_counter()` at its capture."""
        with self._lock:
            if self._state.phase != "recording":
                return
            self._heard_s = self._clock()
            if self._times and frame.t_s <= self._times[-1]:
                if frame.t_s < self._times[-1]:
                    self._fail("take.restarted")
                return
            self._times.append(frame.t_s)
            self._captured.append(captured)
            self._seen.append(landmarks)
            if self._film_too:
                # A copy: the frame's own pixels belong to its source.
                self._film.append(np.array(frame.image, np.uint8))
            progress = (frame.t_s - self._times[0]) / self._seconds
            if progress < 1.0:
                self._state = PairedTakeState("recording", progress)
            else:
                self._finish()

    def _took(self, samples: Sequence[ImuSample | FingerSample]) -> None:
        """In the gloves' threads."""
        with self._lock:
            if self._state.phase == "recording":
                self._samples += [one for one in samples if isinstance(one, ImuSample)]

    def _fail(self, code: str) -> None:
        self._forget()
        self._state = PairedTakeState("failed", message=Message(code))

    def _finish(self) -> None:
        if len(self._times) < _FEWEST_FRAMES:
            self._fail("take.few-pictures")
            return
        begin = self._times[0]
        # The least delay of a picture's arrival joins its clock to the host's, as live.
        host_s = begin + min(c - t for c, t in zip(self._captured, self._times, strict=True))
        span = self._times[-1] - begin
        wrists = {
            hand: rows for hand in HANDS if (rows := self._measured(hand, host_s, span)) is not None
        }
        if not wrists:
            self._fail("take.no-glove")
            return
        times = [t - begin for t in self._times]
        take = PairedTake(LandmarkRecording.of(times, self._seen), wrists, tuple(self._film))
        self._forget()
        self._state = PairedTakeState("done", 1.0, take=take)

    def _measured(self, hand: Hand, host_s: float, span: float) -> NDArray[np.float64] | None:
        """`(N, 6)` evenly over the take, in the pictures' time; None where too much is missing."""
        offset = self._gloves.offset_s(hand)
        mine = [one for one in self._samples if one.hand == hand]
        times = np.array([one.t_s + offset - host_s for one in mine])
        inside = times[(times >= 0) & (times <= span)]
        if len(inside) < 2 or np.diff(inside).max() > (1 - _LEAST_MEASURED) * span:
            return None
        if inside[-1] - inside[0] < _LEAST_MEASURED * span:
            return None
        values = np.array([(*one.acc_g, *one.gyro_dps) for one in mine])
        grid = np.arange(0.0, span, 1 / SAMPLE_RATE_HZ)
        return interpolated(grid, times, values)


def save_take(take: PairedTake, folder: Path, sign: str, signer: str) -> Path:
    """`folder/SIGN/SIGNER_NUMBER` with `.csv`, `.npz` and, where there is a film, `.mp4`; the path
    without an ending. Nothing that is there is written over, and of a take that cannot be kept
    whole nothing is. Raises PairedTakeError."""
    place = folder / file_name(sign)
    stem: Path | None = None
    was_there = place.exists()
    try:
        place.mkdir(parents=True, exist_ok=True)
        stem = _free(place, file_name(signer).replace("_", "-"))
        samples, joints, film = files_of(stem)
        _write_samples(samples, take)
        take.landmarks.save(joints)
        if take.film:
            _write_film(film, take)
    except (OSError, av.FFmpegError) as error:
        for file in files_of(stem) if stem is not None else ():
            for piece in (file, unfinished_name(file)):
                with contextlib.suppress(OSError):
                    piece.unlink(missing_ok=True)
        if not was_there:
            # Made for this take alone; where anything else is in it, it stays.
            with contextlib.suppress(OSError):
                place.rmdir()
        raise PairedTakeError(
            Message("take.not-kept", folder=place, reason=reason_of(error))
        ) from error
    return stem


def files_of(stem: Path) -> tuple[Path, Path, Path]:
    """Where the samples, the joints and the film of a take are. A name may have dots in it."""
    samples, joints, film = (stem.with_name(stem.name + ending) for ending in _ENDINGS)
    return samples, joints, film


def throw_away(stem: Path) -> None:
    """Delete what `save_take` made there. Raises PairedTakeError."""
    try:
        for file in reversed(files_of(stem)):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise PairedTakeError(
            Message("take.not-deleted", folder=stem.parent, name=stem.name, reason=reason_of(error))
        ) from error


def file_name(text: str) -> str:
    """What a person calls something, as every file system takes it. Raises PairedTakeError for a
    name with nothing left in it."""
    plain = unicodedata.normalize("NFC", text)
    plain = re.sub(r'[\x00-\x1f\ud800-\udfff<>:"/\\|?*]+', " ", plain).strip(" .")[:_MOST_LETTERS]
    plain = plain.encode("utf-8")[:_MOST_BYTES].decode("utf-8", "ignore").strip(" .")
    if not plain:
        raise PairedTakeError(Message("take.no-name"))
    head, dot, rest = plain.partition(".")
    if head.rstrip().upper() in _OF_WINDOWS:
        # Windows keeps such names for its devices, whatever follows the dot.
        plain = f"{head.rstrip()}-{dot}{rest}"
    return plain


def _free(place: Path, signer: str) -> Path:
    taken = {_alike(path.name) for path in place.iterdir()}
    for number in range(1, 1_000_000):
        stem = place / f"{signer}_{number}"
        if not any(_alike(file.name) in taken for file in files_of(stem)):
            return stem
    raise FileExistsError(errno.EEXIST, "no number is left", str(place))


def _alike(name: str) -> str:
    """The same for names that Windows or macOS take for one file."""
    return unicodedata.normalize("NFC", name).casefold()


def _write_samples(file: Path, take: PairedTake) -> None:
    """Readable by training, and playable as `replay:FILE`."""
    hands = [hand for hand in HANDS if hand in take.wrists]
    names = [f"{hand[0]}{axis}" for hand in hands for axis in ("ax", "ay", "az", "gx", "gy", "gz")]
    units = [f"{name}:{'g' if name[1] == 'a' else 'dps'}" for name in names]
    lines = [f"#signmirror 1 cols=t:us,{','.join(units)}", ",".join(["us", *names])]
    rows = np.concatenate([take.wrists[hand] for hand in hands], axis=1)
    for number, row in enumerate(rows):
        stamp = round(number * 1e6 / SAMPLE_RATE_HZ)
        lines.append(f"{stamp}," + ",".join(f"{value:.5g}" for value in row))
    with written_whole(file) as unfinished:
        unfinished.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_film(file: Path, take: PairedTake) -> None:
    height, width = (side // 2 * 2 for side in take.film[0].shape[:2])
    with written_whole(file) as unfinished, av.open(str(unfinished), "w", format="mp4") as made:
        stream = made.add_stream("mpeg4", rate=Fraction(30), options={"qscale": "3"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.bit_rate = 4_000_000
        stream.codec_context.time_base = Fraction(1, 1000)
        for t_s, image in zip(take.landmarks.t_s, take.film, strict=True):
            picture = np.ascontiguousarray(image[:height, :width])
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
            frame.pts, frame.time_base = round(1000 * float(t_s)), Fraction(1, 1000)
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
