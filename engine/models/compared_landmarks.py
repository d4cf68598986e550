"""The graph network as the engine asks it: class logits, and what taught signs are compared by."""

from __future__ import annotations

from torch import Tensor, nn

from engine.models.aagcn import LandmarkNetwork


def directions(embedding: Tensor, centre: Tensor, scale: Tensor) -> Tensor:
    """Embeddings `(B, embedding)` as directions from the middle of all, deviations alike."""
    return nn.functional.normalize((embedding - centre) / scale, dim=1)


class ComparedLandmarks(nn.Module):
    """The graph network with the embedding that signs are compared by: directions, from the middle
    of all that was seen in training."""

    def __init__(self, network: LandmarkNetwork, centre: Tensor, scale: Tensor) -> None:
        """`centre`, `scale`: `(embedding,)`, mean and deviation."""
        super().__init__()
        self.network = network
        self.register_buffer("centre", centre)
        self.register_buffer("scale", scale)

    def forward(self, places: Tensor) -> tuple[Tensor, Tensor]:
        """Of `(B, 3, T, J)`: class logits `(B, classes)`, embedding `(B, embedding)`."""
        embedding, features = self.network.embedding(places)
        centre: Tensor = self.centre  # type: ignore[assignment]
        scale: Tensor = self.scale  # type: ignore[assignment]
        return self.network.classifier(features), directions(embedding, centre, scale)
