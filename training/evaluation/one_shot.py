"""How well signs are known again from one take or a few: by other signers, among all others, and
whether a take is the sign that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class OneShotScores:
    """Of all ordered pairs of signers: `mean` and `worst` share of the second's takes that are named
    by the first's; `pairs`: the same of each; `eer`: equal error rate of 'is it the sign asked
    for'."""

    shots: int
    mean: float
    worst: float
    eer: float
    pairs: dict[str, float]


def one_shot(
    vectors: Floats,
    glosses: NDArray[np.str_],
    signers: NDArray[np.str_],
    shots: int,
    seeds: Sequence[int] = (0, 1, 2, 3, 4),
) -> OneShotScores:
    """`vectors` `(N, D)` of length 1. For every ordered pair of signers and every seed: `shots` takes
    a sign, drawn from one, name all takes of the other."""
    pairs: dict[str, float] = {}
    same: list[NDArray[np.float32]] = []
    other: list[NDArray[np.float32]] = []
    for shown, asked in _pairs(signers):
        found = []
        for seed in seeds:
            rng = np.random.default_rng((seed, len(pairs)))
            names, similar, wanted = _against(
                vectors, glosses, signers == shown, signers == asked, shots, rng
            )
            found.append(float((names[similar.argmax(axis=1)] == wanted).mean()))
            right = names[None] == wanted[:, None]
            same.append(similar[right])
            other.append(similar[~right])
        pairs[f"{shown} to {asked}"] = float(np.mean(found))
    values = list(pairs.values())
    return OneShotScores(
        shots,
        float(np.mean(values)),
        float(min(values)),
        equal_error_rate(np.concatenate(same), np.concatenate(other)),
        pairs,
    )


def _pairs(signers: NDArray[np.str_]) -> Iterator[tuple[str, str]]:
    everyone = sorted({str(name) for name in signers})
    for shown in everyone:
        for asked in everyone:
            if shown != asked:
                yield shown, asked


def _against(
    vectors: Floats,
    glosses: NDArray[np.str_],
    shown: NDArray[np.bool_],
    asked: NDArray[np.bool_],
    shots: int,
    rng: np.random.Generator,
) -> tuple[NDArray[np.str_], Floats, NDArray[np.str_]]:
    """Names `(C,)` of the shown signs, how like them each asked take is `(Q, C)`, and what it is."""
    names = np.unique(glosses[shown])
    queries = np.flatnonzero(asked & np.isin(glosses, names))
    similar = np.empty((len(queries), len(names)), np.float32)
    for column, name in enumerate(names):
        takes = np.flatnonzero(shown & (glosses == name))
        drawn = rng.choice(takes, min(shots, len(takes)), replace=False)
        similar[:, column] = of_several(vectors[queries] @ vectors[drawn].T)
    return names, similar, glosses[queries]


def of_several(similarities: Floats) -> Floats:
    """`(Q, takes)` to `(Q,)`: half the greatest and half the mean."""
    return 0.5 * similarities.max(axis=1) + 0.5 * similarities.mean(axis=1)


def equal_error_rate(same: Floats, other: Floats) -> float:
    """Where as many true ones are refused as others are taken for it."""
    thresholds = np.sort(same)
    missed = np.arange(len(same)) / len(same)
    taken = 1.0 - np.searchsorted(np.sort(other), thresholds) / len(other)
    at = int(np.abs(missed - taken).argmin())
    return float((missed[at] + taken[at]) / 2)


def doubled(
    vectors: Floats, glosses: NDArray[np.str_], first: NDArray[np.bool_], corrected: Floats | None
) -> tuple[int, int, int]:
    """Of glosses that are there twice: how many second recordings find the first one first and in
    the first ten, among all; and how many there are. `corrected` `(N,)`: what is taken off each
    candidate's similarity."""
    at_first = in_ten = count = 0
    for query in np.flatnonzero(~first):
        similar = 2 * (vectors @ vectors[query]) - (0.0 if corrected is None else corrected)
        similar[query] = -np.inf
        right = (glosses == glosses[query]) & (np.arange(len(glosses)) != query)
        rank = int((similar > similar[right].max()).sum())
        at_first += rank < 1
        in_ten += rank < 10
        count += 1
    return at_first, in_ten, count


def hubness(vectors: Floats, among: Floats, neighbours: int = 10) -> Floats:
    """`(N,)`: how near each is to its nearest ones among `(M, D)`, itself left out; what is near to
    everything is found by every query."""
    found = np.empty(len(vectors), np.float32)
    for begin in range(0, len(vectors), 512):
        similar = vectors[begin : begin + 512] @ among.T
        similar[similar > 1 - 1e-5] = -1.0
        top = np.partition(similar, -neighbours, axis=1)[:, -neighbours:]
        found[begin : begin + 512] = top.mean(axis=1)
    return found
