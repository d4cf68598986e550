"""Video Swin Transformer (Liu et al., CVPR 2022), written from the paper.

Patches of 2 x 4 x 4, attention inside 8 x 7 x 7 windows, every second block with windows shifted by
half, a learnt bias for each relative position, four stages with patch merging between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

Triple = tuple[int, int, int]

_WINDOW: Triple = (8, 7, 7)
_PATCH: Triple = (2, 4, 4)


@dataclass(frozen=True, slots=True)
class _Size:
    dim: int
    depths: tuple[int, ...]
    heads: tuple[int, ...]
    drop_path: float


_SIZES = {
    "tiny": _Size(96, (2, 2, 6, 2), (3, 6, 12, 24), 0.1),
    "base": _Size(128, (2, 2, 18, 2), (4, 8, 16, 32), 0.3),
}


class VideoSwin(nn.Module):
    """`(B, 3, T, S, S)` in [-1, 1] to class logits; S a multiple of 4 from 32 up."""

    def __init__(self, classes: int, variant: Literal["tiny", "base"] = "tiny") -> None:
        super().__init__()
        size = _SIZES[variant]
        self.embed = nn.Conv3d(3, size.dim, _PATCH, _PATCH)
        self.embed_norm = nn.LayerNorm(size.dim)
        blocks = sum(size.depths)
        rates = [size.drop_path * i / (blocks - 1) for i in range(blocks)]
        stages: list[nn.Module] = []
        for i, (depth, heads) in enumerate(zip(size.depths, size.heads, strict=True)):
            dim = size.dim * 2**i
            own = rates[sum(size.depths[:i]) : sum(size.depths[: i + 1])]
            stages += [
                SwinBlock(dim, heads, shifted=bool(j % 2), drop_path=own[j]) for j in range(depth)
            ]
            if i + 1 < len(size.depths):
                stages.append(PatchMerging(dim))
        self.stages = nn.Sequential(*stages)
        self.norm = nn.LayerNorm(dim)
        self.dropout = nn.Dropout(0.5)
        self.classifier = nn.Linear(dim, classes)
        self.apply(_initialise)

    def forward(self, clips: Tensor) -> Tensor:
        tokens = self.embed(clips).permute(0, 2, 3, 4, 1)
        tokens = self.stages(self.embed_norm(tokens))
        pooled = self.norm(tokens).mean(dim=(1, 2, 3))
        logits: Tensor = self.classifier(self.dropout(pooled))
        return logits


class SwinBlock(nn.Module):
    """`(B, T, H, W, dim)` to the same: window attention, then a two-layer network."""

    def __init__(self, dim: int, heads: int, *, shifted: bool, drop_path: float) -> None:
        super().__init__()
        self.shifted, self.drop_path = shifted, drop_path
        self.norm_1, self.norm_2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = WindowAttention(dim, heads)
        self.network = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x: Tensor) -> Tensor:
        x = x + self._dropped(self._attend(self.norm_1(x)))
        out: Tensor = x + self._dropped(self.network(self.norm_2(x)))
        return out

    def _attend(self, x: Tensor) -> Tensor:
        shape = (x.shape[1], x.shape[2], x.shape[3])
        # A window is no larger than the map, and there is nothing to shift along an axis it spans.
        window = tuple(min(w, n) for w, n in zip(_WINDOW, shape, strict=True))
        shift = tuple(
            w // 2 if self.shifted and n > w else 0 for w, n in zip(window, shape, strict=True)
        )
        pad = [(-n) % w for n, w in zip(shape, window, strict=True)]
        padded = functional.pad(x, (0, 0, 0, pad[2], 0, pad[1], 0, pad[0]))
        full = (padded.shape[1], padded.shape[2], padded.shape[3])
        axes = (1, 2, 3)
        if any(shift):
            padded = padded.roll([-s for s in shift], axes)
        mask = _mask(shape, full, window, shift).to(x.device) if any(shift) or any(pad) else None
        out = self.attention(_windows(padded, window), window, mask)
        padded = _unwindows(out, window, full)
        if any(shift):
            padded = padded.roll(list(shift), axes)
        return padded[:, : shape[0], : shape[1], : shape[2]]

    def _dropped(self, x: Tensor) -> Tensor:
        """Stochastic depth: a whole sample's branch is left out at times."""
        if not self.training or self.drop_path == 0.0:
            return x
        kept = torch.rand(x.shape[0], 1, 1, 1, 1, device=x.device) >= self.drop_path
        return x * kept / (1 - self.drop_path)


