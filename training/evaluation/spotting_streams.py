"""Streams of signs put together from single clips, to measure where signs are found in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.landmarks.gap_filling import fill_gaps
from engine.landmarks.recording import LandmarkRecording
from training.errors import DataError

Join = Literal["rest", "trim", "raised"]
"""What is left between two signs: the clips' *rest*; *trim*: of it a few frames; *raised*: nothing,
the hands are not even lowered."""

_WRISTS = (15, 16)
_SHOULDERS = (11, 12)
_DOWN, _HALF = 0.2, 0.5
_TRIMMED = 2
_BLEND_S = 0.2
_SHORT_BLEND_S = 0.14
_LEAST_RISE = 0.3
_FEWEST_REST = 3


@dataclass(frozen=True, slots=True, eq=False)
class SignClip:
    """One clip of one sign, rest–sign–rest. `bounds` are frame numbers, by `sign_bounds`."""

    gloss: str
    recording: LandmarkRecording
    bounds: tuple[int, int]
    halves: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TrueSign:
    """`start_s` to `end_s` in the stream's time."""

    gloss: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class SignStream:
    """A recording of several signs by one signer, and what was signed when."""

    recording: LandmarkRecording
    signs: tuple[TrueSign, ...]
    left_handed: bool


def sign_bounds(recording: LandmarkRecording, raised: float = _DOWN) -> tuple[int, int] | None:
    """First and last frame of the sign in a clip; None when no hand is clearly raised in it.

    By the wrists' heights alone, with the whole clip known: the hand that rises most (from the
    lower of the clip's two ends to its highest tenth) signs from the first to the last frame in
    which it is more than `raised` of its way up: above its first level before its highest moment,
    above its last level after it. Nothing here knows of speed, of rest places learnt on the way or
    of fixed heights, which is what the spotter goes by.
    """
    pose = fill_gaps(recording.pose[:, :, :2])
    left, right = pose[:, _SHOULDERS[0]], pose[:, _SHOULDERS[1]]
    width = float(np.median(np.hypot(*(left - right).T)))
    if not np.isfinite(width) or width <= 0.0 or len(recording) < 2 * _FEWEST_REST:
        return None
    best: tuple[float, int, int] | None = None
    for seen, joint in ((recording.left_hand, 15), (recording.right_hand, 16)):
        wrist = np.where(np.isnan(seen[:, 0, 1]), pose[:, joint, 1], seen[:, 0, 1])
        up = _median3((np.mean([left, right], axis=0)[:, 1] - wrist) / width)
        first, last = float(np.median(up[:3])), float(np.median(up[-3:]))
        top = float(np.percentile(up, 90))
        rise = top - min(first, last)
        if not rise >= _LEAST_RISE or (best is not None and rise <= best[0]):
            continue
        peak = int(np.argmax(up))
        # A clip that begins or ends with the hand in the air counts from its very edge.
        low = min(first, last)
        before = first if first - low < rise / 2 else low
        after = last if last - low < rise / 2 else low
        rising = np.flatnonzero(up[: peak + 1] > before + raised * (top - before))
        falling = np.flatnonzero(up[peak:] > after + raised * (top - after))
        best = rise, int(rising[0]), peak + int(falling[-1])
    return None if best is None else (best[1], best[2])


def sign_clip(gloss: str, recording: LandmarkRecording) -> SignClip | None:
    """None for a clip in which nobody clearly raises a hand."""
    bounds, halves = sign_bounds(recording), sign_bounds(recording, _HALF)
    if bounds is None or halves is None:
        return None
    return SignClip(gloss, recording, bounds, halves)


