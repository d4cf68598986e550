"""Putting the streams' evidence together."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from engine.models.video_network import FEATURE_SIZE


def late_fusion(
    logits: Mapping[str, Tensor],
    temperatures: Mapping[str, float] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Tensor:
    """Weighted mean of softmaxes: `{stream: (B, classes)}` to probabilities `(B, classes)`.

    With temperatures 1 and equal weights this is the published sum of softmaxes (divided by their
    number, which changes no label). A stream that is absent, or whose row is NaN (it saw nothing of
    that clip), is left out, not zeroed, and the other weights are scaled up; of a clip that no
    stream saw, all classes are alike. Raises ValueError when no stream with a weight is left.
    """
    total: Tensor | None = None
    fused: Tensor | None = None
    for stream, values in logits.items():
        weight = 1.0 if weights is None else weights.get(stream, 0.0)
        if weight <= 0.0:
            continue
        temperature = 1.0 if temperatures is None else temperatures.get(stream, 1.0)
        saw = ~values.isnan().any(dim=1, keepdim=True)
        share = weight * saw.to(values)
        part = share * torch.softmax(values.nan_to_num() / temperature, dim=1)
        fused, total = (
            (part, share) if fused is None or total is None else (fused + part, total + share)
        )
    if fused is None or total is None:
        raise ValueError("no stream to fuse")
    alike = torch.full_like(fused, 1 / fused.shape[1])
    return torch.where(total > 0, fused / total.clamp_min(1e-12), alike)


class FeatureFusion(nn.Module):
    """The published `feature` fusion: both 128-d features joined, a small network names the sign.

    `(B, 128)` video and sensor features to class logits, by 256 - 1024 - batch norm - LeakyReLU -
    dropout 0.4 - 512 - classes, as in 'Sign Language Recognition with Self-learning Fusion Models'.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2 * FEATURE_SIZE, 1024),
            nn.BatchNorm1d(1024),
            nn.LeakyReLU(),
            nn.Dropout(0.4),
            nn.Linear(1024, 512),
            nn.LeakyReLU(),
            nn.Linear(512, classes),
        )

    def forward(self, video: Tensor, sensor: Tensor) -> Tensor:
        logits: Tensor = self.layers(torch.cat([video, sensor], dim=1))
        return logits
