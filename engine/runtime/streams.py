"""What is asked of a bundle's networks, whoever runs them. Live, arrays are NumPy's; in training
they are torch's, on a device."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from engine.arrays import Array, Floats, log_sum_exp
from engine.landmarks.skeletons import Skeleton

Run = Callable[[Floats], Sequence[Floats]]
"""One batch in, the network's outputs in its own order; whatever runs it underneath. What it gives
is the caller's own."""


@dataclass(frozen=True, slots=True, eq=False)
class StreamOutputs(Generic[Array]):
    """`logits`: stream key to `(B, classes)`, `feature` being the fusion network's where there is
    one; `trace`: `(B, 12, n_steps)` in g and deg/s; `video_feature`: `(B, 128)`."""

    logits: dict[str, Array]
    trace: Array
    video_feature: Array


class VideoStreams(Generic[Array]):
    """What pictures say. `outputs`: what `run` gives, in order, as `SelfLearningFusion.outputs`."""

    def __init__(self, run: Callable[[Array], Sequence[Array]], outputs: Sequence[str]) -> None:
        self._run, self._outputs = run, tuple(outputs)

    def generated(self, clips: Array) -> StreamOutputs[Array]:
        """From video alone: `(B, 3, T, S, S)` in [-1, 1]."""
        found = dict(zip(self._outputs, self._run(clips), strict=True))
        trace, feature = found.pop("trace"), found.pop("video_feature")
        return StreamOutputs(found, trace, feature)


class LandmarkStream(Generic[Array]):
    """What landmarks say. `run` gives what `ComparedLandmarks` does; `means`: `(signs, embedding)`,
    of the signs it knows, as `forward` gives them."""

    def __init__(
        self, run: Callable[[Array], Sequence[Array]], skeleton: Skeleton, means: Array
    ) -> None:
        self._run, self.skeleton, self.means = run, skeleton, means

    def forward(self, places: Array) -> tuple[Array, Array]:
        """Of `(B, 3, T, J)`, as `graph_input` gives it: class logits `(B, classes)` of the stream
        `landmarks`, and the embedding `(B, embedding)` that signs are compared by."""
        logits, embedding = self._run(places)
        return logits, embedding

    def energy(self, logits: Array) -> Array:
        """`(B,)`: how much there is of any sign at all; 'no sign' has no part in it."""
        return log_sum_exp(logits[:, : len(self.means)], axis=1)
