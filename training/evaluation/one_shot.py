"""How well signs are known again from one take or a few: by other signers, among all others, and
whether a take is the sign that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.recognition.sign_encoder.comparison import of_several
from engine.recognition.sign_encoder.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class OneShotScores:
    """Over all ordered pairs of signers: the `mean` and the `worst` share of the second's takes
    that are named rightly after the first's; `pairs`: of each, the mean of all seeds. `eer`: the
    equal error rate of 'is it the sign asked for', and the `threshold` that has it."""

    shots: int
    mean: float
    worst: float
    eer: float
    threshold: float
    pairs: dict[str, float]


def one_shot(
    vectors: Floats,
    glosses: NDArray[np.str_],
    signers: NDArray[np.str_],
    shots: int,
    seeds: Sequence[int] = (0, 1, 2, 3, 4),
) -> OneShotScores:
    """`vectors` `(N, D)` of length 1. For every ordered pair of signers and every seed: `shots`
    takes a sign, drawn from one, name all takes of the other. Raises ValueError where no two
    signers show two signs alike."""
    pairs: dict[str, float] = {}
    same: list[Floats] = []
    other: list[Floats] = []
    for number, (shown, asked) in enumerate(_pairs(signers)):
        found = []
        for seed in seeds:
            rng = np.random.default_rng((seed, number))
            names, similar, wanted = _against(
                vectors, glosses, signers == shown, signers == asked, shots, rng
            )
            if len(names) < 2 or not len(wanted):
                break
            found.append(float((names[similar.argmax(axis=1)] == wanted).mean()))
            right = names[None] == wanted[:, None]
            same.append(similar[right])
            other.append(similar[~right])
        if found:
            pairs[f"{shown} to {asked}"] = float(np.mean(found))
    if not pairs:
        raise ValueError("no two signers show the same two signs: there is nobody to compare with")
    eer, threshold = equal_error_rate(np.concatenate(same), np.concatenate(other))
    values = list(pairs.values())
    return OneShotScores(shots, float(np.mean(values)), min(values), eer, threshold, pairs)


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
    """Names `(C,)` of the shown signs, how like them each asked take is `(Q, C)`, what it is."""
    names = np.unique(glosses[shown])
    queries = np.flatnonzero(asked & np.isin(glosses, names))
    similar = np.empty((len(queries), len(names)), np.float32)
    for column, name in enumerate(names):
        takes = np.flatnonzero(shown & (glosses == name))
        drawn = rng.choice(takes, min(shots, len(takes)), replace=False)
        similar[:, column] = of_several(vectors[queries] @ vectors[drawn].T)
    return names, similar, glosses[queries]


def equal_error_rate(same: Floats, other: Floats) -> tuple[float, float]:
    """The rate at which as many true ones are refused as others are accepted, and the threshold."""
    thresholds = np.sort(same)
    missed = np.arange(len(same)) / len(same)
    taken = 1.0 - np.searchsorted(np.sort(other), thresholds) / len(other)
    at = int(np.abs(missed - taken).argmin())
    return float((missed[at] + taken[at]) / 2), float(thresholds[at])


@dataclass(frozen=True, slots=True)
class LookUpScores:
    """Of the glosses recorded twice, whose second recording is looked up among all others: how
    many find the first one `first` and `in_ten`; `plain_…`: by the cosine alone."""

    of: int
    first: int
    in_ten: int
    plain_first: int
    plain_in_ten: int


def looked_up(vectors: Floats, glosses: NDArray[np.str_]) -> LookUpScores | None:
    """None where nothing is there twice."""
    first = np.zeros(len(glosses), bool)
    first[np.unique(glosses, return_index=True)[1]] = True
    if first.all():
        return None
    counts = np.zeros((2, 2), int)
    for query in np.flatnonzero(~first):
        others = np.arange(len(glosses)) != query
        lexicon = Lexicon([str(gloss) for gloss in glosses[others]], vectors[others])
        gloss = str(glosses[query])
        words = [match.word for match in lexicon.nearest(vectors[query])]
        counts[0] += gloss in words[:1], gloss in words
        similar = lexicon.vectors @ vectors[query]
        rank = int((similar > similar[glosses[others] == gloss].max()).sum())
        counts[1] += rank < 1, rank < 10
    return LookUpScores(int((~first).sum()), *map(int, counts.reshape(-1)))
