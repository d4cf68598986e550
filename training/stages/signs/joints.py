"""The stream of joints in closed form: kernel ridge regression on takes as centres, with signs of
other sets as 'no sign'. See `engine.recognition.joint_stream`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from engine.arrays import Floats
from engine.recognition.joint_stream import JointStream, nearness_to

_JITTER = 1e-8


class JointRecipe(BaseModel):
    """`takes`: of each sign so many are centres; `others`: and so many of 'no sign'. `ridge`:
    what keeps the weights small; `other_weight`: what all of 'no sign' counts beside all signs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    takes: int = Field(default=30, ge=1)
    others: int = Field(default=300, ge=1)
    sharpness: float = Field(default=2.0, gt=0, le=100)
    ridge: float = Field(default=0.3, gt=0)
    other_weight: float = Field(default=4.0, gt=0)
    seed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Takes:
    """`vectors` `(N, D)` of length 1; `labels` `(N,)`: the number of each one's sign."""

    vectors: Floats
    labels: NDArray[np.intp]


def fit_joints(shown: Takes, signs: int, others: Floats, recipe: JointRecipe) -> JointStream:
    """`others` `(M, D)`: signs of other sets, which are none of these `signs`."""
    rng = np.random.default_rng(recipe.seed)
    drawn = [
        rng.permutation(np.flatnonzero(shown.labels == sign))[: recipe.takes]
        for sign in range(signs)
    ]
    chosen = rng.permutation(len(others))[: recipe.others]
    centres = np.concatenate([shown.vectors[np.concatenate(drawn)], others[chosen]])
    vectors = np.concatenate([shown.vectors, others]).astype(np.float64)
    labels = np.concatenate([shown.labels, np.full(len(others), signs)])
    wanted = (labels[:, None] == np.arange(signs + 1)).astype(np.float64)
    share = recipe.other_weight * len(shown.labels) / max(1, len(others))
    counts = np.where(labels == signs, share, 1.0)[:, None]
    exact = centres.astype(np.float64)
    near = nearness_to(vectors, exact, recipe.sharpness)
    among = nearness_to(exact, exact, recipe.sharpness)
    # In double precision: centres that are nearly the same make the system nearly singular.
    held = (near * counts).T @ near + recipe.ridge * among + _JITTER * np.eye(len(exact))
    weights = np.linalg.solve(held, (near * counts).T @ wanted)
    return JointStream(centres, weights.astype(np.float32), recipe.sharpness)
