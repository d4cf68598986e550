"""The stage of the landmark stream: AAGCN classifies signs from joints."""

from __future__ import annotations

from torch import Tensor

from engine.landmarks.skeletons import Skeleton
from engine.models.aagcn import LandmarkNetwork
from training.datasets.batches import Placed
from training.datasets.clip_dataset import ClipDataset
from training.stages.classifier import train_classifier
from training.stages.initial_weights import start_landmarks_from
from training.trainer.trainer import Trainer

STAGE = "landmarks"


def places_of(batch: Placed) -> Tensor:
    """`(B, 3, T, J)`: the landmark network's input."""
    return batch.places


def train_landmarks(
    trainer: Trainer,
    skeleton: Skeleton,
    train: ClipDataset[Placed],
    validation: ClipDataset[Placed],
) -> LandmarkNetwork:
    """Returns the averaged network, in evaluation mode."""
    recipe = trainer.recipe

    def make() -> LandmarkNetwork:
        network = LandmarkNetwork(
            skeleton, train.no_sign + 1, recipe.landmark_width, recipe.landmark_dropout
        )
        if trainer.init is not None:
            start_landmarks_from(network, trainer.init)
        return network

    return train_classifier(
        trainer,
        STAGE,
        make,
        train,
        validation,
        view=places_of,
        epochs=recipe.landmark_epochs,
        rate=recipe.landmark_rate,
        no_sign_share=recipe.landmark_no_sign_share,
    )
