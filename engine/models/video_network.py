"""The video stream: I3D, a 128-d feature, a classifier."""

from __future__ import annotations

from torch import Tensor, nn

from engine.models.i3d import I3D

FEATURE_SIZE = 128


class VideoNetwork(nn.Module):
    """`(B, 3, T, S, S)` in [-1, 1] to class logits."""

    def __init__(self, classes: int, width: float = 1.0, dropout: float = 0.4) -> None:
        super().__init__()
        self.backbone = I3D(width=width)
        self.dropout = nn.Dropout(dropout)
        self.to_feature = nn.Linear(self.backbone.out_channels, FEATURE_SIZE)
        self.classifier = nn.Linear(FEATURE_SIZE, classes)

    def features(self, clips: Tensor) -> Tensor:
        """`(B, 128)` video feature."""
        feature: Tensor = self.to_feature(self.dropout(self.backbone(clips)))
        return feature

    def forward(self, clips: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.features(clips).relu())
        return logits