def make_stream(
    clips: list[SignClip],
    count: int,
    rng: np.random.Generator,
    *,
    rest_s: float,
    join: Join = "rest",
    left_handed: bool = False,
) -> SignStream:
    """`count` random signs of one signer, `clips` in any order; between them rest frames of the
    clips themselves, for a time drawn from 0.5 to 1.5 of `rest_s`. With `rest_s` 0 clips are joined
    in the middle of the rest they have; `join` says what else is cut away. Raises DataError when
    there is no clip to draw from.
    """
    if not clips:
        raise DataError("no clip in which a hand is raised and lowered")
    step_s = float(np.median(np.concatenate([np.diff(clip.recording.t_s) for clip in clips])))
    drawn = [clips[int(i)] for i in rng.integers(len(clips), size=count)]
    pieces: list[_Frames] = []
    signs: list[tuple[str, int, int]] = []
    steps = 0
    for number, clip in enumerate(drawn):
        begin, end = _cut(clip, rest_s, join, number == 0, number == count - 1)
        piece = _Frames.of(clip.recording, begin, end)
        added = []
        if pieces:
            if join == "rest" and rest_s > 0:
                length = round(rest_s * rng.uniform(0.5, 1.5) / step_s)
                # The blends on both sides belong to the rest.
                length -= 2 * round(_BLEND_S / step_s)
                if length >= 1:
                    added.append(_rest_frames(clips, drawn[number - 1], length, rng))
            added.append(piece)
            blend_s = _BLEND_S if join == "rest" and rest_s > 0 else _SHORT_BLEND_S
            for one in added:
                between = _blend(pieces[-1], one, round(blend_s / step_s))
                pieces += [between, one]
                steps += len(between.pose) + len(one.pose)
        else:
            pieces.append(piece)
            steps += len(piece.pose)
        offset = steps - len(piece.pose) - begin
        bounds = clip.halves if join == "raised" else clip.bounds
        signs.append((clip.gloss, bounds[0] + offset, bounds[1] + offset))
    t_s = np.asarray(np.arange(steps) * step_s, np.float64)
    recording = LandmarkRecording(
        t_s,
        np.concatenate([piece.pose for piece in pieces]),
        np.concatenate([piece.left for piece in pieces]),
        np.concatenate([piece.right for piece in pieces]),
    )
    true = tuple(TrueSign(gloss, float(t_s[a]), float(t_s[b])) for gloss, a, b in signs)
    return SignStream(recording, true, left_handed)


def at_rate(stream: SignStream, rate_hz: float) -> SignStream:
    """The same stream as a slower camera sees it: the nearest frame of each moment."""
    t_s = stream.recording.t_s
    wanted = np.arange(t_s[0], t_s[-1], 1.0 / rate_hz)
    kept = np.unique(np.clip(np.searchsorted(t_s, wanted), 0, len(t_s) - 1))
    old = stream.recording
    recording = LandmarkRecording(
        t_s[kept], old.pose[kept], old.left_hand[kept], old.right_hand[kept]
    )
    return SignStream(recording, stream.signs, stream.left_handed)


@dataclass(frozen=True, slots=True, eq=False)
class _Frames:
    pose: NDArray[np.float32]
    left: NDArray[np.float32]
    right: NDArray[np.float32]

    @classmethod
    def of(cls, recording: LandmarkRecording, begin: int, end: int) -> _Frames:
        part = slice(begin, end)
        return cls(recording.pose[part], recording.left_hand[part], recording.right_hand[part])

    def take(self, steps: NDArray[np.int64]) -> _Frames:
        return _Frames(self.pose[steps], self.left[steps], self.right[steps])


def _cut(
    clip: SignClip, rest_s: float, join: Join, is_first: bool, is_last: bool
) -> tuple[int, int]:
    """Which frames of a clip go into the stream."""
    whole = len(clip.recording)
    (start, last), (risen, falling) = clip.bounds, clip.halves
    if join == "raised":
        begin, end = risen, falling + 1
    elif join == "trim":
        begin, end = max(0, start - _TRIMMED), min(whole, last + 1 + _TRIMMED)
    elif rest_s > 0:
        # What is left of the clip's own rest is short, so that `rest_s` says how long it is.
        begin, end = max(0, start - _FEWEST_REST), min(whole, last + 1 + _FEWEST_REST)
    else:
        begin, end = start // 2, last + 1 + (whole - last) // 2
    return (0 if is_first else begin), (whole if is_last else end)


def _rest_frames(
    clips: list[SignClip], before: SignClip, length: int, rng: np.random.Generator
) -> _Frames:
    """The rest with which a clip closes, to and fro; any clip's where it closes without one."""
    closing = [clip for clip in (before, *clips) if _closing_rest(clip) >= _FEWEST_REST]
    chosen = before
    if closing:
        chosen = closing[0] if closing[0] is before else closing[int(rng.integers(len(closing)))]
    count = max(1, _closing_rest(chosen))
    whole = len(chosen.recording)
    there = int(rng.integers(count)) + np.arange(length)
    place = there % max(1, 2 * (count - 1))
    to_and_fro = np.minimum(place, 2 * (count - 1) - place)
    return _Frames.of(chosen.recording, whole - count, whole).take(to_and_fro)


def _closing_rest(clip: SignClip) -> int:
    return len(clip.recording) - 1 - clip.bounds[1]


def _blend(before: _Frames, after: _Frames, steps: int) -> _Frames:
    """`steps` frames between the last of one piece and the first of the next."""
    share = (np.arange(1, steps + 1, dtype=np.float32) / (steps + 1))[:, None, None]

    def between(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(a[-1:] * (1 - share) + b[:1] * share, np.float32)

    return _Frames(
        between(before.pose, after.pose),
        between(before.left, after.left),
        between(before.right, after.right),
    )


def _median3(values: NDArray) -> NDArray:
    padded = np.pad(values, 1, mode="edge")
    return np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)
