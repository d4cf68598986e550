"""The sensor encoder by NumPy alone: the live program has no torch, and the network is small.

The same arithmetic as `engine.models.inception_time`, with every batch normalisation folded into
the convolution before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from safetensors.numpy import load_file

from engine.arrays import Floats

_SCALE = "::scale"
_EPS = 1e-5
"""Of torch's batch normalisation."""


def stored_arrays(file: Path) -> dict[str, Floats]:
    """The weights of a file that `engine.models.stored_weights` wrote, in float32. Raises OSError,
    SafetensorError."""
    stored = load_file(file)
    weights = {}
    for name, values in stored.items():
        if name.endswith(_SCALE):
            continue
        scale = stored.get(name + _SCALE)
        weights[name] = values.astype(np.float32)
        if scale is not None:
            weights[name] *= scale.reshape(-1, *[1] * (values.ndim - 1)).astype(np.float32)
    return weights


class ArraySensorEncoder:
    """`(B, channels, n_steps)` normalised samples to class logits and the 128-d feature."""

    def __init__(self, weights: Mapping[str, Floats], depth: int = 6) -> None:
        """`weights`: by the names of torch's `SensorEncoder`. Raises KeyError naming one that is
        missing, ValueError for shapes that do not belong together."""
        self._modules = [_Module(weights, f"modules_1d.{i}.") for i in range(depth)]
        self._shortcuts = [
            _folded(weights, f"shortcuts.{i}.0.weight", f"shortcuts.{i}.1.")
            for i in range(depth // 3)
        ]
        self._to_feature = weights["to_feature.weight"], weights["to_feature.bias"]
        self._classifier = weights["classifier.weight"], weights["classifier.bias"]
        self.channels = self._modules[0].channels
        self.classes = len(self._classifier[1])

    def forward(self, samples: Floats) -> tuple[Floats, Floats]:
        """Class logits `(B, classes)` and the feature `(B, 128)` before its activation."""
        x = residual = np.asarray(samples, np.float32)
        for i, module in enumerate(self._modules):
            x = module(x)
            if i % 3 == 2:
                weight, bias = self._shortcuts[i // 3]
                x = np.maximum(x + _pointwise(residual, weight) + bias[:, None], 0)
                residual = x
        weight, bias = self._to_feature
        feature = x.mean(axis=2) @ weight.T + bias
        weight, bias = self._classifier
        return np.maximum(feature, 0) @ weight.T + bias, feature


class _Module:
    """Bottleneck, three kernel sizes, a pooling branch."""

    def __init__(self, weights: Mapping[str, Floats], prefix: str) -> None:
        self._reduce = weights[f"{prefix}reduce.weight"][:, :, 0]
        wide = [weights[f"{prefix}wide.{i}.weight"] for i in range(3)]
        pooled = weights[f"{prefix}pooled.1.weight"]
        scale, self._bias = _normalisation(weights, f"{prefix}norm.")
        ends = np.cumsum([0, *(len(one) for one in wide), len(pooled)])
        scaled = [
            one * scale[a:b, None, None]
            for one, a, b in zip([*wide, pooled], ends[:-1], ends[1:], strict=True)
        ]
        self._wide, self._pooled = scaled[:-1], scaled[-1][:, :, 0]
        self.channels = self._reduce.shape[1]

    def __call__(self, x: Floats) -> Floats:
        narrow = _pointwise(x, self._reduce)
        branches = [_same(narrow, kernel) for kernel in self._wide]
        branches.append(_pointwise(_pooled(x), self._pooled))
        out: Floats = np.maximum(np.concatenate(branches, axis=1) + self._bias[:, None], 0)
        return out


def _normalisation(weights: Mapping[str, Floats], prefix: str) -> tuple[Floats, Floats]:
    """What a batch normalisation multiplies by, and adds."""
    scale = weights[f"{prefix}weight"] / np.sqrt(weights[f"{prefix}running_var"] + _EPS)
    return scale, weights[f"{prefix}bias"] - weights[f"{prefix}running_mean"] * scale


def _folded(weights: Mapping[str, Floats], name: str, norm: str) -> tuple[Floats, Floats]:
    scale, bias = _normalisation(weights, norm)
    return weights[name][:, :, 0] * scale[:, None], bias


def _pointwise(x: Floats, weight: Floats) -> Floats:
    """A convolution of one step: `(B, C, n)` by `(F, C)`."""
    return np.asarray(weight @ x, np.float32)


def _same(x: Floats, kernel: Floats) -> Floats:
    """`(B, C, n)` by `(F, C, k)`, as long as before; an even kernel has its extra step behind, as
    torch pads it."""
    size = kernel.shape[2]
    before = (size - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (before, size - 1 - before)))
    windows = sliding_window_view(padded, size, axis=2)
    batch, channels, steps = x.shape
    columns = windows.transpose(0, 1, 3, 2).reshape(batch, channels * size, steps)
    return np.asarray(kernel.reshape(len(kernel), -1) @ columns, np.float32)


def _pooled(x: Floats) -> Floats:
    """The largest of each step and its two neighbours."""
    edge = np.pad(x, ((0, 0), (0, 0), (1, 1)), constant_values=-np.inf)
    return np.maximum(np.maximum(edge[:, :, :-2], edge[:, :, 1:-1]), edge[:, :, 2:])
