"""Does a signer, a clip or a near-copy stand on two sides of a split?

A copy under another name, a mirrored one, or one that was compressed again makes a test look
better than it is, and has done so in published work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2
from training.preparation.prepared_set import PreparedSet
from training.splits.protocols import Protocol
from training.splits.signer_split import SIDES

NEAR = 0.998
"""Cosine similarity of two clips' small grey videos from which they count as copies, where nothing
is known of a set: silhouettes of depth video reach 0.96 between people, 0.98 between takes."""
NEAR_IN = {"arsl10": 0.95}
"""Where more is known: another signer's clip of arsl10 reaches 0.71 at most, and one compressed
again keeps to 0.95 and more."""

_GRID, _MOMENTS = 16, 12
_STILL = 1.0


@dataclass(frozen=True, slots=True)
class Leak:
    """`kind`: 'signer', 'clip' or 'near copy'; `left`, `right`: who or what, with its side."""

    kind: str
    left: str
    right: str
    detail: str = ""


def find_leaks(prepared: PreparedSet, protocol: Protocol) -> list[Leak]:
    """Everything that stands on two sides; an empty list is what one wants."""
    sides = {name: np.flatnonzero(protocol.side(prepared, name)) for name in SIDES}
    return [
        leak
        for (one, first), (other, second) in combinations(sides.items(), 2)
        for leak in _between(prepared, (one, first), (other, second))
    ]


def _between(
    prepared: PreparedSet,
    left: tuple[str, NDArray[np.intp]],
    right: tuple[str, NDArray[np.intp]],
) -> Iterator[Leak]:
    (one, first), (other, second) = left, right
    for signer in sorted(set(prepared.signers[first]) & set(prepared.signers[second])):
        yield Leak("signer", f"{signer} ({one})", f"{signer} ({other})")
    hashes = [clip.sha256 for clip in prepared.manifest.clips]
    digest = {clip.key: mark for clip, mark in zip(prepared.manifest.clips, hashes, strict=True)}
    seen = {digest[str(prepared.keys[i])]: i for i in first}
    same = set()
    for j in second:
        i = seen.get(digest[str(prepared.keys[j])])
        if i is not None:
            same.add((i, j))
            yield Leak("clip", f"{prepared.keys[i]} ({one})", f"{prepared.keys[j]} ({other})")
    near = NEAR_IN.get(prepared.manifest.dataset, NEAR)
    prints = fingerprints(prepared.frames[first])
    others = fingerprints(prepared.frames[second])
    flipped = fingerprints(prepared.frames[second][:, :, :, ::-1])
    for words, turned in (("", others), (", mirrored", flipped)):
        likeness = prints @ turned.T
        for a, b in zip(*np.nonzero(likeness >= near), strict=True):
            if (first[a], second[b]) not in same:
                yield Leak(
                    "near copy",
                    f"{prepared.keys[first[a]]} ({one})",
                    f"{prepared.keys[second[b]]} ({other})",
                    f"{likeness[a, b]:.4f}{words}",
                )


def fingerprints(frames: NDArray[np.uint8]) -> NDArray[np.float32]:
    """`(N, T, S, S, 3)` to unit vectors `(N, d)`: what moves, small and grey.

    Each clip's mean picture is taken out first: otherwise one room makes all clips alike. A clip in
    which nothing moves is like no other.
    """
    count = frames.shape[1]
    moments = np.linspace(0, count - 1, min(_MOMENTS, count)).round().astype(int)
    small = np.empty((len(frames), len(moments), _GRID, _GRID), np.float32)
    for i, clip in enumerate(frames):
        for k, t in enumerate(moments):
            grey = np.ascontiguousarray(clip[t]).mean(axis=2, dtype=np.float32)
            small[i, k] = cv2.resize(grey, (_GRID, _GRID), interpolation=cv2.INTER_AREA)
    flat = (small - small.mean(axis=1, keepdims=True)).reshape(len(frames), -1)
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    # Below this, under 0.02 grey levels, what is left of a still clip is rounding.
    unit: NDArray[np.float32] = np.where(length >= _STILL, flat / np.maximum(length, _STILL), 0)
    return unit
