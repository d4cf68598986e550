"""The flow stream: optical flow of the other networks' input, and an I3D on it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from torch import Tensor

from engine.models.i3d import I3D
from engine.models.video_network import VideoNetwork
from training.comparison.baselines.optical_flow import FlowMethod, clip_flow

_PUBLISHED_SIZE = 224


def flow_view(video: Tensor, method: FlowMethod = "dis") -> Tensor:
    """`(B, 3, T, S, S)` in [-1, 1] to `(B, 2, T, S, S)` in [-1, 1], on the video's device.

    Flow is in pixels, and a smaller picture moves by fewer of them: it is scaled to what the same
    movement is at the published 224 pixels.
    """
    frames = ((video.detach().float().cpu() + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
    size = video.shape[-1]
    pictures = [np.ascontiguousarray(clip.permute(1, 2, 3, 0).numpy()) for clip in frames]
    # There is no flow on the card, and it is slow: a batch by one core would hold up every step.
    with ThreadPoolExecutor(min(len(pictures), os.cpu_count() or 1)) as pool:
        flows = list(pool.map(lambda clip: clip_flow(clip, method), pictures))
    flow = torch.from_numpy(np.stack(flows)).permute(0, 4, 1, 2, 3) * (_PUBLISHED_SIZE / size)
    view = flow.clamp(-1, 1).to(video.device)
    return view.contiguous(memory_format=torch.channels_last_3d)


class FlowNetwork(VideoNetwork):
    """`VideoNetwork` on two channels: `(B, 2, T, S, S)` to class logits."""

    def __init__(self, classes: int, width: float = 1.0, dropout: float = 0.4) -> None:
        super().__init__(classes, width, dropout)
        self.backbone = I3D(2, width)
