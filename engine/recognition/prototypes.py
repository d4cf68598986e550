"""Signs that were shown and not trained: each is known by its takes in the graph network's
embedding, beside the means of the bundle's own signs (after Snell, Swersky, Zemel, 'Prototypical
Networks for Few-shot Learning', 2017, without their training). The nearest take counts, not the
mean of all: people sign in more than one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic

from engine.arrays import Array, array_namespace, directions, softmax
from engine.runtime.streams import LandmarkStream
from engine.teaching.taught_store import TaughtInfo, same_name

SHARPNESS = 12.0
"""What a cosine counts in the softmax over signs."""

LOOKS_LIKE = 0.8
"""From this cosine on, people are warned that two signs look alike."""

NEAR_ENOUGH = 0.5
"""What is farther from every take than this cosine is not that sign, whatever else it is."""


class Prototypes(Generic[Array]):
    """Taught signs beside a bundle's own `glosses`.

    One that has the name of a sign of the bundle is that sign, made in the user's own way:
    `glosses` then says it as the bundle does, and both ways count for one.
    """

    def __init__(self, graph: LandmarkStream[Array], glosses: Sequence[str]) -> None:
        self._own = tuple(glosses)
        self._bundle = graph.means
        self.glosses: tuple[str, ...] = ()
        self._takes: list[Array] = []
        self.infos: tuple[TaughtInfo, ...] = ()

    def learn(self, takes: Mapping[str, Array]) -> None:
        """Replace all taught signs: gloss to embeddings `(takes, embedding)`, as `look` gives
        them."""
        own_of = {gloss: self._own_name(gloss) for gloss in takes}
        self.glosses = tuple(own_of[gloss] or gloss for gloss in takes)
        self._takes = list(takes.values())
        if not takes:
            self.infos = ()
            return
        xp = array_namespace(self._bundle)
        means = xp.stack([xp.mean(one, axis=0) for one in self._takes])
        every = directions(xp.concat([self._bundle, means]))
        names = (*self._own, *takes)
        infos = []
        for i, (gloss, shown) in enumerate(takes.items(), len(self._own)):
            alike = every @ every[i]
            alike[i] = -1.0
            own = own_of[gloss]
            if own is not None:
                # That it looks like itself is no warning.
                alike[self._own.index(own)] = -1.0
            nearest = int(alike.argmax())
            similarity = round(float(alike[nearest]), 4)
            near = names[nearest] if similarity >= LOOKS_LIKE else None
            infos.append(TaughtInfo(gloss, len(shown), near, similarity))
        self.infos = tuple(infos)

    def _own_name(self, gloss: str) -> str | None:
        return next((own for own in self._own if same_name(own, gloss)), None)

    def probabilities(self, embedding: Array) -> Array:
        """`(B, taught)`: how likely each taught sign is, against all others, of `(B, embedding)`;
        rows sum to less than 1, what is left is the bundle's own signs'."""
        xp = array_namespace(embedding)
        nearest = [xp.max(embedding @ one.T, axis=1) for one in self._takes]
        taught = xp.stack(nearest, axis=1)
        cosines = xp.concat([embedding @ self._bundle.T, taught], axis=1)
        shares = softmax(SHARPNESS * cosines, axis=1)[:, len(self._own) :]
        return shares * xp.astype(taught >= NEAR_ENOUGH, shares.dtype)
