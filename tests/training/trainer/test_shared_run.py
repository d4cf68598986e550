"""One run on several processes is the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import torch.multiprocessing
from safetensors.torch import load_file
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from engine.models.video_network import VideoNetwork
from tests.conftest import LONGEST_S
from tests.training.recordings import write_set
from training.trainer.sync_batch_norm import SharedBatchNorm, share_norms
from training.trainer.trainer import LossModule

pytestmark = pytest.mark.slow

SMALL = [
    "--recipe", "smoke", "--test-signers", "2", "--validation-signers", "2", "--device", "cpu",
    "--set", "dropout=0", "--set", "batch_size=8", "--set", "sensor_epochs=3", "--set",
    "video_epochs=2", "--set", "video_rate=1e-4", "--set", "sensor_rate=2e-4", "--set",
    "generator_rate=1e-4",
]  # fmt: skip


def run(data: Path, out: Path, *more: str, processes: int = 1) -> dict:
    starter = (
        ["-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"]
        if processes > 1
        else []
    )
    done = subprocess.run(
        [
            *(sys.executable, *starter, "-m", "training", "fit", "asl20"),
            *("--data", str(data), "--out", str(out), *SMALL, *more),
        ],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def epochs(out: Path) -> list[dict]:
    lines = (out / "checkpoints" / "log.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_set(tmp_path_factory.mktemp("data") / "set.parquet", signers=8, takes=4)


@pytest.mark.skipif(sys.platform == "win32", reason="torchrun needs libuv, which Windows lacks")
def test_two_processes_learn_what_one_learns(data: Path, tmp_path: Path) -> None:
    one = run(data, tmp_path / "one")
    two = run(data, tmp_path / "two", processes=2)
    assert len(epochs(tmp_path / "one")) == len(epochs(tmp_path / "two"))
    for alone, shared in zip(epochs(tmp_path / "one"), epochs(tmp_path / "two"), strict=True):
        assert alone["stage"] == shared["stage"]
        assert shared["loss"] == pytest.approx(alone["loss"], rel=0.05)
    # Sums in another order differ in the last digit, and training carries that on.
    assert two["top1"] == pytest.approx(one["top1"], abs=0.07)
    # A step of the encoder is 2e-4 long.
    first = load_file(tmp_path / "one" / "sensor.safetensors")
    second = load_file(tmp_path / "two" / "sensor.safetensors")
    for key, value in first.items():
        assert torch.allclose(value.float(), second[key].float(), atol=1e-3), key


def test_a_batch_that_cannot_be_shared_evenly_is_refused(data: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "training", "fit", "asl20", "--data", str(data)),
            *("--out", str(tmp_path / "x"), *SMALL, "--devices", "3"),
        ],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 2
    assert "batch_size=8" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def _normalise(rank: int, folder: str) -> None:
    torch.distributed.init_process_group(
        "gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=2
    )
    whole = torch.load(f"{folder}/x.pt")
    network = nn.Sequential(nn.BatchNorm3d(4))
    share_norms(network)
    assert isinstance(network[0], SharedBatchNorm)
    mine = whole[rank::2].requires_grad_(True)
    out = network(mine)
    (out.square() * torch.arange(out.shape[2])[:, None, None]).sum().backward()
    torch.save((out.detach(), mine.grad, network[0].running_var), f"{folder}/out{rank}.pt")
    torch.distributed.destroy_process_group()


def test_the_norm_over_two_parts_is_that_of_the_whole(tmp_path: Path) -> None:
    torch.manual_seed(0)
    whole = torch.randn(6, 4, 3, 2, 2) * 2 + 1
    torch.save(whole, tmp_path / "x.pt")
    torch.multiprocessing.spawn(_normalise, (str(tmp_path),), nprocs=2)
    network = nn.BatchNorm3d(4)
    x = whole.clone().requires_grad_(True)
    out = network(x)
    (out.square() * torch.arange(3)[:, None, None]).sum().backward()
    for rank in (0, 1):
        mine, grad, variance = torch.load(tmp_path / f"out{rank}.pt")
        assert torch.allclose(mine, out[rank::2], atol=1e-5)
        assert torch.allclose(grad, x.grad[rank::2], atol=1e-5)
        assert torch.allclose(variance, network.running_var, atol=1e-5)


def _gradients(
    network: VideoNetwork, rows: slice, loss_module: nn.Module
) -> dict[str, torch.Tensor]:
    torch.manual_seed(1)
    clips, labels = torch.randn(4, 3, 24, 16, 16).double(), torch.tensor([0, 1, 2, 0])
    loss_module(clips[rows], labels[rows]).backward()
    return {name: p.grad for name, p in network.named_parameters() if p.grad is not None}


def _cross_entropy(network: nn.Module, clips: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return nn.functional.cross_entropy(network(clips), labels)


def _network() -> VideoNetwork:
    torch.manual_seed(0)
    return VideoNetwork(3, width=0.125, dropout=0).double().train()


def _learn(rank: int, folder: str) -> None:
    torch.distributed.init_process_group(
        "gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=2
    )
    network = _network()
    share_norms(network)
    loss_module = DistributedDataParallel(LossModule(network, _cross_entropy))
    torch.save(
        _gradients(network, slice(rank, None, 2), loss_module), f"{folder}/gradients{rank}.pt"
    )
    torch.distributed.destroy_process_group()


def test_gradients_of_two_processes_are_those_of_one(tmp_path: Path) -> None:
    network = _network()
    alone = _gradients(network, slice(None), LossModule(network, _cross_entropy))
    torch.multiprocessing.spawn(_learn, (str(tmp_path),), nprocs=2)
    for rank in (0, 1):
        shared = torch.load(tmp_path / f"gradients{rank}.pt")
        assert shared.keys() == alone.keys()
        for name, value in alone.items():
            assert torch.allclose(shared[name], value, rtol=1e-6, atol=1e-9), name
