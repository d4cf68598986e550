"""The sign encoder in closed form: linear discriminant analysis of augmented signs (Rao, 'The
utilization of multiple measurements in problems of biological classification', 1948).

What makes one sign differ from another is learnt from dictionaries, one recording a sign. What does
not, the scatter within a sign, comes from two sides: what augmentation makes of a recording, and
what different signers made of the same sign, in the sets where they are told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field
from rich.progress import Progress

from engine.arrays import Floats
from engine.recognition.sign_encoder.card import MapPart
from engine.recognition.sign_encoder.features import (
    FEATURES,
    MOMENT_FEATURES,
    WAVES,
    sign_features,
)
from engine.recognition.sign_encoder.views import View, rows_of
from training.datasets.signs.augmentation import Augmentation, augmented, unchanged
from training.datasets.signs.hand_depth import HandDepth
from training.datasets.signs.sign_set import SignSet
from training.errors import DataError

STEPS = 24
_SMALLEST_STD = 1e-3


class EncoderRecipe(BaseModel):
    """`copies` of every sign, each augmented; of each view `components` are kept of all features,
    and of these `dimensions`, which count with their `weights` (views as in `VIEWS`). `shrinkage`:
    what is added to the scatter within signs, in parts of its mean; `signer_weight`: what the
    scatter between signers counts beside the augmentation's; `pooled`: how much more than others
    count those features, when components are chosen, that hold of a sign as a whole."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    copies: int = Field(default=6, ge=1, le=64)
    components: int = Field(default=512, ge=8, le=2048)
    dimensions: tuple[int, int, int, int] = (64, 64, 64, 64)
    weights: tuple[float, float, float, float] = (0.7, 1.0, 1.0, 1.0)
    pooled: float = Field(default=3.0, gt=0)
    shrinkage: float = Field(default=0.05, gt=0)
    signer_weight: float = Field(default=0.1, ge=0)
    seed: int = 0


VIEWS: tuple[View, ...] = ("all", "shape", "place", "whole")


@dataclass(frozen=True, slots=True, eq=False)
class FittedEncoder:
    """As `SignEncoder` takes them: `mean`, `scale` `(FEATURES,)`, and a map `(rows, dimensions)`
    for each of `parts`."""

    mean: Floats
    scale: Floats
    maps: dict[View, Floats]
    parts: tuple[MapPart, ...]


def plain_features(signs: SignSet) -> Floats:
    """`(N, FEATURES)`, as they are live."""
    return sign_features(unchanged(signs.steps, STEPS))


def fit_encoder(
    sets: Sequence[SignSet], recipe: EncoderRecipe, depth: HandDepth | None, progress: Progress
) -> FittedEncoder:
    """Of sets without signers every sign is a class; of those with several signers only the scatter
    between them is used. Raises DataError where fewer than two signs are left to tell apart."""
    learnt = [one.subset(one.first_copies()) for one in sets if not one.has_signers]
    signers = [one for one in sets if one.has_signers]
    if sum(map(len, learnt)) <= recipe.copies:
        raise DataError(
            "a set with one recording each of many signs is needed, such as vsl-lexicon: what tells"
            " signs apart is learnt from it"
        )
    task = progress.add_task("sign encoder", total=recipe.copies + 1 + len(VIEWS))
    features = _drawn(learnt, recipe, depth, progress, task)
    labels = np.tile(np.arange(sum(map(len, learnt))), recipe.copies)
    mean, std = features.mean(axis=0), features.std(axis=0)
    scale = np.where(std > _SMALLEST_STD, 1.0 / np.maximum(std, _SMALLEST_STD), 0.0)
    scale = scale.astype(np.float32)
    features -= mean
    features *= scale
    told = [((plain_features(one) - mean) * scale, one.glosses) for one in signers]
    progress.advance(task)
    maps: dict[View, Floats] = {}
    parts = []
    sizes = zip(VIEWS, recipe.dimensions, recipe.weights, strict=True)
    for view, dimensions, weight in sizes:
        rows = rows_of(view)
        seen = [(one[:, rows], glosses) for one, glosses in told]
        counts = np.where(rows < WAVES * MOMENT_FEATURES, 1.0, recipe.pooled).astype(np.float32)
        maps[view] = _map(features[:, rows], labels, seen, counts, dimensions, recipe)
        parts.append(MapPart(view=view, dimensions=maps[view].shape[1], weight=weight))
        progress.advance(task)
    return FittedEncoder(mean, scale, maps, tuple(parts))


