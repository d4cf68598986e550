"""The same sign as another signer, another camera or a worse detector would have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.recognition.sign_encoder.cleaning import SignSteps
from training.datasets.signs.hand_depth import HandDepth

_BONE_FROM = np.array([0, 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 13, 14, 15, 0, 17, 18, 19])
"""From which point of a hand the bone to each of its 21 points comes; the wrist's own is none."""

_PARTS = 6


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Standard deviations, or the most where it is said; places in shoulder widths, hands in their
    own size, angles in radians, times in parts of the sign."""

    trim: float = 0.09
    """At the most, off either end."""
    tempo: float = 0.36
    """At the most, of each of six parts."""
    scale_x: float = 0.06
    scale_y: float = 0.04
    shear: float = 0.06
    tilt: float = 0.06
    hand_turn: float = 0.09
    turn_drift: float = 0.06
    bone_length: float = 0.06
    joint_place: float = 0.036
    joint_noise: float = 0.018
    body_scale: float = 0.07
    body_shift: float = 0.06
    hand_shift: float = 0.05
    drift: float = 0.036
    gap: float = 0.35
    """At the most, of a hand that is lost for a while."""
    gap_chance: float = 0.4
    arm_tells: float = 0.7
    """How often the place of a lost hand is still known."""
    one_hand_chance: float = 0.06
    depth_turn: float = 0.2
    """Of hands about the picture's x and y, by what their depth is thought to be."""


def augmented(
    steps: SignSteps,
    count: int,
    rng: np.random.Generator,
    how: Augmentation = Augmentation(),
    depth: HandDepth | None = None,
) -> SignSteps:
    """`(N, S, ...)` to `(N, count, ...)`, each changed in its own way. `depth`: what hands are
    turned in space by; without it they are not."""
    n = len(steps.seen)
    warped = _in_time(steps, _moments(n, count, rng, how))
    hands = _hands(warped.hands, rng, how, depth)
    centres, face, elbows = _places(warped, rng, how)
    seen, placed = _lost(warped.seen, warped.placed, rng, how)
    return SignSteps(hands, centres, face, elbows, seen, placed)


def unchanged(steps: SignSteps, count: int) -> SignSteps:
    """`(N, S, ...)` at `count` moments."""
    n = len(steps.seen)
    return _in_time(steps, np.broadcast_to(np.linspace(0.0, 1.0, count), (n, count)))


def _moments(
    n: int, count: int, rng: np.random.Generator, how: Augmentation
) -> NDArray[np.float64]:
    """`(N, count)`: where each moment lies in the sign, 0..1."""
    pace = 1.0 + rng.uniform(-how.tempo, how.tempo, (n, _PARTS))
    corners = np.concatenate([np.zeros((n, 1)), pace.cumsum(axis=1)], axis=1)
    corners /= corners[:, -1:]
    along = np.linspace(0.0, 1.0, count) * _PARTS
    before = np.minimum(along.astype(int), _PARTS - 1)
    share = along - before
    bent = corners[:, before] * (1 - share) + corners[:, before + 1] * share
    start = rng.uniform(0.0, how.trim, (n, 1))
    return np.asarray(start + bent * (1.0 - start - rng.uniform(0.0, how.trim, (n, 1))))


def _in_time(steps: SignSteps, moments: NDArray[np.float64]) -> SignSteps:
    size = steps.seen.shape[1]
    place = moments * (size - 1)
    before = np.clip(place.astype(int), 0, size - 2)
    share = (place - before).astype(np.float32)
    rows = np.arange(len(moments))[:, None]

    def between(values: Floats) -> Floats:
        part = share.reshape(*share.shape, *(1,) * (values.ndim - 2))
        return values[rows, before] * (1 - part) + values[rows, before + 1] * part

    return SignSteps(
        between(steps.hands),
        between(steps.centres),
        between(steps.face),
        between(steps.elbows),
        steps.seen[rows, np.round(place).astype(int)],
        steps.placed[rows, np.round(place).astype(int)],
    )


