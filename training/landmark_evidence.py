"""What a bundle's graph network says of a batch, whatever the batch is made of."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import torch
from torch import Tensor

from engine.landmark_window import FEWEST_HANDS
from engine.landmarks.skeletons import Skeleton
from engine.networks import GraphNetwork


@runtime_checkable
class WithPlaces(Protocol):
    """A batch of which landmarks are known."""

    @property
    def places(self) -> Tensor | None:
        """`(B, 3, T, J)` as `graph_input` gives it."""


def landmark_logits(graph: GraphNetwork, batch: object) -> Tensor | None:
    """`(B, classes)`, NaN in the rows of clips in which no hand was seen; None where the batch has
    no landmarks."""
    places = batch.places if isinstance(batch, WithPlaces) else None
    if places is None:
        return None
    logits = graph.classify(graph.features(places))
    return logits.masked_fill(~_hands_seen(places, graph.skeleton)[:, None], float("nan"))


def _hands_seen(places: Tensor, skeleton: Skeleton) -> Tensor:
    """`(B,)`: as the live engine decides it."""
    seen = places[:, 2] > 0.5
    if "left_thumb_tip" not in skeleton.joints:
        return seen.flatten(1).any(dim=1)
    tips = [skeleton.index(f"{side}_thumb_tip") for side in ("left", "right")]
    share: Tensor = seen[:, :, tips].any(dim=2).float().mean(dim=1)
    return share >= FEWEST_HANDS


def feature_means(graph_features: Tensor, labels: Tensor, signs: int) -> Tensor:
    """`(signs, feature)`: the mean feature of each sign; zero for one without a clip."""
    means = torch.zeros(signs, graph_features.shape[1])
    for sign in range(signs):
        if (mine := labels == sign).any():
            means[sign] = graph_features[mine].mean(dim=0)
    return means
