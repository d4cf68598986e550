"""Adds rest before and after a motion: hands rise from the lap and sink back to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.landmarks.skeletons import UPPER_BODY
from engine.sources.motion.references import ReferenceMotion

_RAISED = 0.95
"""A hand above this, in shoulder widths below the shoulders, does not rest."""

_REST_S, _MOVE_S = 0.4, 0.2
_LAP = 1.0
_ELBOW = {"left": (0.72, 0.75), "right": (-0.72, 0.75)}

_STILL = 0.2
"""Hands that move less than this, in shoulder widths, hold the sign still."""

_HELD_S = 3.2
"""A sign that is all stillness is shown for so long: it is known by being held."""


def with_rest(motion: ReferenceMotion) -> ReferenceMotion:
    """The motion, with hands that are raised at its first or last moment brought from or to the
    lap: a sign has rest before and after it, by which it is told from the next."""
    motion = _held(motion)
    before, hands_before = _rest(motion, 0)
    after, hands_after = _rest(motion, -1)
    if np.array_equal(before, motion.joints[0]) and np.array_equal(after, motion.joints[-1]):
        return motion
    up, down = _ramp(motion.rate_hz), _ramp(motion.rate_hz)[::-1]
    joints = np.concatenate(
        [
            _way(before, motion.joints[0], up),
            motion.joints,
            _way(after, motion.joints[-1], down),
        ]
    )
    hands = motion.hands
    if hands is not None and hands_before is not None and hands_after is not None:
        hands = np.concatenate(
            [_way(hands_before, hands[0], up), hands, _way(hands_after, hands[-1], down)]
        )
    return replace(motion, joints=joints, hands=hands)


def _held(motion: ReferenceMotion) -> ReferenceMotion:
    hands = motion.joints[:, [UPPER_BODY.index("left_hand"), UPPER_BODY.index("right_hand")]]
    raised = hands[:, (np.median(hands[..., 1], axis=0) < _RAISED)]
    if raised.shape[1] == 0 or float(np.ptp(raised, axis=0).max()) >= _STILL:
        return motion
    steps = max(len(hands), round(_HELD_S * motion.rate_hz))
    near = np.round(np.linspace(0, len(hands) - 1, steps)).astype(int)
    shown = None if motion.hands is None else motion.hands[near]
    return replace(motion, joints=motion.joints[near], hands=shown)


def _rest(
    motion: ReferenceMotion, moment: int
) -> tuple[NDArray[np.float32], NDArray[np.float32] | None]:
    joints = motion.joints[moment].copy()
    hands = None if motion.hands is None else motion.hands[moment].copy()
    for number, side in enumerate(("left", "right")):
        hand = UPPER_BODY.index(f"{side}_hand")
        if joints[hand, 1] >= _RAISED:
            continue
        # Straight down: on the way to the side a hand would say something.
        moved = np.array([0.0, _LAP - joints[hand, 1]], np.float32)
        joints[hand] += moved
        joints[UPPER_BODY.index(f"{side}_elbow")] = _ELBOW[side]
        if hands is not None:
            hands[number] += moved
    return joints, hands


def _ramp(rate_hz: float) -> NDArray[np.float32]:
    """From 0, held for a while, to nearly 1."""
    rest, move = round(_REST_S * rate_hz), round(_MOVE_S * rate_hz)
    share = np.concatenate([np.zeros(rest), np.arange(move) / move])
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _way(
    rest: NDArray[np.float32], place: NDArray[np.float32], ramp: NDArray[np.float32]
) -> NDArray[np.float32]:
    share = ramp.reshape(-1, *([1] * rest.ndim))
    return np.asarray(rest * (1 - share) + place * share, np.float32)
