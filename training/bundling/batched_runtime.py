"""The video networks by another runtime than torch, on batches, to measure its accuracy."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from engine.bundle import Bundle
from engine.messages import Message
from engine.runtime.autotune import convert_part
from engine.runtime.backend import Choice, RuntimeFailedError
from engine.runtime.bundle_networks import TensorRun
from engine.runtime.fallback import make_run
from engine.runtime.network_cache import NetworkCache
from engine.runtime.streams import Run


def video_run(bundle: Bundle, choice: Choice) -> TensorRun:
    """The bundle's video networks by this runtime, for batches of any size. Raises
    RuntimeFailedError when this machine cannot run it."""
    if bundle.card.networks.video is None:
        raise RuntimeFailedError(Message("bundle.no-pictures", name=bundle.card.name))
    with tempfile.TemporaryDirectory(prefix="signmirror-", ignore_cleanup_errors=True) as folder:
        cache = NetworkCache(Path(folder))
        if choice.runtime == "openvino" and choice.precision != "int8":
            reason = convert_part(bundle, "video", cache)
            if reason is not None:
                raise RuntimeFailedError(reason)
        return one_by_one(make_run(bundle, "video", choice, cache, keep=False))


def one_by_one(run: Run) -> TensorRun:
    """Wrap a run for single clips so that it takes batches."""

    def over(clips: Tensor) -> Sequence[Tensor]:
        found = [run(clip[None].cpu().numpy()) for clip in clips]
        return [torch.from_numpy(np.concatenate(parts)) for parts in zip(*found, strict=True)]

    return over
