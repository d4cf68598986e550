"""Logits of a bundle's landmark network on a batch of any dataset."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import torch
from torch import Tensor

from engine.clips.landmark_buffer import FEWEST_HANDS
from engine.landmarks.skeletons import Skeleton
from engine.runtime.bundle_networks import TorchLandmarkStream
from training.errors import DataError


@runtime_checkable
class WithPlaces(Protocol):
    """A batch of which landmarks are known."""

    @property
    def places(self) -> Tensor | None:
        """`(B, 3, T, J)` as `graph_input` gives it."""


def landmark_logits(graph: TorchLandmarkStream, batch: object) -> Tensor | None:
    """`(B, classes)`, NaN in the rows of clips in which no hand was seen; None where the batch has
    no landmarks."""
    places = batch.places if isinstance(batch, WithPlaces) else None
    if places is None:
        return None
    logits, _ = graph.forward(places)
    return logits.masked_fill(~_hands_seen(places, graph.skeleton)[:, None], float("nan"))


def _hands_seen(places: Tensor, skeleton: Skeleton) -> Tensor:
    """`(B,)` bool: whether a hand is seen in enough frames, by the live engine's rule."""
    seen = places[:, 2] > 0.5
    if not skeleton.has_fingers:
        return seen.flatten(1).any(dim=1)
    tips = [skeleton.index(f"{side}_thumb_tip") for side in ("left", "right")]
    share: Tensor = seen[:, :, tips].any(dim=2).float().mean(dim=1)
    return share >= FEWEST_HANDS


def examples_of(embedding: Tensor, labels: Tensor, signs: int) -> dict[str, Tensor]:
    """What a bundle keeps of its training clips' embeddings `(N, embedding)`: the `means`
    `(signs, embedding)` of each sign, and `centre` and `scale` `(embedding,)` of all. Raises
    DataError when a sign has no clip."""
    shown = embedding[labels < signs]
    means = []
    for sign in range(signs):
        if not (labels == sign).any():
            raise DataError(f"sign number {sign + 1} of the vocabulary has no training clip")
        means.append(embedding[labels == sign].mean(dim=0))
    return {
        "means": torch.stack(means),
        "centre": shown.mean(dim=0),
        "scale": shown.std(dim=0).clamp_min(1e-6),
    }
