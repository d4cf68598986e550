"""Which of thousands of words a sign may be: a list, the likeliest first.

Among thousands some candidates are near to everything: from each similarity is taken how near the
candidate is to its own neighbours (Dinu, Lazaridou, Baroni, 'Improving zero-shot learning by
mitigating the hubness problem', 2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.arrays import Floats, directions
from engine.messages import Message
from engine.recognition.sign_encoder.card import (
    LEXICON,
    WORDS,
    EncoderError,
    checked_arrays,
    checked_bytes,
    read_card,
)
from engine.recognition.sign_encoder.comparison import of_several, rows

NEIGHBOURS = 10
_BLOCK = 512


@dataclass(frozen=True, slots=True)
class Match:
    """A word that a sign may be: `similarity` is the cosine, -1..1; words are ordered by `score`,
    which has the word's own nearness to others taken off."""

    word: str
    similarity: float
    score: float


class Lexicon:
    """Words and a recording of each as a vector; a word recorded twice stands in two rows."""

    def __init__(self, words: Sequence[str], vectors: Floats, crowd: Floats | None = None) -> None:
        """`vectors` `(N, D)` of length 1. `crowd` `(N,)`: how near each is to its neighbours;
        worked out where it is not given. Raises ValueError where numbers differ."""
        if len(words) != len(vectors) or (crowd is not None and len(crowd) != len(words)):
            raise ValueError("words, vectors and their neighbours must be as many")
        self._recorded = tuple(words)
        self.vectors = vectors
        self.words = tuple(dict.fromkeys(words))
        place = {word: i for i, word in enumerate(self.words)}
        self._word_of = np.array([place[word] for word in words], np.intp)
        self.crowd = nearness(vectors) if crowd is None else crowd

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.words)

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """The lexicon that lies beside an encoder. Raises EncoderError naming what is missing,
        altered or does not fit."""
        card = read_card(folder)
        shapes = {"vectors": (-1, card.dimensions), "crowd": (-1,)}
        held = checked_arrays(folder, card, LEXICON, shapes)
        words = checked_bytes(folder, card, WORDS).decode("utf-8", "replace").splitlines()
        if not len(words) == len(held["vectors"]) == len(held["crowd"]):
            raise EncoderError(Message("bundle.weights-unfit", file=folder / LEXICON))
        return cls(
            words, directions(held["vectors"].astype(np.float32)), held["crowd"].astype(np.float32)
        )

    def of(self, word: str) -> Floats:
        """`(n, D)`: the recordings of a word. Raises KeyError."""
        chosen = [i for i, name in enumerate(self._recorded) if name == word]
        if not chosen:
            raise KeyError(word)
        return self.vectors[chosen]

    def nearest(self, vector: Floats, count: int = 10) -> list[Match]:
        """The `count` likeliest words of one take `(D,)`, or of several of the same sign
        `(takes, D)`."""
        similar = of_several(self.vectors @ rows(vector).T)
        scores = 2 * similar - self.crowd
        best = np.full(len(self.words), -np.inf, np.float32)
        np.maximum.at(best, self._word_of, scores)
        order = np.argsort(-best, kind="stable")[: max(count, 0)]
        found = []
        for word in order:
            # Of two recordings, the one that the word is listed for.
            row = np.flatnonzero((self._word_of == word) & (scores == best[word]))[0]
            found.append(Match(self.words[word], float(similar[row]), float(best[word])))
        return found


def nearness(vectors: Floats, neighbours: int = NEIGHBOURS) -> Floats:
    """`(N,)`: the mean cosine of each of `(N, D)` to its nearest ones, itself left out."""
    count = min(neighbours, len(vectors) - 1)
    if count < 1:
        return np.zeros(len(vectors), np.float32)
    found = np.empty(len(vectors), np.float32)
    for begin in range(0, len(vectors), _BLOCK):
        similar = vectors[begin : begin + _BLOCK] @ vectors.T
        own = np.arange(len(similar))
        similar[own, begin + own] = -np.inf
        found[begin : begin + _BLOCK] = np.partition(similar, -count)[:, -count:].mean(axis=1)
    return found
