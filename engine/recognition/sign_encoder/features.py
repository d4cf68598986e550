"""What is told of a sign: of every moment the shape of each hand, where the hands are and how they
move, and which places of face and body the fingertips are near; and the same of the sign as a
whole, for nobody is at the same point of a sign at the same moment."""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.arrays import Floats
from engine.recognition.sign_encoder.cleaning import SignSteps

_CHAINS = np.array([[0, *range(first, first + 4)] for first in (1, 5, 9, 13, 17)])
"""`(5, 5)`: from the wrist to the tip of each finger, in MediaPipe's order."""

_TIPS, _KNUCKLES = _CHAINS[:, -1], _CHAINS[:, 1]
_PAIRS = np.array([(a, b) for i, a in enumerate(_TIPS) for b in _TIPS[i + 1 :]])
_BONE_WEIGHT = 0.7

_HAND_SIZE = 0.133
"""Shoulder widths: the mean distance of a hand's points from their centre, in the median of 5,575
hands of two sets that have it. Not every set tells how large a hand is; so none is asked."""

_NEAR = 0.3
"""Shoulder widths at which nearness has fallen to 0.6."""

_BODY = np.array([[0.5, 0.0], [-0.5, 0.0], [0.0, 0.15], [0.0, 0.6]], np.float32)
"""Left and right shoulder, top and bottom of the chest."""

_PLACES = 14
HAND_FEATURES, MOVEMENT_FEATURES = 134, 23
NEARNESS_FEATURES = 2 * len(_TIPS) * _PLACES
MOMENT_FEATURES = 2 * HAND_FEATURES + MOVEMENT_FEATURES + NEARNESS_FEATURES
POOLED_SHAPES = 4 * (HAND_FEATURES - 1)
POOLED_FEATURES = POOLED_SHAPES + 2 * 6 + NEARNESS_FEATURES
WAVES = 10
FEATURES = WAVES * MOMENT_FEATURES + POOLED_FEATURES
"""Of a sign."""

_FAR = 9.0


def sign_features(steps: SignSteps) -> Floats:
    """`(..., S, ...)` moments to `(..., FEATURES)`: how what is told of every moment goes on over
    the sign, in a few slow waves, and then what is told of all moments together."""
    moments = moment_features(steps)
    waves = np.einsum("ws,...sf->...wf", _waves(moments.shape[-2]), moments, optimize=True)
    flat = waves.reshape(*waves.shape[:-2], WAVES * MOMENT_FEATURES)
    return np.concatenate([flat, pooled_features(steps, moments)], axis=-1)


@cache
def _waves(steps: int) -> Floats:
    """`(WAVES, steps)`: the first rows of the cosine transform (Ahmed, Natarajan, Rao, 'Discrete
    cosine transform', 1974). What is faster is tempo and noise more than it is the sign."""
    along = (np.arange(steps) + 0.5) / steps
    found = np.sqrt(2 / steps) * np.cos(np.pi * np.arange(WAVES)[:, None] * along)
    found[0] /= np.sqrt(2)
    return found.astype(np.float32)


def moment_features(steps: SignSteps) -> Floats:
    """`(..., S, 431)`; 0 for all that is told of a hand that was not seen."""
    turned = steps.hands * _FACING
    shapes = hand_shape(turned) * steps.seen[..., None]
    hands = np.concatenate([shapes, steps.seen[..., None]], axis=-1)
    flat = hands.reshape(*hands.shape[:-2], 2 * HAND_FEATURES)
    parts = [flat, _movement(steps), _nearness(steps)]
    return np.concatenate(parts, axis=-1).astype(np.float32)


def pooled_features(steps: SignSteps, moments: Floats) -> Floats:
    """`(..., 684)`, whenever in the sign it was: the mean shape of each hand where it was seen, and
    how much it changed; where each hand was on average and at most; and how near each fingertip
    came to each place."""
    shapes = moments[..., : 2 * HAND_FEATURES]
    shapes = shapes.reshape(*shapes.shape[:-1], 2, HAND_FEATURES)[..., :-1]
    seen, placed = steps.seen[..., None], steps.placed[..., None]
    count = np.maximum(seen.sum(axis=-3), 1)
    mean = (shapes * seen).sum(axis=-3) / count
    square = (shapes * shapes * seen).sum(axis=-3) / count
    spread = np.sqrt(np.maximum(square - mean * mean, 0))
    there = placed.sum(axis=-3)
    known = there > 0
    places = [
        (steps.centres * placed).sum(axis=-3) / np.maximum(there, 1),
        np.where(placed > 0, steps.centres, -_FAR).max(axis=-3),
        np.where(placed > 0, steps.centres, _FAR).min(axis=-3),
    ]
    parts = [mean, spread, *(np.where(known, place, 0) for place in places)]
    nearest = moments[..., -NEARNESS_FEATURES:].max(axis=-2)
    flat = [part.reshape(*part.shape[:-2], -1) for part in parts]
    return np.concatenate([*flat, nearest], axis=-1).astype(np.float32)


