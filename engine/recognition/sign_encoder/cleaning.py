"""Hands that the detector saw twice, in the wrong place or not at all, put right; then the segment
on a grid of steps, from its first hand to its last."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.messages import Message
from engine.recognition.sign_encoder.segment import SegmentError, SignSegment, mirrored

_SAME_PLACE, _SAME_SHAPE = 0.12, 0.15
"""Two hands nearer than this in shoulder widths, and in their own size, are one hand seen twice."""

_FURTHEST_OFF = 0.6
"""Shoulder widths off its own running median of five: another thing was taken for the hand."""

_RESTS_BELOW, _HANGS_BELOW = 0.75, 1.35
"""So many shoulder widths below the shoulders, about where elbows are, a hand comes up from rest or
goes back there, and says nothing; a sign made down there all the time is cut where arms hang."""

_FEWEST_FRAMES = 3

_LONGEST_GAP = 0.25
"""Of the segment's frames, however fast they come."""

_OTHER_HANDED = 1.5
"""A left-hander is who shows the left hand so many times as often as the right one."""


@dataclass(frozen=True, slots=True, eq=False)
class SignSteps:
    """`(..., S)` moments of signs, float32: `hands` `(..., S, 2, 21, 2)`, `centres`
    `(..., S, 2, 2)`, `face` `(..., S, 5, 2)`, `elbows` `(..., S, 2, 2)` as in `SignSegment`, and,
    1 or 0, `seen` and `placed` `(..., S, 2)`. What was not seen is held from before or after, or 0
    where it never was."""

    hands: Floats
    centres: Floats
    face: Floats
    elbows: Floats
    seen: Floats
    placed: Floats


def cleaned(segment: SignSegment) -> SignSegment:
    """Without what is no hand of the sign, from the first frame with a hand to the last; a
    left-hander's as their mirror image. Raises SegmentError where no hand is left."""
    placed = _raised(segment, _RESTS_BELOW)
    if (placed & segment.seen).any(axis=1).sum() < _FEWEST_FRAMES:
        placed = _raised(segment, _HANGS_BELOW)
    seen = segment.seen & placed
    if not seen.any():
        raise SegmentError(Message("segment.no-hands"))
    # An arm whose fingers were never made out rests somewhere.
    placed &= seen.any(axis=0)
    there = np.flatnonzero(seen.any(axis=1))
    part = slice(there[0], there[-1] + 1)
    seen, placed = seen[part], placed[part]
    hands = np.where(seen[..., None, None], segment.hands[part], np.float32(np.nan))
    centres = np.where(placed[..., None], segment.centres[part], np.float32(np.nan))
    longest = _LONGEST_GAP * len(seen)
    for hand in range(2):
        _fill(hands[:, hand], seen[:, hand], longest)
        _fill(centres[:, hand], placed[:, hand], longest)
    kept = SignSegment(hands, centres, segment.face[part], segment.elbows[part])
    left, right = seen.sum(axis=0)
    return mirrored(kept) if left > _OTHER_HANDED * right else kept


def on_steps(segment: SignSegment, steps: int) -> SignSteps:
    """A cleaned segment at `steps` moments, evenly from its beginning to its end."""
    places = np.linspace(0.0, len(segment) - 1, steps)
    nearest = np.round(places).astype(int)
    every = np.arange(len(segment))
    hands = np.zeros((steps, 2, *segment.hands.shape[2:]), np.float32)
    centres = np.zeros((steps, 2, 2), np.float32)
    for hand in range(2):
        for known, values, out in (
            (segment.seen[:, hand], segment.hands, hands),
            (segment.placed[:, hand], segment.centres, centres),
        ):
            if known.any():
                found = np.flatnonzero(known)
                out[:, hand] = _between(places, found, values[found, hand])
    return SignSteps(
        hands=hands,
        centres=centres,
        face=_between(places, every, segment.face),
        elbows=_between(places, every, segment.elbows),
        seen=segment.seen[nearest].astype(np.float32),
        placed=segment.placed[nearest].astype(np.float32),
    )


def _raised(segment: SignSegment, lowest: float) -> NDArray[np.bool_]:
    """`(T, 2)`: which hands are up, where they can be, and no other's."""
    placed = segment.placed & ~(np.nan_to_num(segment.centres[..., 1]) > lowest)
    placed &= ~_doubles(segment, placed & segment.seen)
    placed &= ~_leaps(segment.centres, placed)
    return placed


def _doubles(segment: SignSegment, both: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`(T, 2)`: where both hands are the same one, the one that does not go on where it was."""
    apart = np.linalg.norm(segment.centres[:, 0] - segment.centres[:, 1], axis=1)
    unlike = np.linalg.norm(segment.hands[:, 0] - segment.hands[:, 1], axis=2).mean(axis=1)
    twice = both.all(axis=1) & (apart < _SAME_PLACE) & (unlike < _SAME_SHAPE)
    wrong = np.zeros_like(both)
    last: list[Floats | None] = [None, None]
    for step in range(len(both)):
        if twice[step]:
            leaps = [
                np.inf if before is None else float(np.hypot(*(centre - before)))
                for centre, before in zip(segment.centres[step], last, strict=True)
            ]
            # Signers are right-handed by and large.
            wrong[step, 1 if leaps[0] < leaps[1] else 0] = True
        for hand in range(2):
            if both[step, hand] and not wrong[step, hand]:
                last[hand] = segment.centres[step, hand]
    return wrong


def _leaps(centres: Floats, placed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`(T, 2)`: where a hand is far off where it is just before and after."""
    wrong = np.zeros_like(placed)
    for hand in range(2):
        known = np.flatnonzero(placed[:, hand])
        if len(known) < 3:
            continue
        places = centres[known, hand]
        padded = np.pad(places, ((2, 2), (0, 0)), mode="edge")
        around = np.stack([padded[i : i + len(places)] for i in range(5)])
        off = np.linalg.norm(places - np.median(around, axis=0), axis=1)
        wrong[known[off > _FURTHEST_OFF], hand] = True
    return wrong


def _fill(values: Floats, seen: NDArray[np.bool_], longest: float) -> None:
    """In place: gaps of at most `longest` frames, by what is around them."""
    known = np.flatnonzero(seen)
    for before, after in itertools.pairwise(known):
        if 1 < after - before <= longest + 1:
            share = (np.arange(before + 1, after) - before) / (after - before)
            share = share.reshape(-1, *(1,) * (values.ndim - 1)).astype(np.float32)
            values[before + 1 : after] = values[before] * (1 - share) + values[after] * share


def _between(places: NDArray[np.float64], known: NDArray[np.intp], values: Floats) -> Floats:
    """Linear, the first and the last held: `(len(places), ...)`."""
    where = np.interp(places, known, np.arange(len(known), dtype=np.float64))
    before = where.astype(int)
    after = np.minimum(before + 1, len(known) - 1)
    share = (where - before).reshape(-1, *(1,) * (values.ndim - 1)).astype(np.float32)
    return values[before] * (1 - share) + values[after] * share
