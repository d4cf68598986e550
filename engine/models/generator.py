"""The generator: what the wrist's sensors would have felt, from video alone.

Source: 'Sign Language Recognition with Self-learning Fusion Models'; its loss, with the norms taken
per sample and the cross-entropy inside the gradient. The trace decoder is ours: the paper stops at
the feature.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.models.i3d import I3D
from engine.models.video_network import FEATURE_SIZE

FEATURE_WEIGHT, LABEL_WEIGHT = 100.0, 30.0
"""alpha and beta of the published loss."""


class Generator(nn.Module):
    """`(B, 3, T, S, S)` to the generated sensor feature `u_v` and a trace.

    The trace is `(B, channels, n_steps)` in the sensor normalisation of the bundle.
    """

    def __init__(
        self, channels: int, n_steps: int, width: float = 1.0, dropout: float = 0.2
    ) -> None:
        super().__init__()
        self.backbone = I3D(width=width)
        self.dropout = nn.Dropout(dropout)
        self.to_feature = nn.Linear(self.backbone.out_channels, FEATURE_SIZE)
        self.decoder = TraceDecoder(self.backbone.channels, channels, n_steps)

    def forward(self, clips: Tensor) -> tuple[Tensor, Tensor]:
        """`u_v` `(B, 128)` and the simulated trace `(B, channels, n_steps)`."""
        maps = self.backbone.forward_maps(clips)
        pooled = maps["mixed_5c"].mean(dim=(2, 3, 4))
        feature = self.to_feature(self.dropout(pooled))
        return feature, self.decoder(maps, feature)


class TraceDecoder(nn.Module):
    """Feature maps at three time scales and `u_v` to samples.

    The finer maps keep a coarse grid of places, because where the hands are is what gravity and
    acceleration depend on; a plain average over the picture would lose it.
    """

    _SCALES = (("mixed_3c", 4, 24), ("mixed_4f", 2, 64), ("mixed_5c", 1, 64))

    def __init__(self, map_channels: dict[str, int], channels: int, n_steps: int) -> None:
        super().__init__()
        self.n_steps = n_steps
        self.squeeze = nn.ModuleDict(
            {name: nn.Conv3d(map_channels[name], kept, 1) for name, _, kept in self._SCALES}
        )
        joined = sum(grid * grid * kept for _, grid, kept in self._SCALES) + 32
        self.from_feature = nn.Linear(FEATURE_SIZE, 32)
        self.coarse = _conv_block(joined, 192)
        self.fine = nn.Sequential(_conv_block(192, 128), _conv_block(128, 96))
        self.to_samples = nn.Conv1d(96, channels, 5, padding=2)

    def forward(self, maps: dict[str, Tensor], feature: Tensor) -> Tensor:
        steps = maps["mixed_3c"].shape[2]
        parts = [self.from_feature(feature)[:, :, None].expand(-1, -1, steps)]
        for name, grid, _ in self._SCALES:
            small = self.squeeze[name](maps[name])
            small = functional.adaptive_avg_pool3d(small, (small.shape[2], grid, grid))
            series = small.transpose(2, 3).transpose(3, 4).flatten(1, 3)
            parts.append(_stretch(series, steps))
        x = self.coarse(torch.cat(parts, dim=1))
        x = self.fine(_stretch(x, self.n_steps))
        samples: Tensor = self.to_samples(x)
        return samples


def _conv_block(in_channels: int, out_channels: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv1d(in_channels, out_channels, 5, padding=2, bias=False),
        nn.BatchNorm1d(out_channels),
        nn.ReLU(inplace=True),
    )


def _stretch(series: Tensor, steps: int) -> Tensor:
    if series.shape[2] == steps:
        return series
    return functional.interpolate(series, size=steps, mode="linear", align_corners=False)


def generator_loss(
    generated: Tensor,
    measured: Tensor,
    logits: Tensor,
    labels: Tensor,
    label_smoothing: float = 0.0,
) -> Tensor:
    """alpha * (Huber(u_v, u_s) + mean | ||u_v|| - ||u_s|| |) + beta * CE.

    `generated`, `measured` are `(B, 128)`; `logits` are the sensor classifier's on `generated`, so
    that the label's gradient reaches the generator. Norms are per sample. The measured feature is a
    target: no gradient flows into it.
    """
    target = measured.detach()
    match = functional.huber_loss(generated, target)
    norms = (generated.norm(dim=1) - target.norm(dim=1)).abs().mean()
    label = functional.cross_entropy(logits, labels, label_smoothing=label_smoothing)
    return FEATURE_WEIGHT * (match + norms) + LABEL_WEIGHT * label
