"""Frames of a video file, decoded in sequence as the live window does: seeking is slower and less
exact."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.libav import av
from engine.sources.errors import SourceError
from engine.sources.video.decoding import (
    Container,
    Harm,
    VideoStream,
    pictures,
    pixel_shape,
    time_of,
)
from engine.sources.video.uprighting import upright
from engine.sources.video.video_clock import VideoClock
from engine.sources.video.video_file import open_video
from training.errors import DataError

# Decoded pictures kept at a time, a worker process: about 10 s of 720p, or a minute of less.
_HELD_PICTURES, _HELD_BYTES = 1500, 512 * 2**20
_MOST_HARM, _SHORTEST_HARM_S = 0.2, 0.25
"""Where more than this of a clip's packets or of its time is gone, the rest is not the sign."""
_LENGTH_IS_GUESSED = frozenset({"mpeg", "mpegts"})


def evenly_spaced_frames(path: Path, count: int) -> NDArray[np.uint8]:
    """`(count, H, W, 3)` RGB, evenly in time from the first picture to the last; where a video has
    few, pictures are repeated.

    Damaged pictures are left out. Raises DataError naming the file when it is missing, empty, no
    video, without a picture, or much of it is damaged.
    """
    times, held, size = [], [], 0
    for moment in _moments(path):
        times.append(moment.t_s)
        if len(times) <= _HELD_PICTURES and size <= _HELD_BYTES:
            held.append(moment)
            size += 2 * moment.picture.width * moment.picture.height
    wanted = _nearest(np.array(times), count)
    needed = set(map(int, wanted))
    # What did not fit in memory is decoded once more.
    again = held if len(held) == len(times) else _moments(path)
    kept = {i: moment.rgb(path) for i, moment in enumerate(again) if i in needed}
    shapes = {frame.shape for frame in kept.values()}
    if len(shapes) != 1 or len(kept) != len(needed):
        raise DataError(f"{path}: its pictures change size or cannot be decoded twice alike")
    return np.stack([kept[int(i)] for i in wanted])


def timed_frames(path: Path) -> Iterator[tuple[float, NDArray[np.uint8]]]:
    """Every picture `(H, W, 3)` RGB with its second in the video, from 0 on and only growing;
    stamps that jump are mended as in the live window.

    Damaged pictures are left out. Raises DataError naming a file that is missing, empty, no video,
    without a picture, or much of which is damaged, which may be known only at its end.
    """
    for moment in _moments(path):
        yield moment.t_s, moment.rgb(path)


def array_frames(path: Path, count: int, *, bgr: bool = False) -> NDArray[np.uint8]:
    """`(count, H, W, 3)` RGB out of an `.npy` video: uint8, or real numbers from 0 to 1 or to 255.

    Only the pictures asked for are read from the disk. Raises DataError naming the file.
    """
    video = open_array(path)
    if video.ndim != 4 or video.shape[-1] != 3 or 0 in video.shape:
        raise DataError(f"{path}: an array {video.shape} is no film (T, H, W, 3)")
    frames = np.asarray(video[np.linspace(0, len(video) - 1, count).round().astype(int)])
    if frames.dtype != np.uint8:
        # Also false where there are NaNs.
        if not (frames.min() >= 0 and frames.max() <= 255):
            raise DataError(f"{path}: brightness is neither from 0 to 1 nor from 0 to 255")
        scale = 255 if frames.dtype.kind == "f" and frames.max() <= 1 else 1
        frames = (frames * scale).round().astype(np.uint8)
    return np.ascontiguousarray(frames[..., ::-1] if bgr else frames)


def open_array(path: Path) -> NDArray[Any]:
    """The numbers of an `.npy` file, its header read and its length checked, the rest still on the
    disk. Raises DataError naming a file that is missing, cut short, pickled or no such file."""
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file") from error
    except Exception as error:  # a header can be wrong in many ways, each with its own exception
        raise DataError(f"{path}: not a readable array of numbers") from error
    if not isinstance(array, np.ndarray):
        array.close()
        raise DataError(f"{path}: holds several arrays, not one")
    if array.dtype.kind not in "uif":
        raise DataError(f"{path}: an array of {array.dtype}, not of numbers")
    return array


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """One decoded picture, not yet in RGB: so it is half as large."""

    t_s: float
    picture: av.VideoFrame
    pixel_shape: Fraction | None

    def rgb(self, path: Path) -> NDArray[np.uint8]:
        try:
            image = upright(self.picture, self.pixel_shape)
        except (av.FFmpegError, ValueError) as error:
            raise DataError(f"{path}: its pictures are of a kind that is not known here") from error
        # libav rounds otherwise where it is asked for red first: the live window's very pictures.
        return np.ascontiguousarray(image[:, :, ::-1])


def _moments(path: Path) -> Iterator[_Moment]:
    try:
        container, stream = open_video(path)
    except SourceError as error:
        raise DataError(str(error)) from error
    with container:
        rate = stream.average_rate
        clock, harm = VideoClock(float(rate) if rate else None), Harm()
        began, ended = math.inf, -math.inf
        seen = False
        try:
            for picture in pictures(container, stream, harm):
                seen = True
                told_s = time_of(picture)
                if told_s is not None:
                    began = min(began, told_s)
                    ended = max(ended, told_s + _length_s(picture))
                yield _Moment(clock.stamp(told_s), picture, pixel_shape(stream))
        except (av.FFmpegError, ValueError):
            # Whether what was decoded so far is the whole clip is seen below.
            pass
        if not seen:
            raise DataError(f"{path}: not one picture in this file can be decoded")
        declared_s = _declared_s(container, stream)
        if harm.share > _MOST_HARM:
            raise DataError(f"{path}: damaged: {harm.share:.0%} of it cannot be decoded")
        if declared_s is None or began > ended:
            return
        gone_s = declared_s - (ended - began)
        if gone_s > max(_SHORTEST_HARM_S, _MOST_HARM * declared_s):
            raise DataError(
                f"{path}: damaged: {gone_s:.1f} of its {declared_s:.1f} seconds cannot be decoded"
            )


def _length_s(picture: av.VideoFrame) -> float:
    return float((picture.duration or 0) * picture.time_base) if picture.time_base else 0.0


def _declared_s(container: Container, stream: VideoStream) -> float | None:
    """As the file's header says; None where libav only guesses it or the video is not alone."""
    if container.format.name in _LENGTH_IS_GUESSED:
        return None
    if container.format.name == "avi" and stream.frames and stream.average_rate:
        # Of an AVI file that breaks off, libav tells the length of what is left.
        return float(stream.frames / stream.average_rate)
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration and len(container.streams) == 1:
        return container.duration / av.time_base
    return None


def _nearest(times: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """`(count,)`: which pictures lie nearest to so many moments, evenly from the first to the last.

    As the live window picks them from its last seconds.
    """
    moments = np.linspace(times[0], times[-1], count)
    after = np.searchsorted(times, moments).clip(1 if len(times) > 1 else 0, len(times) - 1)
    before = np.maximum(after - 1, 0)
    return np.where(times[after] - moments < moments - times[before], after, before)
