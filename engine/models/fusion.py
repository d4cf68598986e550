"""Two streams' features put together by a network."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.models.video_network import FEATURE_SIZE


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
