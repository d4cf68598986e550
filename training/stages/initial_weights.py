"""Weights trained on another set, to start from."""

from __future__ import annotations

from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from engine.models.stored_weights import from_stored
from training.errors import DataError

_PREFIXES = ("average/backbone.", "generator_average/backbone.", "backbone.")
"""Of the stages' checkpoints (their averaged networks), and of a bundle's own weights."""


def start_from(backbone: nn.Module, source: Path) -> None:
    """Fill an I3D `backbone` from a bundle's folder, a run's folder or one weights file.

    The classifier is not taken: the other set has other words. Raises DataError naming the file
    when it holds no backbone of this width.
    """
    file, tensors = _weights_in(source, "video")
    prefix = next((p for p in _PREFIXES if any(key.startswith(p) for key in tensors)), None)
    if prefix is None:
        raise DataError(f"{file}: holds no video network")
    weights = {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
    try:
        backbone.load_state_dict(weights)
    except RuntimeError as error:
        raise DataError(f"{file}: a network of another width; use its --set width") from error


def start_landmarks_from(network: nn.Module, source: Path) -> None:
    """Fill a landmark network from a bundle's folder, a run's folder or one weights file; all but
    its classifier. Raises DataError where width or skeleton are others."""
    file, tensors = _weights_in(source, "landmarks")
    averaged = {
        key.removeprefix("average/"): value
        for key, value in tensors.items()
        if key.startswith("average/")
    }
    own = network.state_dict()
    weights = {k: v for k, v in (averaged or tensors).items() if not k.startswith("classifier.")}
    needed = {key for key in own if not key.startswith("classifier.")}
    if set(weights) != needed or any(own[k].shape != v.shape for k, v in weights.items()):
        raise DataError(
            f"{file}: a landmark network of another width or skeleton; use its --set"
            " landmark_width and --skeleton"
        )
    network.load_state_dict(weights, strict=False)


def _weights_in(source: Path, name: str) -> tuple[Path, dict[str, Tensor]]:
    candidates = [
        source,
        source / f"{name}.safetensors",
        source / f"checkpoints/{name}.safetensors",
    ]
    file = next((path for path in candidates if path.is_file()), None)
    if file is None:
        raise DataError(f"{source}: no weights to start from (a bundle, or a run's folder)")
    try:
        return file, from_stored(load_file(file))
    except (SafetensorError, OSError) as error:
        raise DataError(f"{file}: these weights cannot be read") from error
