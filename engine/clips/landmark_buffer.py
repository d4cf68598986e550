"""The landmarks of the last seconds, and what the graph network sees of a span of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.clips.clip_buffer import ClipBuffer
from engine.frame import Landmarks
from engine.landmarks.graph_input import graph_input, recorded_joints, sampled_joints
from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import Skeleton

KEPT_S = 10.0
"""The longest sign that can be named as a whole."""

FEWEST_HANDS = 0.1
"""In fewer of the moments a hand is seen by chance: there are no fingers to go by."""


def graph_clip(
    recording: LandmarkRecording,
    skeleton: Skeleton,
    frames: int,
    *,
    start_s: float | None = None,
    end_s: float | None = None,
    left_handed: bool = False,
) -> NDArray[np.float32]:
    """`(1, 3, frames, J)` of a recording from `start_s` to `end_s` (default: all of it); before
    its first and after its last moment that one is held. The shoulders are the whole recording's.
    """
    joints = recorded_joints(recording, skeleton, left_handed=left_handed)
    start = float(recording.t_s[0]) if start_s is None else start_s
    end = float(recording.t_s[-1]) if end_s is None else end_s
    moments = np.linspace(start, end, frames)
    places = graph_input(joints[None], skeleton)
    sampled = sampled_joints(places[0].transpose(1, 2, 0), recording.t_s, moments)
    return np.ascontiguousarray(sampled.transpose(2, 0, 1)[None])


def hands_seen(recording: LandmarkRecording, skeleton: Skeleton) -> bool:
    """Whether there is enough to go by: of joints with fingers, that fingers were seen; of others,
    that somebody was."""
    if not skeleton.has_fingers:
        return bool((~np.isnan(recording.pose[:, 0, 0])).any())
    left, right = recording.left_hand[:, 0, 0], recording.right_hand[:, 0, 0]
    seen = ~np.isnan(left) | ~np.isnan(right)
    return bool(seen.mean() >= FEWEST_HANDS) if len(seen) else False


def slice_of(
    recording: LandmarkRecording, start_s: float, end_s: float
) -> LandmarkRecording | None:
    """The part of a recording from `start_s` to `end_s`; None when that is nothing."""
    chosen = (recording.t_s >= start_s) & (recording.t_s <= end_s)
    if not chosen.any():
        return None
    return LandmarkRecording(
        recording.t_s[chosen],
        recording.pose[chosen],
        recording.left_hand[chosen],
        recording.right_hand[chosen],
    )


class LandmarkBuffer:
    """What was seen lately, moment by moment. A clock that runs backwards empties it."""

    def __init__(self, kept_s: float = KEPT_S) -> None:
        self._window: ClipBuffer[Landmarks] = ClipBuffer(kept_s, 2)

    def append(self, t_s: float, landmarks: Landmarks) -> None:
        self._window.append(t_s, landmarks)

    def clear(self) -> None:
        self._window.clear()

    @property
    def newest_s(self) -> float | None:
        return self._window.newest_s

    def between(self, start_s: float, end_s: float) -> LandmarkRecording | None:
        """What was seen from `start_s` to `end_s`; None when that is nothing."""
        times, seen = self._window.items()
        chosen = [i for i, t in enumerate(times) if start_s <= t <= end_s]
        if not chosen:
            return None
        return LandmarkRecording.of([times[i] for i in chosen], [seen[i] for i in chosen])
