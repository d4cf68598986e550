"""What is shipped is what was learnt, with the settings that everybody starts with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from rich.progress import Progress
from safetensors.torch import load_file
from torch import nn
from typer.testing import CliRunner

from tests.training.recordings import write_set
from training.commands.app import app
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.readers.asl20 import read_asl20
from training.recipe import RECIPES, Recipe
from training.splits.signer_split import SignerSplit
from training.stages.sensor import SensorTraining, train_sensor
from training.trainer.averaging import RunningAverage, decay_at
from training.trainer.checkpoint import load_checkpoint, save_checkpoint
from training.trainer.distributed import DistributedSetup, open_trainer
from training.trainer.run_folder import record_of

pytestmark = pytest.mark.slow

CPU = torch.device("cpu")


def test_the_decay_grows_with_the_steps_up_to_its_own() -> None:
    decays = [decay_at(step, 0.995) for step in range(5000)]
    assert decays[0] == pytest.approx(0.1)
    assert decays == sorted(decays)
    assert decays[-1] == 0.995


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES.keys())
def test_of_the_random_start_hardly_anything_is_left_after_few_steps(recipe: Recipe) -> None:
    network = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    average = RunningAverage(network, recipe.ema_decay)
    start = {key: value.clone() for key, value in average.network.state_dict().items()}
    with torch.no_grad():
        for value in network.state_dict().values():
            value.add_(1)
    for _ in range(10):
        average.take(network)
    for key, value in average.network.state_dict().items():
        assert torch.allclose(value.float(), start[key] + 1.0, atol=1e-3), key


def test_many_steps_later_it_is_an_average_over_many() -> None:
    network = nn.Linear(1, 1, bias=False)
    average = RunningAverage(network, 0.9)
    values = torch.randn(300, generator=torch.Generator().manual_seed(0))
    for value in values:
        with torch.no_grad():
            network.weight.fill_(float(value))
        average.take(network)
    weights = 0.1 * 0.9 ** torch.arange(299, -1, -1)
    assert average.network.weight.item() == pytest.approx(float((weights * values).sum()), abs=1e-3)


def test_a_checkpoint_keeps_the_count(tmp_path: Path) -> None:
    file = tmp_path / "stage.safetensors"
    network = nn.Linear(2, 2)
    average = RunningAverage(network, 0.995)
    for _ in range(37):
        average.take(network)
    save_checkpoint(file, average.modules("average"), {}, {"epoch": 1})
    again = RunningAverage(nn.Linear(2, 2), 0.995)
    load_checkpoint(file, again.modules("average"), {})
    assert again.steps == 37
    with torch.no_grad():
        network.weight.fill_(5)
    average.take(network)
    again.take(network)
    assert torch.equal(average.network.weight, again.network.weight)


def test_a_small_set_ships_what_it_learnt(tmp_path: Path) -> None:
    """81 clips and not one setting: a signer never seen is named, by the weights that learnt and by
    those that are shipped."""
    recordings = read_asl20(write_set(tmp_path / "set.parquet", signers=9, takes=3))
    unseen = recordings.signers == "S08"

    def clips(chosen: NDArray[np.bool_]) -> PoseImuDataset:
        return PoseImuDataset(
            recordings.subset(chosen), ("aside", "up"), frames=24, n_steps=48, device=CPU
        )

    train, test = clips(~unseen), clips(unseen)
    record = record_of("asl20", "made up", SignerSplit(("S00",), (), ("S08",)), None)
    with (
        Progress(disable=True) as progress,
        open_trainer(
            RECIPES["laptop"],
            tmp_path / "run",
            DistributedSetup(CPU, "1"),
            progress,
            record,
            resume=False,
        ) as trainer,
    ):
        sensor = SensorTraining(trainer, train, train.statistics())
        train_sensor(sensor, test)
        assert sensor.accuracy(test) >= 0.9
        sensor.average.load_state_dict(sensor.encoder.state_dict())
        assert sensor.accuracy(test) >= 0.9


def test_every_stage_averages_alike(tmp_path: Path) -> None:
    """The checkpoints of a whole run hold the steps of every average; a run that goes on counts
    on."""
    data, out = write_set(tmp_path / "set.parquet", signers=6, takes=2), tmp_path / "bundle"
    told = ["fit", "asl20", "--data", str(data), "--out", str(out), "--recipe", "smoke"]
    more = ["--test-signers", "1", "--validation-signers", "1", "--device", "cpu"]
    sizes = ["--set", "batch_size=8", "--set", "sensor_epochs=2"]
    done = CliRunner().invoke(app, [*told, *more, *sizes])
    assert done.exit_code == 0, done.output
    stages = {
        name: load_file(out / "checkpoints" / f"{name}.safetensors")
        for name in ("sensor", "video", "generator")
    }
    sensor = int(stages["sensor"]["average_steps/steps"])
    assert sensor % 2 == 0 and sensor > 0
    # One more sensor epoch, where the stage before had stopped counting.
    assert int(stages["generator"]["sensor_average_steps/steps"]) == sensor + sensor // 2
    assert int(stages["generator"]["generator_average_steps/steps"]) == sensor // 2
    assert int(stages["video"]["average_steps/steps"]) > 0
