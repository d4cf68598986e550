"""Training that has lost its numbers stops and says where; JSON never holds a NaN."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from rich.progress import Progress
from safetensors import safe_open
from torch import nn
from typer.testing import CliRunner

from tests.landmark_recordings import write_landmarks
from tests.training.prepared_folder import write_prepared
from training.commands.app import app
from training.errors import DataError
from training.recipe import RECIPES
from training.splits.signer_split import SignerSplit
from training.stages.feature_fusion import train_feature_fusion
from training.strict_json import strict_json
from training.trainer.distributed import DistributedSetup, open_trainer
from training.trainer.divergence import NoNumberError
from training.trainer.run_folder import record_of
from training.trainer.trainer import Trainer, run_epochs


def strictly(text: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_prepared(tmp_path_factory.mktemp("set") / "prepared", imu_from="measured")


@pytest.mark.parametrize(
    ("told", "named"),
    [("video_rate=1e20", "video, epoch 1"), ("sensor_rate=1e20", "sensor, epoch 1")],
)
def test_a_comparison_that_diverges_is_no_table(
    prepared: Path, tmp_path: Path, told: str, named: str
) -> None:
    command = ["compare", "--data", str(prepared), "--out", str(tmp_path), "--recipe", "smoke"]
    more = ["--seeds", "1", "--device", "cpu", "--rows", "i3d,sensor", "--set", told]
    done = CliRunner().invoke(app, [*command, *more])
    assert done.exit_code == 2
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert named in last and "is no number" in last
    assert not (tmp_path / "report.json").exists()


def test_a_fold_that_nobody_validates_is_stopped_too(tmp_path: Path) -> None:
    data = write_landmarks(tmp_path / "landmarks", glosses=("wave", "lift"), takes=2)
    command = ["folds", "folder", "--data", str(data), "--out", str(tmp_path / "out")]
    more = ["--recipe", "smoke", "--seeds", "1", "--set", "landmark_rate=1e20"]
    done = CliRunner().invoke(app, [*command, *more, "--device", "cpu"])
    assert done.exit_code == 2
    assert "landmarks, epoch 1" in done.stderr and "is no number" in done.stderr
    assert not list(tmp_path.rglob("fold.json"))


def opened_run(folder: Path, patience: int, progress: Progress) -> Any:
    record = record_of("asl20", "made up", SignerSplit(("a",), (), ()), None)
    recipe = RECIPES["smoke"].model_copy(update={"patience": patience})
    setup = DistributedSetup(torch.device("cpu"), "1")
    return open_trainer(recipe, folder, setup, progress, record, resume=False)


@pytest.fixture(params=[0, 2])
def trainer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Trainer]:
    with (
        Progress(disable=True) as progress,
        opened_run(tmp_path / "run", request.param, progress) as made,
    ):
        yield made


def train(
    trainer: Trainer,
    network: nn.Module,
    keeper: nn.Module,
    epoch: Callable[[int], dict[str, float]],
) -> None:
    run_epochs(
        trainer,
        "made up",
        modules={"network": network},
        optimisers={},
        epochs=4,
        steps_per_epoch=1,
        epoch=lambda number, advance: epoch(number),
        best=(keeper, network),
    )


def learn(network: nn.Linear, number: int) -> None:
    with torch.no_grad():
        network.weight.fill_(float(number + 1))


def test_a_loss_that_is_no_number_stops_and_keeps_the_epoch_before(trainer: Trainer) -> None:
    network, keeper = nn.Linear(1, 1), nn.Linear(1, 1)

    def epoch(number: int) -> dict[str, float]:
        learn(network, number)
        if number == 2:
            raise NoNumberError("the loss")
        return {"loss": 1.0, "validation_top1": 0.5}

    with pytest.raises(DataError, match="made up, epoch 3: the loss is no number"):
        train(trainer, network, keeper, epoch)
    with safe_open(trainer.folder / "made up.safetensors", framework="pt") as file:
        assert float(file.get_tensor("network/weight")) == 2.0
        assert strictly(file.metadata()["progress"])["epoch"] == 1


def test_weights_that_are_no_numbers_stop_too(trainer: Trainer) -> None:
    network, keeper = nn.Linear(1, 1), nn.Linear(1, 1)

    def epoch(number: int) -> dict[str, float]:
        with torch.no_grad():
            network.weight.fill_(math.inf)
        return {"loss": 1.0, "validation_top1": 0.5}

    with pytest.raises(DataError, match="made up, epoch 1: a weight is no number"):
        train(trainer, network, keeper, epoch)


@pytest.mark.parametrize("figures", [{"loss": 1.0}, {"loss": 1.0, "validation_top1": math.nan}])
def test_without_anybody_to_validate_on_the_last_weights_count_or_patience_is_refused(
    trainer: Trainer, figures: dict[str, float]
) -> None:
    network, keeper = nn.Linear(1, 1), nn.Linear(1, 1)

    def epoch(number: int) -> dict[str, float]:
        learn(network, number)
        return dict(figures)

    if trainer.recipe.patience:
        with pytest.raises(DataError, match=r"made up, epoch 1.*patience=2"):
            train(trainer, network, keeper, epoch)
        return
    train(trainer, network, keeper, epoch)
    assert network.weight.item() == 4.0
    lines = (trainer.folder / "log.jsonl").read_text("utf-8").splitlines()
    assert [strictly(line).get("validation_top1") for line in lines] == [None] * 4


def test_a_fusion_network_that_diverges_is_not_its_random_start() -> None:
    features, labels = torch.full((8, 128), math.nan), torch.arange(8) % 2
    with pytest.raises(DataError, match="feature fusion, epoch 1"):
        train_feature_fusion((features, features), labels, (features, features), labels, 3, seed=0)


def test_a_figure_that_does_not_exist_is_null() -> None:
    said = {"a": math.nan, "b": [1.0, -math.inf], "c": {"d": (math.inf, "chữ")}, 5: None}
    assert strictly(strict_json(said)) == {
        "a": None,
        "b": [1.0, None],
        "c": {"d": [None, "chữ"]},
        "5": None,
    }
