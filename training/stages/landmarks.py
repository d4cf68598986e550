"""The landmark stream's stage: AAGCN learns the signs from joints."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from engine.landmarks.skeletons import Skeleton
from engine.models.aagcn import LandmarkNetwork
from training.datasets.batches import AnyBatch
from training.datasets.clip_dataset import ClipDataset
from training.stages.classifier import train_classifier
from training.stages.initial_weights import start_landmarks_from
from training.trainer.trainer import Trainer

STAGE = "landmarks"


def train_landmarks(
    trainer: Trainer,
    skeleton: Skeleton,
    train: ClipDataset[AnyBatch],
    validation: ClipDataset[AnyBatch],
    view: Callable[[AnyBatch], Tensor],
) -> LandmarkNetwork:
    """Returns the averaged network, in evaluation mode. `view`: a batch as `graph_input` gives
    it."""
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
        view=view,
        epochs=recipe.landmark_epochs,
        rate=recipe.landmark_rate,
        no_sign_share=recipe.landmark_no_sign_share,
    )