_FACING = np.array([[[-1.0, 1.0]], [[1.0, 1.0]]], np.float32)
"""A left hand as its mirror image, so that both are described alike."""


def hand_shape(hands: Floats) -> Floats:
    """`(..., 21, 2)` right hands, about their centre and in their own size, to `(..., 133)`: where
    the points are, which way the bones go, how far tips are from each other, from the wrist and
    from their knuckles, how the joints are bent, and which side of the palm is seen."""
    bones = hands[..., _CHAINS[:, 1:], :] - hands[..., _CHAINS[:, :-1], :]
    units = bones / np.maximum(np.linalg.norm(bones, axis=-1, keepdims=True), 1e-6)
    before, after = units[..., :-1, :], units[..., 1:, :]
    cosine = (before * after).sum(axis=-1)
    sine = _cross(before, after)
    pairs = np.linalg.norm(hands[..., _PAIRS[:, 0], :] - hands[..., _PAIRS[:, 1], :], axis=-1)
    to_wrist = np.linalg.norm(hands[..., _TIPS, :] - hands[..., :1, :], axis=-1)
    to_knuckle = np.linalg.norm(hands[..., _TIPS, :] - hands[..., _KNUCKLES, :], axis=-1)
    wrist = hands[..., 0, :]
    palm = _cross(hands[..., 5, :] - wrist, hands[..., 17, :] - wrist)[..., None]
    parts = (hands, units * _BONE_WEIGHT, pairs, to_wrist, to_knuckle, cosine, sine, palm)
    kept = hands.shape[:-2]
    return np.concatenate([part.reshape(*kept, -1) for part in parts], axis=-1)


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0], np.float32)


def _movement(steps: SignSteps) -> Floats:
    placed = steps.placed[..., None]
    centres = steps.centres * placed
    to_nose = (steps.centres - steps.face[..., :1, :]) * placed
    both = steps.placed[..., :1] * steps.placed[..., 1:]
    between = (steps.centres[..., 1, :] - steps.centres[..., 0, :]) * both
    moved = np.diff(steps.centres, axis=-3, prepend=steps.centres[..., :1, :, :])
    stays = np.minimum(steps.placed, np.roll(steps.placed, 1, axis=-2))
    velocities = moved * stays[..., None]
    parts = (
        centres,
        steps.placed,
        to_nose,
        np.linalg.norm(to_nose, axis=-1),
        between,
        np.linalg.norm(between, axis=-1),
        velocities,
        steps.elbows,
    )
    kept = steps.placed.shape[:-1]
    return np.concatenate([np.reshape(part, (*kept, -1)) for part in parts], axis=-1)


def _nearness(steps: SignSteps) -> Floats:
    """How near each fingertip is to each place: signs that differ in nothing else touch another
    part of the face. A distance alone would tell most about places far away."""
    tips = steps.centres[..., None, :] + _HAND_SIZE * steps.hands[..., _TIPS, :]
    # (..., S, places, hands, tips)
    apart = tips[..., None, :, :, :] - _places(steps)[..., :, None, None, :]
    near = np.exp((apart * apart).sum(axis=-1) / (-2 * _NEAR * _NEAR))
    near = near * steps.seen[..., None, :, None]
    found: Floats = near.reshape(*near.shape[:-3], NEARNESS_FEATURES)
    return found


def _places(steps: SignSteps) -> Floats:
    """`(..., S, 14, 2)`: of the face by its eyes and mouth, of the body by the shoulders."""
    nose, left_eye, right_eye, left_mouth, right_mouth = np.moveaxis(steps.face, -2, 0)
    eyes, mouth = (left_eye + right_eye) / 2, (left_mouth + right_mouth) / 2
    up, aside = eyes - mouth, (left_eye - right_eye) / 2
    cheeks = eyes - 0.5 * up
    face = [
        nose,
        mouth,
        eyes + 0.7 * up,
        mouth - 0.6 * up,
        cheeks + 0.9 * aside,
        cheeks - 0.9 * aside,
        eyes + 1.5 * up,
        mouth - 1.3 * up,
    ]
    body = np.broadcast_to(_BODY, (*nose.shape[:-1], *_BODY.shape))
    return np.concatenate([np.stack(face, axis=-2), body, steps.elbows], axis=-2)
