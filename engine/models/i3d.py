"""I3D: Inception-v1 inflated to three dimensions.

Source: Carreira and Zisserman, 'Quo Vadis, Action Recognition?' (CVPR 2017), table and figure of
the inflated Inception-v1: 12.3 M parameters before the classifier at width 1.
"""

from __future__ import annotations

from collections import OrderedDict

from torch import Tensor, cat, nn

_MODULES: tuple[tuple[str, tuple[int, int, int, int, int, int]], ...] = (
    ("mixed_3b", (64, 96, 128, 16, 32, 32)),
    ("mixed_3c", (128, 128, 192, 32, 96, 64)),
    ("mixed_4b", (192, 96, 208, 16, 48, 64)),
    ("mixed_4c", (160, 112, 224, 24, 64, 64)),
    ("mixed_4d", (128, 128, 256, 24, 64, 64)),
    ("mixed_4e", (112, 144, 288, 32, 64, 64)),
    ("mixed_4f", (256, 160, 320, 32, 128, 128)),
    ("mixed_5b", (256, 160, 320, 32, 128, 128)),
    ("mixed_5c", (384, 192, 384, 48, 128, 128)),
)


def scaled(channels: int, width: float) -> int:
    """Channels of a network made narrower (or wider) by `width`, never fewer than 4."""
    return max(4, round(channels * width))


class Unit3D(nn.Sequential):
    """Convolution, batch normalisation, ReLU."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel: tuple[int, int, int] = (1, 1, 1),
        stride: tuple[int, int, int] = (1, 1, 1),
    ) -> None:
        padding = (kernel[0] // 2, kernel[1] // 2, kernel[2] // 2)
        super().__init__(
            OrderedDict(
                conv=nn.Conv3d(in_channels, out_channels, kernel, stride, padding, bias=False),
                norm=nn.BatchNorm3d(out_channels, eps=1e-3),
                act=nn.ReLU(inplace=True),
            )
        )


class InceptionModule(nn.Module):
    """Four parallel branches, joined over channels."""

    def __init__(self, in_channels: int, spec: tuple[int, int, int, int, int, int]) -> None:
        super().__init__()
        one, reduce_a, wide_a, reduce_b, wide_b, pooled = spec
        self.point = Unit3D(in_channels, one)
        self.branch_a = nn.Sequential(
            Unit3D(in_channels, reduce_a), Unit3D(reduce_a, wide_a, (3, 3, 3))
        )
        self.branch_b = nn.Sequential(
            Unit3D(in_channels, reduce_b), Unit3D(reduce_b, wide_b, (3, 3, 3))
        )
        self.branch_pool = nn.Sequential(nn.MaxPool3d(3, 1, 1), Unit3D(in_channels, pooled))
        self.out_channels = one + wide_a + wide_b + pooled

    def forward(self, x: Tensor) -> Tensor:
        return cat([self.point(x), self.branch_a(x), self.branch_b(x), self.branch_pool(x)], dim=1)


class I3D(nn.Module):
    """Backbone: `(B, in_channels, T, S, S)` in [-1, 1] to feature maps.

    Strides: time 8, space 32. `width` scales every channel count; 1.0 is the published network.
    """

    def __init__(self, in_channels: int = 3, width: float = 1.0) -> None:
        super().__init__()
        first, second = scaled(64, width), scaled(192, width)
        self.stem = nn.Sequential(
            OrderedDict(
                conv_1a=Unit3D(in_channels, first, (7, 7, 7), (2, 2, 2)),
                pool_2a=nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)),
                conv_2b=Unit3D(first, first),
                conv_2c=Unit3D(first, second, (3, 3, 3)),
                pool_3a=nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1)),
            )
        )
        stages: OrderedDict[str, nn.Module] = OrderedDict()
        channels = second
        self.channels: dict[str, int] = {}
        for name, spec in _MODULES:
            if name == "mixed_4b":
                stages["pool_4a"] = nn.MaxPool3d(3, 2, 1)
            elif name == "mixed_5b":
                # ceil: a 24-frame clip has 6 steps here, and an odd map must not lose its edge.
                stages["pool_5a"] = nn.MaxPool3d(2, 2, 0, ceil_mode=True)
            a, b, c, d, e, f = (scaled(channel, width) for channel in spec)
            module = InceptionModule(channels, (a, b, c, d, e, f))
            stages[name] = module
            channels = module.out_channels
            self.channels[name] = channels
        self.stages = nn.ModuleDict(stages)
        self.out_channels = channels

    def forward_maps(self, x: Tensor) -> dict[str, Tensor]:
        """Feature maps `(B, C, T', H', W')` by stage name, in order."""
        x = self.stem(x)
        maps: dict[str, Tensor] = {}
        for name, stage in self.stages.items():
            x = stage(x)
            maps[name] = x
        return maps

    def forward(self, x: Tensor) -> Tensor:
        """`(B, out_channels)`: the last map averaged over time and space."""
        x = self.stem(x)
        for stage in self.stages.values():
            x = stage(x)
        return x.mean(dim=(2, 3, 4))
