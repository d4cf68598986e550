"""One mean motion a sign, fingers and all: of landmarks, over takes and signers.

As `mean_motions`, but hands drop out of landmarks: where one was seen and how it was held are
averaged over the takes that saw it, and it is in the mean where most takes saw it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from engine.landmarks.gap_filling import fill_gaps
from engine.landmarks.graph_input import recorded_joints
from engine.landmarks.recording import LandmarkRecording
from engine.landmarks.skeletons import HAND, SKELETONS, joints_from
from engine.sources.motion.references import ReferenceMotion
from training.errors import DataError
from training.motion.mean_motions import align, warping

_RATE_HZ = 15.0
_ROUNDS = 4
_TAKES_PER_SIGNER = 5
_NEAREST = 0.6
"""Of the takes, those most like the middle one: who signs it another way, or with the other hand,
would blur it."""
_BODY, _ARMS = SKELETONS["upper_body"], SKELETONS["hands_and_arms"]
_SHOULDERS = [11, 12]
_HAND_COLUMNS = [[_ARMS.index(f"{side}_{joint}") for joint in HAND] for side in ("left", "right")]
_HAND_WEIGHT, _FINGER_WEIGHT = 1.0, 0.5


class _Take:
    """A take on an even time grid, in shoulder widths: `body` `(T, 7, 2)`, `wrists` `(T, 2, 2)`,
    `fingers` `(T, 2, 21, 2)` from the wrist, `seen` `(T, 2)`, `path` `(T, D)` to align by."""

    def __init__(self, recording: LandmarkRecording) -> None:
        body = fill_gaps(joints_from(recording, _BODY))
        whole = recorded_joints(recording, _ARMS)
        shoulders = body[:, _BODY.shoulders, :]
        origin = np.nanmedian(shoulders.mean(axis=1), axis=0)
        width = np.nanmedian(np.linalg.norm(shoulders[:, 0] - shoulders[:, 1], axis=1))
        steps = max(2, round((recording.t_s[-1] - recording.t_s[0]) * _RATE_HZ) + 1)
        moments = np.linspace(recording.t_s[0], recording.t_s[-1], steps)

        def even(values: NDArray[np.float32]) -> NDArray[np.float32]:
            flat = values.reshape(len(values), -1)
            columns = [np.interp(moments, recording.t_s, column) for column in flat.T]
            return np.stack(columns, axis=1).reshape(steps, *values.shape[1:]).astype(np.float32)

        self.body = even((body - origin) / width)
        hands = np.stack([whole[:, columns] for columns in _HAND_COLUMNS], axis=1)
        places = (hands[..., :2] - origin) / width
        self.wrists = even(places[:, :, 0])
        self.fingers = even(places - places[:, :, :1])
        # The first finger, since a wrist is the pose's where its hand was not seen.
        self.seen = even(hands[:, :, 5, 2]) >= 0.5
        shapes = np.where(self.seen[..., None, None], np.nan_to_num(self.fingers), 0.0)
        self.path = np.concatenate(
            [
                self.body.reshape(steps, -1),
                _HAND_WEIGHT * self.wrists.reshape(steps, -1),
                _FINGER_WEIGHT * shapes.reshape(steps, -1),
            ],
            axis=1,
        )

    @property
    def is_whole(self) -> bool:
        return bool(np.isfinite(self.body).all() and np.isfinite(self.wrists).all())


def mean_finger_motion(
    gloss: str, takes: Sequence[tuple[str, LandmarkRecording]], *, seed: int = 0
) -> ReferenceMotion:
    """The mean of `takes`, each with its signer. Raises DataError when fewer than two show the
    whole body."""
    rng = np.random.default_rng(seed)
    by_signer: dict[str, list[_Take]] = {}
    for i in rng.permutation(len(takes)):
        signer, recording = takes[i]
        own = by_signer.setdefault(signer, [])
        if len(own) == _TAKES_PER_SIGNER or np.isnan(recording.pose[:, _SHOULDERS, :2]).all():
            continue
        if (take := _Take(recording)).is_whole:
            own.append(take)
    chosen = [take for signer in sorted(by_signer) for take in by_signer[signer]]
    if len(chosen) < 2:
        raise DataError(f"{gloss}: fewer than two takes in which somebody is seen throughout")
    middle, near = _middle(chosen)
    centre = middle.path
    for _ in range(_ROUNDS):
        centre = np.mean([align(take.path, centre) for take in near], axis=0)
    return _mean(gloss, near, centre)


def _middle(takes: list[_Take]) -> tuple[_Take, list[_Take]]:
    """The take most like all others, and those most like it."""
    steps = round(float(np.median([len(take.path) for take in takes])))
    grid = np.linspace(0, 1, steps)
    paths = np.stack(
        [
            np.stack([np.interp(grid, np.linspace(0, 1, len(t.path)), c) for c in t.path.T], axis=1)
            for t in takes
        ]
    )
    apart = np.abs(paths[:, None] - paths[None]).mean(axis=(2, 3))
    # Half of them at least are like it: the middle of the larger group, not between two groups.
    half = np.sort(apart, axis=1)[:, : len(takes) // 2 + 1].mean(axis=1)
    middle = int(half.argmin())
    order = apart[middle].argsort()[: max(2, round(_NEAREST * len(takes)))]
    return takes[middle], [takes[i] for i in order]


def _mean(gloss: str, takes: list[_Take], centre: NDArray[np.float32]) -> ReferenceMotion:
    steps = len(centre)
    body, wrists = np.zeros((steps, 7, 2)), np.zeros((steps, 2, 2))
    fingers, seen = np.zeros((steps, 2, 21, 2)), np.zeros((steps, 2))
    count = np.zeros(steps)
    for take in takes:
        for i, j in warping(take.path, centre):
            count[j] += 1
            body[j] += take.body[i]
            wrists[j] += take.wrists[i]
            for side in np.flatnonzero(take.seen[i]):
                fingers[j, side] += take.fingers[i, side]
                seen[j, side] += 1
    often = seen >= 0.5 * count[:, None]
    shapes = fingers / np.maximum(seen, 1)[..., None, None]
    shapes[~often] = np.nan
    shown = np.stack([fill_gaps(shapes[:, side].astype(np.float32)) for side in (0, 1)], axis=1)
    hands = _smooth(wrists / count[:, None, None])[:, :, None] + _smooth(shown)
    hands[~often] = np.nan
    return ReferenceMotion(
        gloss,
        _RATE_HZ,
        _smooth(body / count[:, None, None]).astype(np.float32),
        hands.astype(np.float32),
    )


def _smooth(values: NDArray[np.floating]) -> NDArray[np.floating]:
    return gaussian_filter1d(values, sigma=0.7, axis=0, mode="nearest")
