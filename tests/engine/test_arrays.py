"""What live and training share gives the same numbers with NumPy's arrays as with torch's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.arrays import Floats, directions, log_sum_exp, lower_nanmedian, softmax
from engine.landmarks.graph_input import graph_input
from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.pose_rendering import render_pose
from engine.landmarks.skeletons import SKELETONS
from engine.recognition.late_fusion import late_fusion

SKELETON = SKELETONS["hands_and_arms"]


def wandering(seed: int, *shape: int, lost: float = 0.0) -> Floats:
    """Numbers about 0; a share of the last but one axis's entries is NaN."""
    rng = np.random.default_rng(seed)
    values = rng.standard_normal(shape, np.float32)
    values[rng.random(shape[:-1]) < lost] = np.nan
    return values


def both(function: Callable, values: Floats) -> tuple[Floats, Floats]:
    """By NumPy and by torch."""
    found, exact = function(values), function(torch.from_numpy(values))
    assert isinstance(found, np.ndarray) and isinstance(exact, torch.Tensor)
    assert found.dtype == np.float32 and exact.dtype == torch.float32
    return found, exact.numpy()


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.3, 1.0]), st.integers(1, 9))
def test_the_median_is_torchs(seed: int, lost: float, steps: int) -> None:
    values = wandering(seed, 2, steps, 3, lost=lost)
    found, exact = both(lambda x: lower_nanmedian(x, axis=1), values)
    wanted = torch.from_numpy(values).nanmedian(dim=1).values.numpy()
    assert np.array_equal(found, wanted, equal_nan=True)
    assert np.array_equal(exact, wanted, equal_nan=True)


@pytest.mark.parametrize("scale", [1.0, 60.0])
def test_shares_and_their_logarithm_are_torchs(scale: float) -> None:
    values = wandering(1, 5, 21) * np.float32(scale)
    tensor = torch.from_numpy(values)
    for found in both(lambda x: softmax(x, axis=1), values):
        assert np.allclose(found, torch.softmax(tensor, dim=1).numpy(), atol=1e-6)
    for found in both(lambda x: log_sum_exp(x, axis=1), values):
        assert np.allclose(found, tensor.logsumexp(dim=1).numpy(), rtol=1e-6)


def test_directions_are_torchs_and_nothing_points_nowhere() -> None:
    values = wandering(2, 4, 30)
    values[2] = 0.0
    wanted = torch.nn.functional.normalize(torch.from_numpy(values), dim=1).numpy()
    for found in both(directions, values):
        assert np.allclose(found, wanted, atol=1e-7)


@pytest.mark.parametrize("lost", [0.0, 0.2, 1.0])
def test_bodies_are_placed_and_drawn_alike(lost: float) -> None:
    joints = wandering(3, 3, 24, 7, 2, lost=lost) * np.float32(80) + np.float32(300)
    placed, exact = both(normalise_by_shoulders, joints)
    assert np.allclose(placed, exact, rtol=1e-6, atol=1e-6, equal_nan=True)
    found, exact = both(lambda x: render_pose(x, 32), placed)
    assert np.allclose(found, exact, atol=2e-6)


@pytest.mark.parametrize("lost", [0.0, 0.2, 1.0])
def test_the_graph_network_is_shown_the_same(lost: float) -> None:
    joints = wandering(4, 2, 15, len(SKELETON.joints), 3, lost=lost)
    found, exact = both(lambda x: graph_input(x, SKELETON), joints)
    assert np.allclose(found, exact, rtol=1e-6, atol=1e-6)
    assert np.isfinite(found).all()


def test_streams_are_fused_alike() -> None:
    logits = {"video": wandering(5, 6, 21), "landmarks": wandering(6, 6, 21)}
    logits["landmarks"][1] = logits["video"][1] = np.nan
    logits["landmarks"][2, 3] = np.nan
    given = {"video": 0.7, "landmarks": 1.3}, {"video": 0.4, "landmarks": 0.6}
    found = late_fusion(logits, *given)
    exact = late_fusion({key: torch.from_numpy(value) for key, value in logits.items()}, *given)
    assert np.allclose(found, exact.numpy(), atol=1e-6)
    assert np.allclose(found.sum(axis=1), 1.0, atol=1e-5)
