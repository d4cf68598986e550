"""Weights on disk are smaller, and the same network comes back."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from engine.models.stored_weights import from_stored, to_stored
from engine.models.video_network import VideoNetwork


def of_network() -> dict[str, Tensor]:
    torch.manual_seed(3)
    network = VideoNetwork(21, width=0.25)
    for name, value in network.state_dict().items():
        if name.endswith("running_var"):
            # Such as a filter has that hardly ever fires: too small for float16.
            value.fill_(1e-9)
    return network.state_dict()


def relative(a: Tensor, b: Tensor) -> float:
    return float((a - b).norm() / b.norm().clamp_min(1e-12))


def size(tensors: dict[str, Tensor]) -> int:
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors.values())


@pytest.mark.parametrize(
    ("storage", "share", "error"), [("float16", 0.52, 1e-3), ("int8", 0.3, 0.02)]
)
def test_less_room_and_nearly_the_same(storage: str, share: float, error: float) -> None:
    weights = of_network()
    stored = to_stored(weights, storage)  # type: ignore[arg-type]
    assert size(stored) < share * size(weights)
    back = from_stored(stored)
    assert back.keys() == weights.keys()
    for name, value in weights.items():
        assert back[name].dtype == value.dtype and back[name].shape == value.shape
        limit = error if value.ndim > 1 else 0.0
        assert relative(back[name].float(), value.float()) <= limit, name
    VideoNetwork(21, width=0.25).load_state_dict(back)


def test_files_from_before_are_read_as_they_are() -> None:
    weights = of_network()
    back = from_stored(weights)
    assert all(torch.equal(back[name], value) for name, value in weights.items())


def test_each_row_has_its_own_scale() -> None:
    values = torch.randn(4, 2048) * torch.tensor([1e-4, 1.0, 300.0, 0.0])[:, None]
    back = from_stored(to_stored({"w": values}, "int8"))["w"]
    for row in range(3):
        assert relative(back[row], values[row]) < 0.02
    assert not back[3].any()


def test_nothing_is_shared_with_the_network() -> None:
    weights = {"w": torch.ones(8), "m": torch.ones(4, 4)}
    stored = to_stored(weights)
    weights["w"].zero_()
    assert stored["w"].all() and stored["m"].dtype == torch.float16


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), 1e6])
def test_what_float16_cannot_hold_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match=r"layer\.weight"):
        to_stored({"layer.weight": torch.full((2, 2), wrong)})
