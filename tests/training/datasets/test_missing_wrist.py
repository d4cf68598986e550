"""A wrist without a glove: its channels alone are replaced, and its windows stay together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.training.recordings import write_set
from training.datasets.missing_wrist import (
    drawn_missing,
    measured_and_generated,
    with_generated,
    without_wrists,
)
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.readers.asl20 import GRID_STEPS, read_asl20

LEFT = [0, 1, 2, 6, 7, 8]
RIGHT = [3, 4, 5, 9, 10, 11]


def test_only_the_missing_wrists_channels_change() -> None:
    samples, other = torch.randn(3, 12, 9), torch.randn(3, 12, 9)
    missing = torch.tensor([[False, False], [True, False], [False, True]])
    for instead, stand_in in ((None, torch.zeros_like(samples)), (other, other)):
        found = without_wrists(samples, missing, instead)
        assert torch.equal(found[0], samples[0])
        assert torch.equal(found[1, LEFT], stand_in[1, LEFT])
        assert torch.equal(found[1, RIGHT], samples[1, RIGHT])
        assert torch.equal(found[2, RIGHT], stand_in[2, RIGHT])
        assert torch.equal(found[2, LEFT], samples[2, LEFT])


def test_one_wrist_at_most_and_as_often_the_left_as_the_right() -> None:
    missing = drawn_missing(4000, 0.5, torch.Generator().manual_seed(1))
    assert int(missing.sum(dim=1).max()) == 1
    assert float(missing.any(dim=1).float().mean()) == pytest.approx(0.5, abs=0.04)
    assert float(missing[:, 0].float().mean()) == pytest.approx(0.25, abs=0.03)
    assert not drawn_missing(100, 0.0, torch.Generator().manual_seed(1)).any()


@pytest.fixture
def clips(tmp_path: Path) -> PoseImuDataset:
    recordings = read_asl20(write_set(tmp_path / "set.parquet", signers=2, takes=2))
    return PoseImuDataset(
        recordings, ("aside", "up"), frames=24, n_steps=48, device=torch.device("cpu")
    )


def test_measured_and_generated_are_cut_by_the_same_window(clips: PoseImuDataset) -> None:
    """Where the generator is never wrong, both are the same in every augmented window."""
    both = with_generated(clips, clips.samples.transpose(1, 2))
    assert both.channels == 12 and clips.samples.shape[2] == 12
    plain, doubled = (
        next(one.training_batches(8, seed=4, no_sign_share=0.2)) for one in (clips, both)
    )
    measured, generated = measured_and_generated(doubled.samples)
    assert generated is not None
    torch.testing.assert_close(measured, plain.samples)
    torch.testing.assert_close(generated, measured)


def test_traces_of_another_rate_lie_over_the_whole_recording(clips: PoseImuDataset) -> None:
    slope = torch.linspace(0, 1, 48).expand(len(clips), 12, 48)
    both = with_generated(clips, slope)
    assert both.samples.shape == (len(clips), GRID_STEPS, 24)
    _, generated = measured_and_generated(next(both.evaluation_batches()).samples)
    assert generated is not None
    np.testing.assert_allclose(generated[0, 0].numpy(), slope[0, 0].numpy(), atol=1e-5)


def test_without_a_generator_there_is_nothing_beside(clips: PoseImuDataset) -> None:
    measured, generated = measured_and_generated(next(clips.evaluation_batches()).samples)
    assert generated is None and measured.shape[1] == 12
    with pytest.raises(ValueError, match="one for each clip"):
        with_generated(clips, torch.zeros(1, 12, 48))
