"""Signs drawn with numbers, each with a hand shape and a way of its own, by signers who differ in
body, place, tempo and hand: as landmark recordings, as an archive and as a folder of landmarks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.frame import Landmarks
from engine.landmarks.recording import LandmarkRecording
from tests.landmark_recordings import write_clips

_MIRRORED_POSE = np.arange(33)
for _left in (1, 2, 3, 7, 9, *range(11, 33, 2)):
    _right = {1: 4, 2: 5, 3: 6, 7: 8, 9: 10}.get(_left, _left + 1)
    _MIRRORED_POSE[[_left, _right]] = _right, _left


def drawn_sign(
    sign: int,
    signer: int = 0,
    *,
    rate_hz: float = 15.0,
    left_handed: bool = False,
    noise: float = 0.01,
    place: tuple[float, float] | None = None,
    width: float | None = None,
) -> LandmarkRecording:
    """About two seconds: the hands rest in the lap, rise, sign, go back. Pixels of a picture of
    640 x 480, or where `place` and `width` (of the shoulders) say."""
    of_sign, of_signer = np.random.default_rng([7, sign]), np.random.default_rng([8, signer])
    body = float(of_signer.uniform(80, 130)) if width is None else width
    at = np.array(of_signer.uniform((250, 200), (390, 260)) if place is None else place)
    corners = of_sign.uniform((-0.7, -0.7), (0.2, 0.5), (4, 2)) + of_signer.normal(0, 0.03, (4, 2))
    shapes = [_hand(of_sign, of_signer) for _ in range(2)]
    both = sign % 3 == 0
    span = float(of_signer.uniform(1.6, 2.4))
    moments = np.arange(0.0, span, 1 / rate_hz)
    jitter = np.random.default_rng([9, sign, signer])
    seen = []
    for t in moments:
        along = np.clip((t / span - 0.2) / 0.6, 0, 1)
        raised = np.clip(min(t, span - t) / (0.15 * span), 0, 1)
        aim = np.array([np.interp(along * 3, range(4), corners[:, axis]) for axis in (0, 1)])
        right = np.array([-0.35, 1.2]) * (1 - raised) + aim * raised
        left = right * [-1, 1] if both else np.array([0.35, 1.25])
        shape = shapes[0] * (1 - along) + shapes[1] * along
        seen.append(_landmarks(left, right, shape, body, at, noise, jitter))
    if left_handed:
        seen = [_mirrored(one) for one in seen]
    return LandmarkRecording.of([float(t) for t in moments], seen)


def _hand(of_sign: np.random.Generator, of_signer: np.random.Generator) -> np.ndarray:
    """`(21, 3)` about its wrist, in shoulder widths."""
    points = np.zeros((21, 3))
    for finger in range(5):
        turn = -np.pi / 2 + (finger - 2) * 0.35 + of_sign.normal(0, 0.15)
        curl = of_sign.uniform(-0.2, 1.1)
        for part in range(4):
            before = points[4 * finger + part if part else 0]
            length = (0.1, 0.05, 0.04, 0.03)[part] * (1 + of_signer.normal(0, 0.03))
            bent = turn + curl * part
            step = [np.cos(bent), np.sin(bent), 0.3 * np.sin(curl * part)]
            points[4 * finger + part + 1] = before + length * np.array(step)
    return points


def _landmarks(
    left: np.ndarray,
    right: np.ndarray,
    shape: np.ndarray,
    body: float,
    at: np.ndarray,
    noise: float,
    rng: np.random.Generator,
) -> Landmarks:
    pose = np.zeros((33, 4), np.float32)
    pose[:, 3] = 1
    places = {0: (0, -0.5), 2: (0.1, -0.6), 5: (-0.1, -0.6), 9: (0.07, -0.4), 10: (-0.07, -0.4)}
    places |= {7: (0.2, -0.55), 8: (-0.2, -0.55), 11: (0.5, 0), 12: (-0.5, 0)}
    places |= {13: (0.7, 0.7), 14: (-0.7, 0.7), 15: tuple(left), 16: tuple(right)}
    places |= {17: tuple(left), 19: tuple(left), 18: tuple(right), 20: tuple(right)}
    for point, where in places.items():
        pose[point, :2] = np.asarray(where) * body + at
    hands = []
    for wrist, side in ((left, -1), (right, 1)):
        points = shape * [side, 1, 1] * body
        points[:, :2] += wrist * body + at
        points[:, :2] += rng.normal(0, noise * body * 0.3, (21, 2))
        hands.append(points.astype(np.float32))
    return Landmarks(pose, hands[0], hands[1])


def _mirrored(seen: Landmarks) -> Landmarks:
    turned = np.array([-1, 1, 1], np.float32)
    pose = seen.pose[_MIRRORED_POSE] * np.array([-1, 1, 1, 1], np.float32)
    return Landmarks(pose, seen.right_hand * turned, seen.left_hand * turned)


def write_archive(file: Path, signs: Sequence[int], *, named: bool = True) -> Path:
    """As asl-app100 (`named`) or fingerspelling lies there: one recording a sign."""
    rows, offsets = [], [0]
    for sign in signs:
        one = drawn_sign(sign, signer=sign % 5)
        points = np.concatenate([one.pose[..., :3], one.left_hand, one.right_hand], axis=1)
        rows.append((points / [640, 480, 640]).reshape(len(one), -1))
        offsets.append(offsets[-1] + len(one))
    names = np.array([f"sign {sign}" for sign in signs])
    columns = {"names": names} if named else {"lang": np.full(len(names), "abc"), "letter": names}
    np.savez(file, lm=np.concatenate(rows).astype(np.float16), offsets=offsets, **columns)
    return file


def write_signers(
    folder: Path, signs: Sequence[int], signers: Sequence[int], *, dataset: str = "folder"
) -> Path:
    """As `training landmarks` writes it, two takes of each sign by each signer."""
    return write_clips(
        folder,
        dataset,
        (
            (
                f"s{signer}_{sign}_{take}",
                f"sign {sign}",
                f"s{signer}",
                drawn_sign(sign, signer, noise=0.01 + 0.005 * take),
            )
            for signer in signers
            for sign in signs
            for take in range(2)
        ),
    )
