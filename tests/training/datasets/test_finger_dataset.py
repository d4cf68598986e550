"""Windows of fingers' angles: what is learnt from looks as what a live window holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.models.finger_angles import encode_angles
from tests.training.finger_recordings import LABELS, write_letters
from training.datasets.finger_dataset import FingerDataset
from training.readers.glove_letters import FingerRecordings, read_glove_letters

STEPS = 32


@pytest.fixture
def recordings(tmp_path: Path) -> FingerRecordings:
    return read_glove_letters(write_letters(tmp_path))


@pytest.fixture
def clips(recordings: FingerRecordings) -> FingerDataset:
    return FingerDataset(recordings, LABELS, n_steps=STEPS, device=torch.device("cpu"))


def distance(clips: FingerDataset, moments: Tensor) -> Tensor:
    """`(B, signs)`: of encoded moments `(B, channels)` to the mean of each held sign."""
    held = clips.encoded()[:, -1]
    means = torch.stack([held[clips.labels == k].mean(dim=0) for k in range(len(LABELS))])
    return torch.cdist(moments, means)


def test_a_whole_recording_is_resampled_from_end_to_end(
    clips: FingerDataset, recordings: FingerRecordings
) -> None:
    batch = next(clips.evaluation_batches())
    assert batch.samples.shape == (40, 24, STEPS)
    for moment, row in ((0, 0), (-1, -1)):
        wanted = encode_angles(torch.from_numpy(recordings.degrees[:, row])[..., None])[..., 0]
        torch.testing.assert_close(batch.samples[:, :, moment], wanted)


def test_windows_of_a_recording_lie_from_its_start_to_its_end(clips: FingerDataset) -> None:
    first, *_, last = clips.window_batches(3.0, count=3)
    whole = next(clips.evaluation_batches()).samples
    torch.testing.assert_close(first.samples[:, :, 0], whole[:, :, 0])
    torch.testing.assert_close(last.samples[:, :, -1], whole[:, :, -1])
    (held,) = clips.last_batches(3.0)
    torch.testing.assert_close(held.samples, last.samples)
    assert torch.equal(held.labels, clips.labels)


def test_between_two_signs_is_no_sign(clips: FingerDataset) -> None:
    for batch in clips.between_batches(2.0, seed=1):
        assert (batch.labels == clips.no_sign).all()
    again, other = (next(clips.between_batches(2.0, seed=s)) for s in (1, 2))
    assert not torch.equal(again.samples, other.samples)
    # What is crossed ends in another sign than the recording's own.
    own = clips.labels[again.index]
    late = distance(clips, again.samples[:, :, -1]).argmin(dim=1)
    assert float((late != own).float().mean()) > 0.9


def test_a_hand_at_rest_is_no_sign(clips: FingerDataset, recordings: FingerRecordings) -> None:
    for batch in clips.rest_batches():
        assert (batch.labels == clips.no_sign).all()
        start = encode_angles(torch.from_numpy(recordings.degrees[batch.index, 0])[..., None])
        torch.testing.assert_close(batch.samples[:, :, : STEPS // 2], start.expand(-1, -1, 16))


def test_training_depends_on_the_seed_alone_and_shows_every_kind(clips: FingerDataset) -> None:
    def epoch(seed: int) -> list[Tensor]:
        batches = clips.training_batches(8, seed=seed, no_sign_share=0.3)
        return [part for batch in batches for part in (batch.samples, batch.labels)]

    assert all(torch.equal(a, b) for a, b in zip(epoch(3), epoch(3), strict=True))
    assert not all(torch.equal(a, b) for a, b in zip(epoch(3), epoch(4), strict=True))
    labels = torch.cat([epoch(seed)[k] for seed in range(6) for k in range(1, 10, 2)])
    assert set(labels.tolist()) == set(range(len(LABELS) + 1))
    share = float((labels == clips.no_sign).float().mean())
    assert 0.1 < share < 0.5


def test_a_sign_just_begun_ends_in_its_own_shape(clips: FingerDataset) -> None:
    """Of windows that are labelled with a sign, the newest moments are that sign's."""
    hits, n = 0, 0
    for seed in range(8):
        for batch in clips.training_batches(8, seed=seed, no_sign_share=0.3):
            signs = batch.labels < clips.no_sign
            nearest = distance(clips, batch.samples[signs][:, :, -1]).argmin(dim=1)
            hits += int((nearest == batch.labels[signs]).sum())
            n += int(signs.sum())
    assert n > 100 and hits / n > 0.9


def test_a_crossing_never_jumps(clips: FingerDataset) -> None:
    """The shorter way round: no angle turns by more than half a circle on its way."""
    batch = next(clips.between_batches(2.0, seed=1))
    sines, cosines = batch.samples[:, :12].numpy(), batch.samples[:, 12:].numpy()
    degrees = np.degrees(np.arctan2(sines, cosines))
    turned = np.abs(np.diff(np.unwrap(degrees, period=360, axis=2), axis=2)).max()
    assert turned < 90
