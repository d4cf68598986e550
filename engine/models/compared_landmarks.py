"""The graph network as the engine asks it: class logits, and what taught signs are compared by."""

from __future__ import annotations

from torch import Tensor, nn

from engine.models.aagcn import LandmarkNetwork


class ComparedLandmarks(nn.Module):
    """The graph network with the embedding that signs are compared by: directions, from the middle
    of all that was seen in training."""

    def __init__(self, network: LandmarkNetwork, centre: Tensor, scale: Tensor) -> None:
        """`centre`, `scale`: `(embedding,)`, mean and deviation."""
        super().__init__()
        self.network = network
        self.register_buffer("centre", centre)
        self.register_buffer("scale", scale)

    def compared(self, embedding: Tensor) -> Tensor:
        """`(B, embedding)` as directions from the middle."""
        apart = (embedding - self.centre) / self.scale  # type: ignore[operator]
        return nn.functional.normalize(apart, dim=1)

    def forward(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Of `(B, 3, T, J)`: class logits `(B, classes)`, embedding `(B, embedding)`."""
        embedding, features = self.network.embedding(places)
        return self.network.classifier(features), self.compared(embedding)
