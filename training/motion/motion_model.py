"""A trained motion network on disk: one safetensors file with its statistics and its record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from engine.atomic_write import written_whole
from engine.landmarks.pose_normalisation import normalise_by_shoulders
from training.datasets.sensor_dataset import SensorStatistics
from training.errors import DataError
from training.motion.motion_network import MotionNetwork
from training.strict_json import strict_json
from training.trainer.checkpoint import as_stored

UNITS = ("g",) * 6 + ("deg/s",) * 6


@dataclass(frozen=True, slots=True, eq=False)
class MotionModel:
    """`record`: what it was learnt on and how good it is there."""

    network: MotionNetwork
    statistics: SensorStatistics
    record: dict[str, object]

    @torch.no_grad()
    def simulate(self, joints: Tensor) -> Tensor:
        """`(B, T, 7, 2)` joints in pixels, no gaps, to `(B, 12, n_steps)` in g and deg/s."""
        self.network.eval()
        trace: Tensor = self.network(normalise_by_shoulders(joints))
        return trace * self.statistics.std[:, None] + self.statistics.mean[:, None]


def save_motion_model(model: MotionModel, file: Path) -> None:
    tensors = {f"network/{k}": as_stored(v) for k, v in model.network.state_dict().items()}
    tensors |= {"mean": model.statistics.mean, "std": model.statistics.std}
    file.parent.mkdir(parents=True, exist_ok=True)
    record = strict_json({"n_steps": model.network.n_steps, **model.record})
    with written_whole(file) as unfinished:
        save_file(tensors, unfinished, metadata={"record": record})


def load_motion_model(file: Path) -> MotionModel:
    """Raises DataError naming the file when it is missing or no motion network."""
    try:
        with safe_open(file, framework="pt") as content:
            record: dict[str, object] = json.loads(content.metadata()["record"])
            tensors = {key: content.get_tensor(key) for key in content.keys()}  # noqa: SIM118
        network = MotionNetwork(len(tensors["mean"]), int(str(record["n_steps"])))
        network.load_state_dict(
            {k.removeprefix("network/"): v for k, v in tensors.items() if "/" in k}
        )
    except (SafetensorError, OSError, KeyError, TypeError, RuntimeError, ValueError) as error:
        raise DataError(f"{file}: not a motion network (make one with `motion`)") from error
    return MotionModel(network.eval(), SensorStatistics(tensors["mean"], tensors["std"]), record)
