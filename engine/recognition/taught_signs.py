"""Signs that are known by a few examples of each: taught ones, and the words of a lesson.

Each is compared with a sign that was seen by the sign encoder's vectors. What is no nearer to a
sign's examples than thousands of other words are is not that sign: the Vietnamese lexicon is the
crowd that this is measured against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.arrays import Floats
from engine.recognition.known_signs import KnownSigns
from engine.recognition.sign_encoder import Lexicon
from engine.recognition.sign_encoder.comparison import of_several
from engine.teaching.taught_store import TaughtInfo, same_name

SHARPNESS = 20.0
"""What a cosine counts between signs."""

# As measured on arsl10: five signs taught to a network that knows the other five, by one signer
# after another, named for the same signer and for the others.
_PASSES_ALONE = 0.003
"""Of the lexicon's words, so many pass for a sign where nothing else keeps strangers out."""
PASSES_IN_LESSON = 0.01
"""And in a lesson, whose words are expected: with one example of each, by another signer."""
_PASSES_BESIDE = 0.1
"""And where the vocabulary's own signs stand beside it, which are more like its other signs."""
_OWN_HANDICAP = 0.08
"""Means over many takes are nearer to everything than single takes are."""


class TaughtSigns:
    """What is shown is shared out among the signs that are known by example and all others.

    One that has the name of a sign of the vocabulary is that sign, made in the user's own way:
    `glosses` then says it as the vocabulary does, and both ways count for one.
    """

    def __init__(self, own: Sequence[str], crowd: Lexicon, known: KnownSigns | None = None) -> None:
        """`own`: glosses of the vocabulary; `known`: their vectors, where the bundle has any."""
        self._own, self._crowd, self._known = tuple(own), crowd, known
        self.glosses: tuple[str, ...] = ()
        self._examples: list[Floats] = []
        self._levels = np.empty(0, np.float32)

    def learn(self, examples: Mapping[str, Floats], passes: float | None = None) -> None:
        """Replace them all: gloss to vectors `(takes, D)` of length 1. `passes`: the share of the
        lexicon's words that may pass for each; without it, as is right for taught signs."""
        self.glosses = tuple(self.own_name(gloss) or gloss for gloss in examples)
        self._examples = list(examples.values())
        if passes is None:
            passes = _PASSES_ALONE if self._known is None else _PASSES_BESIDE
        self._levels = np.array(
            [
                np.quantile(of_several(self._crowd.vectors @ takes.T), 1 - passes)
                for takes in self._examples
            ],
            np.float32,
        )

    def own_name(self, gloss: str) -> str | None:
        """As the vocabulary spells it; None where it is none of its signs."""
        return next((own for own in self._own if same_name(own, gloss)), None)

    def shares(self, vector: Floats, own: Mapping[str, float] | None = None) -> dict[str, float]:
        """How likely each sign is, of `(D,)` of length 1; what is left of 1 is all others'. `own`:
        how likely the vocabulary's signs are by its networks, where they were asked."""
        if not self._examples:
            return {}
        similar = np.array([float(of_several(takes @ vector)) for takes in self._examples])
        weights = np.exp(SHARPNESS * (similar - self._levels))
        shares = weights / (weights.sum() + 1.0 + self._weight_of_own(vector, own))
        return dict(zip(self.glosses, shares.tolist(), strict=True))

    def _weight_of_own(self, vector: Floats, likely: Mapping[str, float] | None) -> float:
        """Of the vocabulary's own signs, those left out that were taught in another way: what the
        encoder and the networks say of each, multiplied."""
        if self._known is None:
            return 0.0
        level = float(self._levels.mean()) + _OWN_HANDICAP
        return float(
            sum(
                np.exp(SHARPNESS * (similar - level)) * (1.0 if likely is None else likely[gloss])
                for gloss, similar in self._known.similarities(vector).items()
                if gloss not in self.glosses
            )
        )


def look_alikes(
    taught: Mapping[str, Floats], others: Mapping[str, Floats], least: float
) -> tuple[TaughtInfo, ...]:
    """Of each taught sign, takes `(takes, D)`, the sign most like it, among the taught ones and
    `others` `(n, D)`; named from a mean similarity of `least` on. That it looks like a sign of the
    same name is no warning."""
    infos = []
    for gloss, takes in taught.items():
        found = [
            (float(of_several(takes @ rows.T).mean()), name)
            for name, rows in (*taught.items(), *others.items())
            if not same_name(name, gloss)
        ]
        similarity, name = max(found, default=(-1.0, ""))
        near = name if similarity >= least else None
        infos.append(TaughtInfo(gloss, len(takes), near, round(similarity, 4)))
    return tuple(infos)
