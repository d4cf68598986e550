"""What is shipped is what was learnt, with the settings that everybody starts with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import nn
from typer.testing import CliRunner

from engine.bundle import load_bundle
from engine.networks import BundleNetworks
from tests.landmark_recordings import write_landmarks
from training.averaging import RunningAverage, decay_at
from training.checkpoint import load_checkpoint, save_checkpoint
from training.cli import app
from training.landmark_clips import LandmarkClips
from training.landmark_set import load_landmarks
from training.recipe import RECIPES, Recipe
from training.stages.classifier import classifier_accuracy


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
    assert float(average.network.weight) == pytest.approx(float((weights * values).sum()), abs=1e-3)


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
    """80 clips and not one setting: a signer never seen is named."""
    data = write_landmarks(
        tmp_path / "landmarks", signers=("ana", "ben", "cam", "dao", "eva"), takes=4
    )
    told = ["graph", "folder", "--data", str(data), "--out", str(tmp_path / "bundle")]
    done = CliRunner().invoke(app, [*told, "--device", "cpu", "--recipe", "laptop"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["top1"]["landmarks"] >= 0.9
    shipped = BundleNetworks(load_bundle(tmp_path / "bundle"), torch.device("cpu")).graph
    assert shipped is not None
    unseen = load_landmarks(data)
    clips = LandmarkClips(
        unseen.subset(unseen.signers == "ana"),
        unseen.vocabulary,
        frames=Recipe().frames,
        device=torch.device("cpu"),
    )
    assert classifier_accuracy(shipped.network, clips, lambda batch: batch.places) >= 0.9
