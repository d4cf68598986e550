"""AAGCN, the landmark stream's network: Shi, Zhang, Cheng, Lu, 'Skeleton-Based Action Recognition
with Multi-Stream Adaptive Graph Convolutional Networks', IEEE TIP 2020.

As published, but for two things: joints, bones and motion go into one network side by side instead
of into four networks (a laptop has to run it), and a channel says whether a joint was seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from engine.landmarks.skeletons import Skeleton

SUBSETS = 3
"""Itself, its neighbours towards the middle of the body, its neighbours away from it."""

PLAN: tuple[tuple[int, int], ...] = (
    (64, 1),
    (64, 1),
    (64, 1),
    (64, 1),
    (128, 2),
    (128, 1),
    (128, 1),
    (256, 2),
    (256, 1),
    (256, 1),
)
"""Channels and stride in time of the ten blocks."""

_COMPARED = (6, 9)
_THIRDS = 3
_EMBEDDED = 4
_TEMPORAL_KERNEL = 9
_INPUT = 3


def adjacency(joints: int, bones: Sequence[tuple[int, int]]) -> Tensor:
    """`(3, J, J)`: each joint itself, inwards and outwards, columns summing to 1 (or 0, where there
    is nobody to listen to). `bones`: the joint nearer to the middle of the body first."""
    graph = torch.zeros(SUBSETS, joints, joints)
    graph[0] = torch.eye(joints)
    for inner, outer in bones:
        graph[1, inner, outer] = 1.0
        graph[2, outer, inner] = 1.0
    return graph / graph.sum(dim=1, keepdim=True).clamp_min(1.0)


def with_bones_and_motion(places: Tensor, parents: Tensor) -> Tensor:
    """`(B, 3, T, J)` x, y and seen to `(B, 9, T, J)`: places, bones (from the joints that stand
    nearer to the middle, by the rows of `parents` `(J, J)`), the motion of both, and seen.

    Bones and motion between joints of which one was never seen are zero.
    """
    xy, seen = places[:, :2], places[:, 2:]
    known = (seen.amax(dim=2, keepdim=True) > 0).to(xy)
    bones = (xy - xy @ parents.T) * known * (known @ parents.T > 0).to(xy)
    both = torch.cat([xy * known, bones], dim=1)
    motion = torch.zeros_like(both)
    motion[:, :, 1:] = both[:, :, 1:] - both[:, :, :-1]
    return torch.cat([both, motion, seen], dim=1)


class AdaptiveGraphConvolution(nn.Module):
    """`(B, C, T, J)` to `(B, out, T, J)` over a graph that is learnt (it begins as the skeleton)
    and, by `alpha`, over one that each clip draws for itself."""

    def __init__(self, channels: int, out: int, graph: Tensor) -> None:
        super().__init__()
        self.inner = max(1, out // _EMBEDDED)
        self.graph = nn.Parameter(graph.clone())
        self.alpha = nn.Parameter(torch.zeros(1))
        self.embed = nn.Conv2d(channels, 2 * SUBSETS * self.inner, 1)
        # Channels are mixed before the graph is walked, not after: the same sum (both are linear),
        # and nothing has to be copied for each subset. The bias is the normalisation's.
        self.mix = nn.Conv2d(channels, SUBSETS * out, 1, bias=False)
        self.norm = nn.BatchNorm2d(out)
        self.down = (
            nn.Sequential(nn.Conv2d(channels, out, 1), nn.BatchNorm2d(out))
            if channels != out
            else nn.Identity()
        )
        nn.init.kaiming_normal_(self.mix.weight)
        # A block begins as its skip connection; the graph is added as it is learnt.
        nn.init.constant_(self.norm.weight, 1e-2)

    def forward(self, clips: Tensor) -> Tensor:
        batch, _, steps, joints = clips.shape
        shape = (batch, SUBSETS, self.inner * steps, joints)
        first, second = (part.reshape(shape) for part in self.embed(clips).chunk(2, dim=1))
        drawn = torch.tanh(first.transpose(2, 3) @ second / shape[2])
        graph = self.graph + self.alpha * drawn
        told = self.mix(clips).reshape(batch, SUBSETS, -1, joints)
        heard = (told @ graph).sum(dim=1).reshape(batch, -1, steps, joints)
        out: Tensor = torch.relu(self.norm(heard) + self.down(clips))
        return out


class Attention(nn.Module):
    """Which joints, which moments, which channels matter: one after the other, each added to what
    it weighs."""

    def __init__(self, channels: int, joints: int) -> None:
        super().__init__()
        odd = joints - 1 if joints % 2 == 0 else joints
        self.spatial = nn.Conv1d(channels, 1, odd, padding=odd // 2)
        self.temporal = nn.Conv1d(channels, 1, _TEMPORAL_KERNEL, padding=_TEMPORAL_KERNEL // 2)
        self.squeeze = nn.Linear(channels, max(1, channels // 2))
        self.excite = nn.Linear(max(1, channels // 2), channels)
        nn.init.xavier_normal_(self.spatial.weight)
        for silent in (self.temporal, self.excite):
            nn.init.zeros_(silent.weight)
        for layer in (self.spatial, self.temporal, self.excite):
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)

    def forward(self, clips: Tensor) -> Tensor:
        clips = clips + clips * self.spatial(clips.mean(dim=2)).sigmoid()[:, :, None]
        clips = clips + clips * self.temporal(clips.mean(dim=3)).sigmoid()[..., None]
        weights = self.excite(self.squeeze(clips.mean(dim=(2, 3))).relu()).sigmoid()
        return clips + clips * weights[:, :, None, None]


class Block(nn.Module):
    """Graph convolution, attention, convolution over nine moments, and a skip connection."""

    def __init__(
        self, channels: int, out: int, graph: Tensor, *, stride: int, residual: bool
    ) -> None:
        super().__init__()
        self.graph = AdaptiveGraphConvolution(channels, out, graph)
        self.attention = Attention(out, graph.shape[-1])
        pad = (_TEMPORAL_KERNEL // 2, 0)
        self.time = nn.Sequential(
            nn.Conv2d(out, out, (_TEMPORAL_KERNEL, 1), (stride, 1), pad), nn.BatchNorm2d(out)
        )
        self.skip: nn.Module | None = None
        if residual:
            plain = channels == out and stride == 1
            self.skip = (
                nn.Identity()
                if plain
                else nn.Sequential(nn.Conv2d(channels, out, 1, (stride, 1)), nn.BatchNorm2d(out))
            )

    def forward(self, clips: Tensor) -> Tensor:
        out: Tensor = self.time(self.attention(self.graph(clips)))
        if self.skip is not None:
            out = out + self.skip(clips)
        return torch.relu(out)


class LandmarkNetwork(nn.Module):
    """`(B, 3, T, J)` as `graph_input` gives it, to class logits.

    `width` scales the channels; at 1 they are the paper's, 64 to 256. Any T from 8 on.
    """

    def __init__(
        self, skeleton: Skeleton, classes: int, width: float = 1.0, dropout: float = 0.0
    ) -> None:
        super().__init__()
        joints, bones = len(skeleton.joints), skeleton.bone_indices
        graph = adjacency(joints, bones)
        parents = torch.zeros(joints, joints)
        for inner, outer in bones:
            parents[outer, inner] = 1.0
        parents /= parents.sum(dim=1, keepdim=True).clamp_min(1.0)
        self.register_buffer("parents", parents, persistent=False)
        channels = 9
        self.norm = nn.BatchNorm1d(channels * joints)
        blocks = []
        for number, (planned, stride) in enumerate(PLAN):
            out = max(4, round(planned * width))
            blocks.append(Block(channels, out, graph, stride=stride, residual=number > 0))
            channels = out
        self.blocks = nn.Sequential(*blocks)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(channels, classes)
        self.feature_size = channels
        kept = [max(4, round(PLAN[block][0] * width)) for block in _COMPARED]
        self.embedding_size = _THIRDS * sum(kept)

    def features(self, clips: Tensor) -> Tensor:
        """`(B, feature_size)`: what the classifier reads."""
        out: Tensor = self.blocks(self._normalised(clips)).mean(dim=(2, 3))
        return out

    def embedding(self, clips: Tensor) -> tuple[Tensor, Tensor]:
        """`(B, embedding_size)`, what signs are compared by, and `(B, feature_size)`.

        The last features know little but the signs that the network was taught: for others, earlier
        ones are kept too, and of each what it found at the beginning, in the middle and at the end.
        """
        out = self._normalised(clips)
        found = []
        for number, block in enumerate(self.blocks):
            out = block(out)
            if number in _COMPARED:
                thirds = out.mean(dim=3).tensor_split(_THIRDS, dim=2)
                found.append(torch.cat([part.mean(dim=2) for part in thirds], dim=1))
        return torch.cat(found, dim=1), out.mean(dim=(2, 3))

    def _normalised(self, clips: Tensor) -> Tensor:
        parents: Tensor = self.parents  # type: ignore[assignment]
        seen = with_bones_and_motion(clips, parents)
        batch, channels, steps, joints = seen.shape
        flat = seen.permute(0, 1, 3, 2).reshape(batch, channels * joints, steps)
        normalised = self.norm(flat).reshape(batch, channels, joints, steps).transpose(2, 3)
        return normalised.contiguous()

    def forward(self, clips: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.dropout(self.features(clips)))
        return logits
