"""Copies across a split are found, whatever they are called; different recordings are none."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from training.preparation.manifest import Manifest, PreparedClip
from training.preparation.prepared_set import PreparedSet
from training.splits.leak_check import Leak, find_leaks, fingerprints
from training.splits.protocols import leave_one_out

SIGNERS = ("a", "b", "c")


def video(seed: int, frames: int = 24, side: int = 32) -> np.ndarray:
    """A hand on a path of its own before one and the same room."""
    rng = np.random.default_rng(seed)
    room = np.random.default_rng(99).integers(60, 120, (side, side, 3)).astype(np.uint8)
    pictures = np.repeat(room[None], frames, axis=0)
    path = rng.uniform(4, side - 8, (4, 2))
    for t in range(frames):
        at = t / (frames - 1) * 3
        i = min(int(at), 2)
        x, y = (path[i] + (at - i) * (path[i + 1] - path[i])).astype(int)
        pictures[t, y : y + 6, x : x + 6] = 240
    return pictures


def set_of(videos: list[np.ndarray], digests: list[str] | None = None) -> PreparedSet:
    """One clip a signer: with `leave_one_out(..., 'c')` b trains, a validates, c is tested."""
    digests = digests or [hashlib.sha256(video.tobytes()).hexdigest() for video in videos]
    clips = tuple(
        PreparedClip(
            key=f"clip_{signer}", gloss="x", signer=signer, file=f"{signer}.webp", sha256=digest,
            source="", imu=False,
        )
        for signer, digest in zip(SIGNERS, digests, strict=True)
    )  # fmt: skip
    manifest = Manifest(dataset="folder", size=32, frames=24, n_steps=8, quality=80, clips=clips)
    return PreparedSet(
        manifest,
        np.array([clip.key for clip in clips]),
        np.array(["x"] * 3),
        np.array(SIGNERS),
        np.stack(videos),
        np.zeros((3, 0, 8), np.float32),
        np.zeros(3, bool),
    )


def leaks(prepared: PreparedSet) -> list[Leak]:
    return find_leaks(prepared, leave_one_out(prepared.signers, "c"))


def test_different_recordings_of_one_room_are_no_leak() -> None:
    assert leaks(set_of([video(1), video(2), video(3)])) == []


def test_the_same_bytes_under_another_signers_name_are_found_once() -> None:
    found = leaks(set_of([video(1), video(2), video(2)]))
    assert [(leak.kind, leak.left, leak.right) for leak in found] == [
        ("clip", "clip_b (train)", "clip_c (test)")
    ]


def test_a_copy_between_validation_and_test_counts_too() -> None:
    found = leaks(set_of([video(1), video(2), video(1)]))
    assert [(leak.left, leak.right) for leak in found] == [("clip_a (validation)", "clip_c (test)")]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("change", ["noise", "brightness", "contrast"])
def test_a_changed_copy_is_found(mirrored: bool, change: str) -> None:
    copy = video(2).astype(float)
    if change == "noise":
        copy += np.random.default_rng(0).normal(0, 4, copy.shape)
    elif change == "brightness":
        copy += 12
    else:
        copy = 128 + 0.8 * (copy - 128)
    copy = copy.clip(0, 255).astype(np.uint8)
    found = leaks(set_of([video(1), video(2), copy[:, :, ::-1] if mirrored else copy]))
    assert [leak.kind for leak in found] == ["near copy"]
    assert found[0].left == "clip_b (train)" and found[0].right == "clip_c (test)"
    assert ("mirrored" in found[0].detail) == mirrored


def test_two_still_pictures_are_no_copies() -> None:
    still = np.repeat(video(1)[:1], 24, axis=0)
    other = np.repeat(video(2)[:1], 24, axis=0)
    assert leaks(set_of([video(3), still, other])) == []
    assert not fingerprints(still[None]).any()
