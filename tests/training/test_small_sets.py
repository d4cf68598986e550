"""A set smaller than a batch is learnt from as it is; where there is nothing, that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from rich.progress import Progress
from torch import nn

from engine.landmarks.skeletons import SKELETONS
from engine.models.aagcn import LandmarkNetwork
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork
from tests.landmark_recordings import write_landmarks
from tests.training.prepared_folder import write_prepared
from tests.training.recordings import write_set
from training.datasets.augmentation import TimeWindow, sensors_in_time
from training.datasets.batches import in_batches, steps_in
from training.datasets.landmark_arrays import load_landmarks
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.video_dataset import VideoDataset
from training.errors import DataError
from training.motion.motion_network import MotionNetwork
from training.preparation.prepared_set import load_prepared
from training.readers.asl20 import read_asl20
from training.recipe import RECIPES
from training.splits.signer_split import SignerSplit
from training.stages.feature_fusion import train_feature_fusion
from training.stages.sensor import SensorTraining, train_sensor
from training.trainer.distributed import DistributedSetup, open_trainer
from training.trainer.run_folder import record_of
from training.trainer.trainer import Trainer

pytestmark = pytest.mark.slow

CPU = torch.device("cpu")
SKELETON = SKELETONS["hands_and_arms"]


def paired(folder: Path, live: int) -> PoseImuDataset:
    """Recordings of which so many have live armbands."""
    recordings = read_asl20(write_set(folder / "set.parquet", signers=3, takes=3))
    recordings.live[:] = (np.arange(len(recordings)) < live)[:, None]
    return PoseImuDataset(recordings, ("aside", "up"), frames=24, n_steps=48, device=CPU)


def video_set(folder: Path, count: int) -> VideoDataset:
    prepared = load_prepared(write_prepared(folder / "prepared", signers=2))
    return VideoDataset(prepared.subset(np.arange(count)), prepared.vocabulary, device=CPU)


def landmarks(folder: Path, count: int) -> LandmarkDataset:
    found = load_landmarks(write_landmarks(folder / "landmarks", signers=("ana",)))
    return LandmarkDataset(found.subset(np.arange(count)), found.vocabulary, frames=24, device=CPU)


@pytest.mark.parametrize("make", [paired, video_set, landmarks])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_fewer_clips_than_a_batch_are_a_batch(
    tmp_path: Path, make: Callable[[Path, int], Any], count: int
) -> None:
    clips = make(tmp_path, count)
    told = {"seed": 0, "no_sign_share": 0.1, "both_live": make is paired}
    batches = list(clips.training_batches(32, **told))
    assert [len(batch.labels) for batch in batches] == [count]
    assert len(batches) == steps_in(count, 32)
    assert set(batches[0].index.tolist()) <= set(range(count))


@pytest.mark.parametrize("make", [paired, video_set])
def test_nothing_to_draw_is_said(tmp_path: Path, make: Callable[[Path, int], Any]) -> None:
    clips = make(tmp_path, 0)
    with pytest.raises(DataError, match=r"train|learn"):
        next(clips.training_batches(32, seed=0, no_sign_share=0.1, both_live=True))


def test_a_large_set_leaves_its_last_short_batch_out() -> None:
    drawn = torch.arange(70)
    assert [len(batch) for batch in in_batches(drawn, 32)] == [32, 32]
    assert torch.equal(torch.cat(list(in_batches(drawn, 32))), drawn[:64])
    with pytest.raises(DataError):
        steps_in(0, 32)


@pytest.fixture
def trainer(tmp_path: Path) -> Iterator[Trainer]:
    record = record_of("asl20", "made up", SignerSplit(("a",), (), ()), None)
    recipe = RECIPES["laptop"].model_copy(update={"sensor_epochs": 3})
    with (
        Progress(disable=True) as progress,
        open_trainer(
            recipe, tmp_path / "run", DistributedSetup(CPU, "1"), progress, record, resume=False
        ) as made,
    ):
        yield made


def test_few_live_recordings_train_the_encoder(trainer: Trainer, tmp_path: Path) -> None:
    """Nine of them, and batches of 32."""
    clips = paired(tmp_path, 9)
    sensor = SensorTraining(trainer, clips, clips.statistics())
    before = {key: value.clone() for key, value in sensor.encoder.state_dict().items()}
    train_sensor(sensor, clips)
    after = sensor.encoder.state_dict()
    learnt = [key for key, value in before.items() if not torch.equal(value, after[key])]
    assert {name for name, _ in sensor.encoder.named_parameters()} <= set(learnt)
    assert sensor.running.steps == 3


@pytest.mark.parametrize(
    ("make", "inputs"),
    [
        (lambda: VideoNetwork(3, width=0.125), (torch.randn(1, 3, 24, 16, 16),)),
        (lambda: Generator(12, 48, width=0.125), (torch.randn(1, 3, 24, 16, 16),)),
        (lambda: SensorEncoder(12, 3), (torch.randn(1, 12, 48),)),
        (lambda: MotionNetwork(12, 48), (torch.randn(1, 24, 7, 2),)),
        (
            lambda: LandmarkNetwork(SKELETON, 3, 0.0625),
            (torch.randn(1, 3, 24, len(SKELETON.joints)),),
        ),
    ],
    ids=["video", "generator", "sensor", "motion", "landmarks"],
)
def test_a_batch_of_one_clip_can_be_learnt_from(
    make: Callable[[], nn.Module], inputs: tuple[torch.Tensor, ...]
) -> None:
    torch.manual_seed(0)
    network = make().train()
    out = network(*inputs)
    loss = sum(part.square().mean() for part in (out if isinstance(out, tuple) else (out,)))
    assert isinstance(loss, torch.Tensor)
    loss.backward()
    gradients = [p.grad for p in network.parameters() if p.grad is not None]
    assert gradients and all(bool(torch.isfinite(g).all()) for g in gradients)


def test_a_fusion_network_without_clips_says_so() -> None:
    none, some = torch.zeros(0, 128), torch.randn(4, 128)
    empty, labels = torch.zeros(0, dtype=torch.long), torch.tensor([0, 1, 0, 1])
    with pytest.raises(DataError, match="feature fusion"):
        train_feature_fusion((none, none), empty, (some, some), labels, 3, seed=0)
    with pytest.raises(DataError, match="feature fusion"):
        train_feature_fusion((some, some), labels, (none, none), empty, 3, seed=0)


def test_a_gyroscope_is_silent_in_held_time_and_turns_with_the_tempo(tmp_path: Path) -> None:
    """Of film as of armbands: one function serves both."""
    series = torch.ones(2, 50, 6)
    window = TimeWindow(torch.tensor([-0.5, 0.0]), torch.tensor([1.0, 0.5]))
    samples = sensors_in_time(series, window, 11, acc_channels=3)
    assert torch.equal(samples[:, :3], torch.ones(2, 3, 11))
    assert torch.equal(samples[0, 3:, :5], torch.zeros(3, 5))
    assert torch.equal(samples[0, 3:, 5:], torch.ones(3, 6))
    assert torch.allclose(samples[1, 3:], torch.full((3, 11), 0.5))


def test_video_clips_treat_their_gyroscopes_so(tmp_path: Path) -> None:
    prepared = load_prepared(write_prepared(tmp_path / "prepared", signers=2, imu_from="measured"))
    prepared.samples[:] = 1.0
    clips = VideoDataset(prepared, prepared.vocabulary, device=CPU)
    acc = clips.acc_channels
    for batch in clips.rest_batches():
        assert (batch.samples[:, :acc] == 1).all()
        silent = (batch.samples[:, acc:] == 0).all(dim=1).float().mean(dim=1)
        assert float(silent.min()) > 0.8
    (batch,) = clips.training_batches(64, seed=0, no_sign_share=0.0)
    turning = batch.samples[:, acc:].amax(dim=(1, 2))
    assert float(turning.min()) < 0.95 and float(turning.max()) > 1.05
    for batch in clips.evaluation_batches():
        assert (batch.samples == 1).all()