def _map(
    features: Floats,
    labels: NDArray[np.intp],
    told: Sequence[tuple[Floats, NDArray[np.str_]]],
    counts: Floats,
    dimensions: int,
    recipe: EncoderRecipe,
) -> Floats:
    """`(rows, dimensions)`, from `features` `(N, rows)` of augmented signs, and the features and
    glosses of the sets with several signers, `told`. `counts` `(rows,)`: what each feature counts
    when components are chosen."""
    basis = _principal(features * counts, recipe.components, recipe.seed) * counts[:, None]
    within, between = _scatters((features @ basis).astype(np.float64), labels)
    for rows, glosses in told:
        projected = (rows @ basis).astype(np.float64)
        within += recipe.signer_weight / len(told) * _between_signers(projected, glosses)
    chosen = _discriminants(within, between, recipe.shrinkage, dimensions)
    return (basis @ chosen.astype(np.float32)).astype(np.float32)


def _drawn(
    learnt: Sequence[SignSet],
    recipe: EncoderRecipe,
    depth: HandDepth | None,
    progress: Progress,
    task: object,
) -> Floats:
    """`(copies * N, FEATURES)` augmented signs, copy by copy."""
    count = sum(map(len, learnt))
    features = np.empty((recipe.copies * count, FEATURES), np.float32)
    row = 0
    for copy in range(recipe.copies):
        for place, signs in enumerate(learnt):
            rng = np.random.default_rng((recipe.seed, copy, place))
            steps = augmented(signs.steps, STEPS, rng, Augmentation(), depth)
            features[row : row + len(signs)] = sign_features(steps)
            row += len(signs)
        progress.advance(task)  # type: ignore[arg-type]
    return features


def _principal(features: Floats, count: int, seed: int) -> Floats:
    """`(F, count)`: directions of most variance of centred features `(N, F)`, by a randomised
    decomposition (Halko, Martinsson, Tropp, 'Finding structure with randomness', 2011)."""
    rng = np.random.default_rng(seed)
    count = min(count, *features.shape)
    start = rng.standard_normal((features.shape[1], min(count + 40, *features.shape)))
    found = start.astype(np.float32)
    for _ in range(3):
        found, _ = np.linalg.qr(features.T @ (features @ found))
    small = features @ found
    _, vectors = np.linalg.eigh((small.T @ small).astype(np.float64))
    return (found @ vectors[:, ::-1][:, :count].astype(np.float32)).astype(np.float32)


def _scatters(
    rows: NDArray[np.float64], labels: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Covariances `(C, C)` within classes and between them."""
    count = np.bincount(labels).astype(np.float64)
    means = np.zeros((len(count), rows.shape[1]))
    np.add.at(means, labels, rows)
    means /= count[:, None]
    inner, outer = rows - means[labels], means - means.mean(axis=0)
    return inner.T @ inner / max(1, len(rows) - len(count)), outer.T @ outer / len(count)


def _between_signers(rows: NDArray[np.float64], glosses: NDArray[np.str_]) -> NDArray[np.float64]:
    """Covariance `(C, C)` of what one sign is by different signers, and take by take."""
    inner = np.concatenate(
        [rows[glosses == one] - rows[glosses == one].mean(axis=0) for one in np.unique(glosses)]
    )
    return np.asarray(inner.T @ inner / len(inner))


def _discriminants(
    within: NDArray[np.float64], between: NDArray[np.float64], shrinkage: float, count: int
) -> NDArray[np.float64]:
    """`(C, count)`: directions in which signs are farthest apart for what one of them scatters."""
    within = within.copy()
    within[np.diag_indices_from(within)] += shrinkage * np.trace(within) / len(within)
    values, vectors = np.linalg.eigh(within)
    whitening = vectors / np.sqrt(values)
    order, directions = np.linalg.eigh(whitening.T @ between @ whitening)
    return np.asarray(whitening @ directions[:, np.argsort(-order)[:count]])
