"""How well the stream of joints names signers it has not seen, fold by fold; and how often it
names signs that are none of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats, softmax
from training.stages.signs.joints import JointRecipe, Takes, fit_joints

TRUE_ACCEPTED = 0.95
"""So many of the signs that are named rightly are to be accepted."""

_TEMPERATURES = 1 / np.arange(1.0, 21.0)


@dataclass(frozen=True, slots=True, eq=False)
class FoldVectors:
    """What an encoder that has not seen the held-out signer makes of all sets: of the `own`
    vocabulary's takes, and of each of the `other` sets."""

    own: Floats
    other: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class JointFigures:
    """`top1` by held-out signer. `accepted`: share of the rightly named takes of a signer that pass
    the threshold of the other signers, by signer; `others`: share of the takes of a set that do, by
    set, each left out of what was learnt. `temperature` and `closeness`: of all out-of-fold
    answers, for the bundle."""

    top1: dict[str, float]
    accepted: dict[str, float]
    others: dict[str, float] = field(default_factory=dict)
    temperature: float = 1.0
    closeness: float = 0.0

    def summary(self) -> dict[str, object]:
        values = np.array(list(self.top1.values()))
        accepted = np.array(list(self.accepted.values()))
        return {
            "mean": round(float(values.mean()), 4),
            "sd_over_folds": round(float(values.std(ddof=1)), 4) if len(values) > 1 else None,
            "worst": round(float(values.min()), 4),
            "folds": {name: round(value, 4) for name, value in self.top1.items()},
            "true_accepted": round(float(accepted.mean()), 4),
            "true_accepted_worst": round(float(accepted.min()), 4),
            "others_accepted": {name: round(value, 4) for name, value in self.others.items()},
        }


def joint_folds(
    labels: NDArray[np.intp],
    signers: NDArray[np.str_],
    signs: int,
    vectors_without: Callable[[str], FoldVectors],
    recipe: JointRecipe,
) -> JointFigures:
    """`labels`, `signers` `(N,)` of the vocabulary's takes. `vectors_without` gives the vectors of
    a fold by the signer that is held out."""
    logits = np.zeros((len(labels), signs + 1), np.float32)
    strangers: dict[str, dict[str, Floats]] = {}
    for held in np.unique(signers):
        vectors, test = vectors_without(str(held)), signers == held
        shown = Takes(vectors.own[~test], labels[~test])
        everything = np.concatenate(list(vectors.other.values()))
        logits[test] = fit_joints(shown, signs, everything, recipe).logits(vectors.own[test])
        for name, left_out in vectors.other.items():
            rest = [one for other, one in vectors.other.items() if other != name]
            if rest:
                stream = fit_joints(shown, signs, np.concatenate(rest), recipe)
                strangers.setdefault(name, {})[str(held)] = closeness_of(stream.logits(left_out))
    close, right = closeness_of(logits), logits[:, :signs].argmax(axis=1) == labels
    level = {str(held): _level(close[right & (signers != held)]) for held in np.unique(signers)}
    by_signer = {name: signers == name for name in level}
    return JointFigures(
        top1={name: float(right[rows].mean()) for name, rows in by_signer.items()},
        accepted={
            name: float((close[rows & right] >= level[name]).mean())
            for name, rows in by_signer.items()
        },
        others={
            name: float(np.mean([(one >= level[held]).mean() for held, one in folds.items()]))
            for name, folds in strangers.items()
        },
        temperature=_temperature(logits, labels),
        closeness=_level(close[right]),
    )


def closeness_of(logits: Floats) -> Floats:
    """`(N, classes)` to `(N,)`: how near to any sign; 'no sign' has no part in it."""
    nearest: Floats = logits[:, :-1].max(axis=1)
    return nearest


def _level(close: Floats) -> float:
    return float(np.quantile(close, 1 - TRUE_ACCEPTED))


def _temperature(logits: Floats, labels: NDArray[np.intp]) -> float:
    """Of those tried, the one under which what it was is likeliest."""

    def loss(temperature: float) -> float:
        shares = softmax(logits / np.float32(temperature), axis=1)
        return -float(np.log(shares[np.arange(len(labels)), labels] + 1e-9).mean())

    return float(min(_TEMPERATURES, key=loss))
