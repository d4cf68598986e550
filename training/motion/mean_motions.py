"""One mean motion a sign: aligned in time over takes and signers, then averaged.

Every signer counts once, however many takes there are, so the result is nobody's own recording.
Alignment is DTW barycentre averaging (Petitjean, Ketterlin and Gancarski, Pattern Recognition 2011)
on the normalised joints.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.sources.motion.references import ReferenceMotion
from training.datasets.augmentation import project
from training.readers.asl20 import GRID_STEPS, SPAN_S, PairedRecordings

_ROUNDS = 5
_TAKES_PER_SIGNER = 4
_LEFT_HAND, _RIGHT_HAND = 4, 5


def warping(path_of: NDArray[np.float32], onto: NDArray[np.float32]) -> list[tuple[int, int]]:
    """Which moment of `(T, D)` belongs to which of `(T', D)`, by dynamic time warping; from the
    last to the first."""
    cost = np.linalg.norm(path_of[:, None] - onto[None], axis=2)
    n, m = cost.shape
    total = np.full((n + 1, m + 1), np.inf)
    total[0, 0] = 0.0
    for i in range(n):
        for j in range(m):
            total[i + 1, j + 1] = cost[i, j] + min(total[i, j], total[i, j + 1], total[i + 1, j])
    pairs = []
    i, j = n, m
    while i > 0 and j > 0:
        pairs.append((i - 1, j - 1))
        step = int(np.argmin((total[i - 1, j - 1], total[i - 1, j], total[i, j - 1])))
        i, j = i - (step != 2), j - (step != 1)
    return pairs


def align(path_of: NDArray[np.float32], onto: NDArray[np.float32]) -> NDArray[np.float32]:
    """Warp `(T, D)` onto the time of `(T', D)`: `(T', D)`. Samples of `path_of` that fall on the
    same moment of `onto` are averaged."""
    warped = np.zeros_like(onto)
    count = np.zeros(len(onto))
    for i, j in warping(path_of, onto):
        warped[j] += path_of[i]
        count[j] += 1
    return (warped / np.maximum(count, 1)[:, None]).astype(np.float32)


def mean_motion(recordings: PairedRecordings, gloss: str, *, seed: int = 0) -> ReferenceMotion:
    """The mean motion of `gloss` over all signers of `recordings` who use their right hand."""
    of_word = recordings.subset(recordings.words == gloss)
    joints = normalise_by_shoulders(project(torch.from_numpy(of_word.joints))).numpy()
    right_handed = _movement(joints, _RIGHT_HAND) >= 0.5 * _movement(joints, _LEFT_HAND)
    rng = np.random.default_rng(seed)
    takes: list[list[NDArray[np.float32]]] = []
    for signer in np.unique(of_word.signers):
        own = np.flatnonzero((of_word.signers == signer) & right_handed)
        chosen = rng.permutation(own)[:_TAKES_PER_SIGNER]
        if len(chosen):
            takes.append([joints[i].reshape(GRID_STEPS, -1) for i in chosen])
    everyone = [np.median(own, axis=0) for own in takes]
    centre = _medoid(everyone)
    for _ in range(_ROUNDS):
        per_signer = [np.mean([align(take, centre) for take in own], axis=0) for own in takes]
        centre = np.median(per_signer, axis=0).astype(np.float32)
    smooth = gaussian_filter1d(centre, sigma=1.0, axis=0, mode="nearest")
    rate_hz = (GRID_STEPS - 1) / SPAN_S
    return ReferenceMotion(gloss, rate_hz, smooth.reshape(GRID_STEPS, 7, 2).astype(np.float32))


def _movement(joints: NDArray[np.float32], joint: int) -> NDArray[np.float32]:
    """Length of one joint's way in each of `(N, T, 7, 2)`."""
    way: NDArray[np.float32] = np.linalg.norm(np.diff(joints[:, :, joint], axis=1), axis=2).sum(1)
    return way


def _medoid(paths: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    distance = [sum(float(np.abs(a - b).mean()) for b in paths) for a in paths]
    return paths[int(np.argmin(distance))]
