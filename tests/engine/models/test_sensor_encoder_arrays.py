"""The sensor encoder by NumPy answers as torch's does, however its weights are stored."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from engine.models.finger_angles import encode_angles
from engine.models.inception_time import SensorEncoder
from engine.models.sensor_encoder_arrays import ArraySensorEncoder, stored_arrays
from engine.models.stored_weights import from_stored, to_stored

pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same'")


def trained(channels: int, classes: int) -> SensorEncoder:
    """With running statistics as after training: batch normalisation is no identity."""
    torch.manual_seed(channels)
    network = SensorEncoder(channels, classes)
    for _ in range(3):
        network(torch.randn(8, channels, 48) * 2 + 0.5)
    return network.eval()


def arrays(network: SensorEncoder) -> dict[str, np.ndarray]:
    return {name: value.numpy() for name, value in network.state_dict().items()}


@pytest.mark.parametrize(
    ("channels", "steps", "batch"), [(12, 48, 3), (6, 33, 1), (24, 32, 2), (12, 8, 1), (12, 96, 1)]
)
@torch.no_grad()
def test_it_is_the_same_network(channels: int, steps: int, batch: int) -> None:
    """Shorter than a kernel, of odd and even length."""
    network = trained(channels, 21)
    samples = torch.randn(batch, channels, steps)
    mine = ArraySensorEncoder(arrays(network))
    logits, feature = mine.forward(samples.numpy())
    assert (mine.channels, mine.classes) == (channels, 21)
    assert logits.dtype == np.float32 and feature.shape == (batch, 128)
    np.testing.assert_allclose(logits, network(samples).numpy(), atol=1e-4)
    np.testing.assert_allclose(feature, network.features(samples).numpy(), atol=1e-4)


@pytest.mark.parametrize("storage", ["float16", "int8"])
@torch.no_grad()
def test_stored_weights_are_read_as_torch_reads_them(tmp_path: Path, storage: str) -> None:
    network = trained(12, 5)
    stored = to_stored(network.state_dict(), storage)  # type: ignore[arg-type]
    save_file(stored, tmp_path / "sensor.safetensors")
    network.load_state_dict(from_stored(stored))
    samples = torch.randn(2, 12, 48)
    mine = ArraySensorEncoder(stored_arrays(tmp_path / "sensor.safetensors"))
    np.testing.assert_allclose(
        mine.forward(samples.numpy())[0], network(samples).numpy(), atol=1e-4
    )


def test_a_missing_weight_is_named() -> None:
    weights = arrays(trained(12, 5))
    del weights["modules_1d.4.norm.running_var"]
    with pytest.raises(KeyError, match=r"modules_1d\.4\.norm\.running_var"):
        ArraySensorEncoder(weights)


def test_an_angle_that_goes_round_stays_where_it_is() -> None:
    near = np.array([[179.0, -179.0]], np.float32)
    for degrees in (near, torch.from_numpy(near)):
        encoded = np.asarray(encode_angles(degrees))
        assert encoded.shape == (2, 2)
        assert np.abs(encoded[:, 0] - encoded[:, 1]).max() < 0.04
    whole = np.array([[10.0, 370.0, -350.0]], np.float32)
    np.testing.assert_allclose(np.ptp(encode_angles(whole), axis=1), 0, atol=1e-6)
    quarter = np.array([[0.0], [90.0]], np.float32)
    np.testing.assert_allclose(encode_angles(quarter)[:, 0], [0, 1, 1, 0], atol=1e-6)


@pytest.mark.benchmark
def test_one_clip_takes_less_than_ten_milliseconds() -> None:
    mine = ArraySensorEncoder(arrays(trained(12, 21)))
    clip = np.random.default_rng(0).normal(size=(1, 12, 48)).astype(np.float32)
    took = []
    for _ in range(60):
        started = time.perf_counter()
        mine.forward(clip)
        took.append(time.perf_counter() - started)
    print(f"{np.median(took) * 1e3:.1f} ms (median)")
    assert np.median(took) < 0.010
