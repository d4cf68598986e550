"""The encoder of a glove that tells angles of fingers, on its own."""

from __future__ import annotations

from torch import Tensor

from engine.models.inception_time import SensorEncoder
from training.datasets.finger_dataset import FingerBatch, FingerDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.stages.classifier import train_classifier
from training.trainer.trainer import Trainer

STAGE = "fingers"


def finger_statistics(train: FingerDataset) -> SensorStatistics:
    """Of the sines and cosines of these recordings."""
    return SensorStatistics.over(train.encoded(), correction=0)


def train_fingers(
    trainer: Trainer,
    statistics: SensorStatistics,
    train: FingerDataset,
    validation: FingerDataset,
) -> SensorEncoder:
    """Returns the averaged network in evaluation mode."""

    def view(batch: FingerBatch) -> Tensor:
        return statistics.normalise(batch.samples)

    return train_classifier(
        trainer,
        STAGE,
        lambda: SensorEncoder(train.channels, train.no_sign + 1),
        train,
        validation,
        view=view,
        epochs=trainer.recipe.finger_epochs,
        rate=trainer.recipe.sensor_rate,
        no_sign_share=trainer.recipe.finger_no_sign_share,
    )
