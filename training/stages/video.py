"""Stage 2: I3D classifies signs from video."""

from __future__ import annotations

from engine.models.video_network import VideoNetwork
from training.datasets.batches import Batch
from training.datasets.sensor_dataset import SensorDataset
from training.stages.classifier import train_classifier
from training.stages.initial_weights import start_from
from training.trainer.trainer import Trainer

STAGE = "video"


def train_video(
    trainer: Trainer, train: SensorDataset[Batch], validation: SensorDataset[Batch]
) -> VideoNetwork:
    """Returns the averaged network, in evaluation mode."""
    recipe = trainer.recipe

    def make() -> VideoNetwork:
        network = VideoNetwork(train.no_sign + 1, width=recipe.width, dropout=recipe.dropout)
        if trainer.init is not None:
            start_from(network.backbone, trainer.init)
        return network

    return train_classifier(
        trainer,
        STAGE,
        make,
        train,
        validation,
        view=trainer.video,
        epochs=recipe.video_epochs,
        rate=recipe.video_rate,
    )
