"""Batch normalisation inside convolutions: what a network says stays what it was."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from engine.landmarks.skeletons import SKELETONS
from engine.models.aagcn import LandmarkNetwork
from engine.models.generator import Generator
from engine.models.inception_time import SensorEncoder
from engine.models.self_learning_fusion import SelfLearningFusion
from engine.models.video_network import VideoNetwork
from engine.runtime.folding import fold_batch_norms, hold_weights_in


def experienced(network: nn.Module) -> nn.Module:
    """With statistics and scales that are far from those of a new network."""
    rng = torch.Generator().manual_seed(3)
    for module in network.modules():
        if isinstance(module, _BatchNorm):
            assert module.running_mean is not None and module.running_var is not None
            module.running_mean.copy_(torch.randn(module.num_features, generator=rng) / 2)
            module.running_var.copy_(torch.rand(module.num_features, generator=rng) + 0.5)
            with torch.no_grad():
                module.weight.copy_(torch.rand(module.num_features, generator=rng) + 0.5)
                module.bias.copy_(torch.randn(module.num_features, generator=rng) / 4)
    return network.eval().requires_grad_(False)


def self_learning_fusion() -> SelfLearningFusion:
    torch.manual_seed(0)
    network = SelfLearningFusion(
        VideoNetwork(5, width=0.125),
        Generator(12, 48, width=0.125),
        SensorEncoder(12, 5),
        None,
        torch.zeros(12),
        torch.full((12,), 80.0),
    )
    experienced(network)
    return network


def landmark_network() -> LandmarkNetwork:
    torch.manual_seed(0)
    network = LandmarkNetwork(SKELETONS["upper_body"], 5, width=0.125)
    experienced(network)
    return network


CASES: dict[str, tuple[nn.Module, Tensor]] = {
    "video": (self_learning_fusion(), torch.rand(2, 3, 24, 32, 32) * 2 - 1),
    "landmarks": (landmark_network(), torch.randn(2, 3, 24, 7)),
}


def answers(network: nn.Module, clip: Tensor) -> list[Tensor]:
    found = network(clip)
    return [found] if isinstance(found, Tensor) else list(found)


def norms(network: nn.Module) -> int:
    return sum(isinstance(module, _BatchNorm) for module in network.modules())


@pytest.mark.parametrize("name", CASES)
def test_folded_networks_say_the_same_with_fewer_layers(name: str) -> None:
    network, clip = CASES[name]
    folded = copy.deepcopy(network)
    fold_batch_norms(folded)
    assert norms(folded) < norms(network) / 2
    for before, after in zip(answers(network, clip), answers(folded, clip), strict=True):
        assert torch.allclose(before, after, rtol=1e-3, atol=1e-4 * float(before.abs().max()))


def test_every_convolution_of_an_i3d_swallows_its_norm() -> None:
    folded = copy.deepcopy(self_learning_fusion().video)
    fold_batch_norms(folded)
    assert norms(folded) == 0


@pytest.mark.parametrize("name", CASES)
def test_weights_in_bf16_change_little_under_autocast(name: str) -> None:
    network, clip = CASES[name]
    held = copy.deepcopy(network)
    fold_batch_norms(held)
    hold_weights_in(held, torch.bfloat16)
    weights = [m.weight.dtype for m in held.modules() if isinstance(m, (nn.Conv2d, nn.Conv3d))]
    assert set(weights) == {torch.bfloat16}
    with torch.autocast("cpu", torch.bfloat16):
        found = answers(held, clip)
    for exact, rough in zip(answers(network, clip), found, strict=True):
        assert float((exact - rough.float()).norm() / exact.norm()) < 0.05
