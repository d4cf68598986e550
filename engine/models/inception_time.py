"""The sensor encoder: InceptionTime on accelerometer and gyroscope.

Source: Ismail Fawaz et al., 'InceptionTime: Finding AlexNet for Time Series Classification'
(Data Mining and Knowledge Discovery, 2020): depth 6, kernels 40/20/10 with a pooling branch, 32
filters each, bottleneck 32, a residual connection every third module.
"""

from __future__ import annotations

from torch import Tensor, cat, nn

from engine.models.video_network import FEATURE_SIZE

_KERNELS = (40, 20, 10)


class InceptionModule1D(nn.Module):
    """Bottleneck, three kernel sizes, a pooling branch: `(B, C, n)` to `(B, 4 * filters, n)`."""

    def __init__(self, in_channels: int, filters: int = 32, bottleneck: int = 32) -> None:
        super().__init__()
        self.reduce = nn.Conv1d(in_channels, bottleneck, 1, bias=False)
        self.wide = nn.ModuleList(
            nn.Conv1d(bottleneck, filters, k, padding="same", bias=False) for k in _KERNELS
        )
        self.pooled = nn.Sequential(
            nn.MaxPool1d(3, 1, 1), nn.Conv1d(in_channels, filters, 1, bias=False)
        )
        self.norm = nn.BatchNorm1d(filters * (len(_KERNELS) + 1))
        self.act = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        narrow = self.reduce(x)
        joined = cat([*(conv(narrow) for conv in self.wide), self.pooled(x)], dim=1)
        out: Tensor = self.act(self.norm(joined))
        return out


class SensorEncoder(nn.Module):
    """`(B, channels, n_steps)` normalised sensor samples to a 128-d feature and class logits."""

    def __init__(self, channels: int, classes: int, depth: int = 6, filters: int = 32) -> None:
        super().__init__()
        size = filters * (len(_KERNELS) + 1)
        self.modules_1d = nn.ModuleList(
            InceptionModule1D(channels if i == 0 else size, filters) for i in range(depth)
        )
        self.shortcuts = nn.ModuleList(
            nn.Sequential(
                nn.Conv1d(channels if i == 0 else size, size, 1, bias=False), nn.BatchNorm1d(size)
            )
            for i in range(depth // 3)
        )
        self.act = nn.ReLU()
        self.to_feature = nn.Linear(size, FEATURE_SIZE)
        self.classifier = nn.Linear(FEATURE_SIZE, classes)

    def features(self, samples: Tensor) -> Tensor:
        """`(B, 128)` measured sensor feature `u_s`."""
        x = residual = samples
        for i, module in enumerate(self.modules_1d):
            x = module(x)
            if i % 3 == 2:
                x = self.act(x + self.shortcuts[i // 3](residual))
                residual = x
        feature: Tensor = self.to_feature(x.mean(dim=2))
        return feature

    def classify(self, feature: Tensor) -> Tensor:
        """Class logits of a 128-d sensor feature, measured `u_s` or generated `u_v` alike."""
        logits: Tensor = self.classifier(feature.relu())
        return logits

    def forward(self, samples: Tensor) -> Tensor:
        return self.classify(self.features(samples))