def _smooth_drift(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """`(N, S, ...)` that changes slowly over S, of deviation 1 about."""
    n, count, *rest = shape
    corners = rng.standard_normal((n, 4, *rest)).astype(np.float32)
    along = np.linspace(0.0, 3.0, count)
    before = np.minimum(along.astype(int), 2)
    share = (along - before).astype(np.float32).reshape(1, count, *(1,) * len(rest))
    return corners[:, before] * (1 - share) + corners[:, before + 1] * share


def _hands(
    hands: Floats, rng: np.random.Generator, how: Augmentation, depth: HandDepth | None
) -> Floats:
    n, count = hands.shape[:2]
    normal = rng.standard_normal

    # Bones of other lengths, from the wrist outwards.
    bones = hands - hands[..., _BONE_FROM, :]
    lengths = 1.0 + how.bone_length * normal((n, 1, 2, 21, 1)).astype(np.float32)
    bones = bones * lengths
    built = np.empty_like(hands)
    for point, origin in enumerate(_BONE_FROM):
        if point == origin:
            built[..., point, :] = hands[..., point, :]
        else:
            built[..., point, :] = built[..., origin, :] + bones[..., point, :]
    if depth is not None and how.depth_turn > 0:
        built = _turned_in_space(built, rng, how.depth_turn, depth)
    # The picture: what is wide, leans or is tilted.
    matrix = _picture(n, rng, how)[:, None, None]
    angle = how.hand_turn * normal((n, 1, 2)) + how.turn_drift * _smooth_drift((n, count, 2), rng)
    cosine, sine = np.cos(angle), np.sin(angle)
    turn = np.stack(
        [np.stack([cosine, -sine], axis=-1), np.stack([sine, cosine], axis=-1)], axis=-2
    )
    built = built @ np.swapaxes(matrix @ turn, -1, -2).astype(np.float32)
    built = built + how.joint_place * normal((n, 1, 2, 21, 2)).astype(np.float32)
    built = built + how.joint_noise * normal(built.shape).astype(np.float32)
    built = built - built.mean(axis=-2, keepdims=True)
    size = np.linalg.norm(built, axis=-1).mean(axis=-1)[..., None, None]
    # A hand that never was there is nothing still.
    there = np.abs(hands).sum(axis=(-1, -2), keepdims=True) > 0
    return np.where(there, built / np.maximum(size, 1e-6), 0.0).astype(np.float32)


def _turned_in_space(
    hands: Floats, rng: np.random.Generator, deviation: float, depth: HandDepth
) -> Floats:
    n, count = hands.shape[:2]
    facing = np.array([[-1.0, 1.0], [1.0, 1.0]], np.float32)
    # Depth changes slowly: every other moment is asked, and says it for the next one.
    asked = (hands * facing[:, None])[:, ::2].reshape(-1, 42)
    found = depth(asked).reshape(n, -1, 2, 21)
    z = np.repeat(found, 2, axis=1)[:, :count]
    about_x = deviation * rng.standard_normal((n, 1, 2, 1)).astype(np.float32)
    about_y = deviation * rng.standard_normal((n, 1, 2, 1)).astype(np.float32)
    x, y = hands[..., 0], hands[..., 1]
    y, z = y * np.cos(about_x) - z * np.sin(about_x), y * np.sin(about_x) + z * np.cos(about_x)
    x = x * np.cos(about_y) + z * np.sin(about_y)
    return np.stack([x, y], axis=-1)


def _picture(n: int, rng: np.random.Generator, how: Augmentation) -> NDArray[np.float64]:
    """`(N, 2, 2)`: how the camera has it otherwise."""
    normal = rng.standard_normal
    angle = how.tilt * normal(n)
    made = np.zeros((n, 2, 2))
    made[:, 0, 0] = 1.0 + how.scale_x * normal(n)
    made[:, 1, 1] = 1.0 + how.scale_y * normal(n)
    made[:, 0, 1] = how.shear * normal(n)
    cosine, sine = np.cos(angle), np.sin(angle)
    turn = np.stack([np.stack([cosine, -sine], -1), np.stack([sine, cosine], -1)], -2)
    return turn @ made


def _places(
    steps: SignSteps, rng: np.random.Generator, how: Augmentation
) -> tuple[Floats, Floats, Floats]:
    n, count = steps.seen.shape[:2]
    normal = rng.standard_normal
    size = np.asarray(1.0 + how.body_scale * normal(n))[:, None, None]
    matrix = _picture(n, rng, how) * size
    matrix = np.swapaxes(matrix, -1, -2).astype(np.float32)
    shift = (how.body_shift * normal((n, 1, 2))).astype(np.float32)
    own = (how.hand_shift * normal((n, 1, 2, 2))).astype(np.float32)
    own = own + how.drift * _smooth_drift((n, count, 2, 2), rng)
    centres = steps.centres @ matrix[:, None] + shift[:, None] + own
    elbow_shift = (how.hand_shift * normal((n, 1, 2, 2))).astype(np.float32)
    elbows = steps.elbows @ matrix[:, None] + shift[:, None] + elbow_shift
    face = steps.face @ matrix[:, None] + shift[:, None]
    return centres.astype(np.float32), face.astype(np.float32), elbows.astype(np.float32)


def _lost(
    seen: Floats, placed: Floats, rng: np.random.Generator, how: Augmentation
) -> tuple[Floats, Floats]:
    n, count = seen.shape[:2]
    kept, known = seen.copy(), placed.copy()
    along = np.arange(count) / count
    for hand in range(2):
        begins = rng.uniform(0.0, 1.0, (n, 1))
        lasts = rng.uniform(0.0, how.gap, (n, 1)) * (rng.random((n, 1)) < how.gap_chance)
        gone = (along >= begins) & (along < begins + lasts)
        kept[..., hand][gone] = 0.0
        # The arm may go on telling where the hand is.
        known[..., hand][gone & (rng.random((n, 1)) < 1.0 - how.arm_tells)] = 0.0
    weaker = seen.sum(axis=1).argmin(axis=1)
    # Where one hand does it all, it is not lost.
    gone = (rng.random(n) < how.one_hand_chance) & (seen.sum(axis=1).min(axis=1) > 0)
    kept[np.flatnonzero(gone), :, weaker[gone]] = 0.0
    known[np.flatnonzero(gone), :, weaker[gone]] = 0.0
    alone = kept.sum(axis=(1, 2)) == 0
    kept[alone], known[alone] = seen[alone], placed[alone]
    return kept, known