class WindowAttention(nn.Module):
    """Multi-head attention inside windows, with a bias for each relative position."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_qkv = nn.Linear(dim, 3 * dim)
        self.project = nn.Linear(dim, dim)
        positions = (2 * _WINDOW[0] - 1) * (2 * _WINDOW[1] - 1) * (2 * _WINDOW[2] - 1)
        self.bias = nn.Parameter(torch.zeros(positions, heads))

    def forward(self, x: Tensor, window: tuple[int, ...], mask: Tensor | None) -> Tensor:
        """`(B * windows, places, dim)` to the same; `mask` `(windows, places, places)` is added."""
        count, places, dim = x.shape
        qkv = self.to_qkv(x).reshape(count, places, 3, self.heads, dim // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        index = _relative_positions(window).to(x.device)
        scores = self.bias[index].permute(2, 0, 1)[None]
        if mask is not None:
            batch = count // len(mask)
            scores = (scores + mask[:, None]).repeat(batch, 1, 1, 1)
        out = functional.scaled_dot_product_attention(q, k, v, attn_mask=scores.to(q.dtype))
        projected: Tensor = self.project(out.transpose(1, 2).reshape(count, places, dim))
        return projected


class PatchMerging(nn.Module):
    """Four neighbours in the picture become one token of twice the channels; time stays."""

    def __init__(self, dim: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(4 * dim)
        self.reduce = nn.Linear(4 * dim, 2 * dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.pad(x, (0, 0, 0, x.shape[3] % 2, 0, x.shape[2] % 2))
        corners = [x[:, :, i::2, j::2] for j in (0, 1) for i in (0, 1)]
        out: Tensor = self.reduce(self.norm(torch.cat(corners, dim=-1)))
        return out


def _windows(x: Tensor, window: tuple[int, ...]) -> Tensor:
    """`(B, T, H, W, C)` to `(B * windows, places, C)`."""
    b, t, h, w, c = x.shape
    wt, wh, ww = window
    x = x.reshape(b, t // wt, wt, h // wh, wh, w // ww, ww, c)
    return x.permute(0, 1, 3, 5, 2, 4, 6, 7).reshape(-1, wt * wh * ww, c)


def _unwindows(x: Tensor, window: tuple[int, ...], full: Triple) -> Tensor:
    (wt, wh, ww), (t, h, w) = window, full
    counts = (t // wt, h // wh, w // ww)
    x = x.reshape(-1, *counts, wt, wh, ww, x.shape[-1])
    return x.permute(0, 1, 4, 2, 5, 3, 6, 7).reshape(-1, t, h, w, x.shape[-1])


@lru_cache(maxsize=64)
def _relative_positions(window: tuple[int, ...]) -> Tensor:
    """`(places, places)`: which entry of the bias table stands for each pair of places."""
    axes = torch.meshgrid(*(torch.arange(n) for n in window), indexing="ij")
    places = torch.stack([axis.flatten() for axis in axes], dim=1)
    apart = places[:, None] - places[None] + torch.tensor([n - 1 for n in _WINDOW])
    rows, columns = 2 * _WINDOW[1] - 1, 2 * _WINDOW[2] - 1
    return (apart[..., 0] * rows + apart[..., 1]) * columns + apart[..., 2]


@lru_cache(maxsize=64)
def _mask(shape: Triple, full: Triple, window: tuple[int, ...], shift: tuple[int, ...]) -> Tensor:
    """`(windows, places, places)`: 0 where two places may see one another, else -100.

    After the shift a window holds places that are no neighbours, and padding that is no place.
    """
    regions = torch.zeros(1, *full, 1)
    number = 0
    for t in _slices(full[0], window[0], shift[0]):
        for h in _slices(full[1], window[1], shift[1]):
            for w in _slices(full[2], window[2], shift[2]):
                regions[:, t, h, w] = number
                number += 1
    real = torch.zeros(1, *full, 1)
    real[:, : shape[0], : shape[1], : shape[2]] = 1
    if any(shift):
        real = real.roll([-s for s in shift], (1, 2, 3))
    regions = torch.where(real > 0, regions, torch.full_like(regions, -1.0))
    own = _windows(regions, window)[..., 0]
    return torch.where(own[:, :, None] == own[:, None], 0.0, -100.0)


def _slices(full: int, window: int, shift: int) -> list[slice]:
    if not shift:
        return [slice(0, full)]
    return [slice(0, full - window), slice(full - window, full - shift), slice(full - shift, full)]


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.trunc_normal_(module.weight, std=0.02)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, WindowAttention):
        nn.init.trunc_normal_(module.bias, std=0.02)
