"""Signs that were shown and not trained: each is the mean of its takes in the graph network's
feature space, beside the means of the bundle's own signs (Snell, Swersky, Zemel, 'Prototypical
Networks for Few-shot Learning', 2017, without their training)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from engine.networks import GraphNetwork
from engine.taught_signs import TaughtInfo

SHARPNESS = 12.0
"""What a cosine counts in the softmax over signs."""

LOOKS_LIKE = 0.8
"""From this cosine on, people are warned that two signs look alike."""

_NEAR_ENOUGH = 0.6
"""What is farther from a taught sign than this cosine is not it, though others be farther still."""


class Prototypes:
    """Taught signs beside a bundle's own `glosses`."""

    def __init__(self, graph: GraphNetwork, glosses: Sequence[str]) -> None:
        self._centre = graph.means.mean(dim=0)
        self._own = tuple(glosses)
        self._bundle = self._direction(graph.means)
        self.glosses: tuple[str, ...] = ()
        self._taught = self._bundle[:0]
        self.infos: tuple[TaughtInfo, ...] = ()

    def learn(self, takes: Mapping[str, Tensor]) -> None:
        """Replace all taught signs: gloss to features `(takes, feature)`."""
        self.glosses = tuple(takes)
        if not takes:
            self._taught, self.infos = self._bundle[:0], ()
            return
        means = [self._direction(features).mean(dim=0) for features in takes.values()]
        self._taught = functional.normalize(torch.stack(means), dim=1)
        every = torch.cat([self._bundle, self._taught])
        names = (*self._own, *self.glosses)
        infos = []
        for i, (gloss, features) in enumerate(takes.items()):
            alike = every @ self._taught[i]
            alike[len(self._own) + i] = -1.0
            nearest = int(alike.argmax())
            similarity = round(float(alike[nearest]), 4)
            near = names[nearest] if similarity >= LOOKS_LIKE else None
            infos.append(TaughtInfo(gloss, len(features), near, similarity))
        self.infos = tuple(infos)

    def probabilities(self, features: Tensor) -> Tensor:
        """`(B, taught)`: how likely each taught sign is, against all others, of features
        `(B, feature)`; rows sum to less than 1, what is left is the bundle's own signs'."""
        direction = self._direction(features)
        taught = direction @ self._taught.T
        cosines = torch.cat([direction @ self._bundle.T, taught], dim=1)
        shares = torch.softmax(SHARPNESS * cosines, dim=1)[:, len(self._own) :]
        return shares * (taught >= _NEAR_ENOUGH)

    def _direction(self, features: Tensor) -> Tensor:
        """Features are sums of what a network found; what all signs have in common says nothing."""
        return functional.normalize(features.to(self._centre) - self._centre, dim=1)
