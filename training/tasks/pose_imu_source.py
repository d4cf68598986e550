"""asl20 as a source of training tasks: 3-D joints and two armbands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from engine.landmarks.skeletons import SKELETONS, Skeleton
from training.datasets.evaluation_set import EvaluationSet
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.readers.asl20 import PairedRecordings
from training.readers.files.listing import Wrist
from training.recipe import Recipe
from training.splits.protocols import Protocol
from training.splits.signer_split import split_signers
from training.tasks.training_task import TrainingTask

SLIDING_SHIFT, SEGMENT_SHIFT = 0.32, 0.12
"""How far training clips begin early or late, in parts of a recording: for a window that slides
over the signer, and for one segment that was found."""


@dataclass(frozen=True, slots=True, eq=False)
class PoseImuSource:
    """`shift`: see `PoseImuDataset`."""

    recordings: PairedRecordings
    shift: float = SLIDING_SHIFT
    dataset: str = "asl20"
    view: Literal["pose"] = "pose"
    units: tuple[str, ...] = ("g",) * 6 + ("deg/s",) * 6
    wrists: tuple[Wrist, ...] = ("left", "right")
    imu_from: Literal["measured", "simulated"] = "measured"

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return self.recordings.vocabulary

    @property
    def skeleton(self) -> Skeleton:
        return SKELETONS["upper_body"]

    def has_sensor(self, rows: NDArray[np.bool_]) -> bool:
        return bool(self.recordings.live[rows].all(axis=1).any())

    def statistics(self, rows: NDArray[np.bool_]) -> SensorStatistics:
        """Of these recordings' armbands."""
        return SensorStatistics.of(self.recordings.subset(rows))

    def clips(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> PoseImuDataset:
        return PoseImuDataset(
            self.recordings.subset(rows),
            glosses,
            frames=recipe.frames,
            n_steps=recipe.n_steps,
            device=device,
            shift=self.shift,
        )

    def evaluation_set(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> EvaluationSet:
        """The set's arbitrary movements are its clips without a sign."""
        return EvaluationSet.of_recordings(
            self.recordings.subset(rows),
            glosses,
            frames=recipe.frames,
            n_steps=recipe.n_steps,
            device=device,
        )


def asl20_task(
    recordings: PairedRecordings, recipe: Recipe, *, test: int, validation: int
) -> TrainingTask[PoseImuDataset]:
    """For a bundle: so many signers are tested and validated on, drawn by the recipe's seed; the
    arbitrary movements are 'no sign'. Raises DataError when there are too few signers."""
    split = split_signers(
        recordings.signers, recordings.words, seed=recipe.seed, test=test, validation=validation
    )
    protocol = Protocol(
        "whole signers: trained, validated and tested on different people; fusion and threshold"
        " from validation signers; one split, one seed",
        split,
    )
    source = PoseImuSource(recordings)
    return TrainingTask(source, protocol, source.vocabulary, recipe, ("train", "validation"))


def asl20_comparison(recordings: PairedRecordings, recipe: Recipe) -> TrainingTask[PoseImuDataset]:
    """For a comparison: signers are drawn by the recipe's seed, so that seeds are splits too. The
    arbitrary movements are trained on as 'no sign' and stand on no other side. Raises DataError
    when there are too few signers."""
    split = split_signers(recordings.signers, recordings.words, seed=recipe.seed)
    protocol = Protocol(f"{len(split.test)} whole signers tested, others for each seed", split)
    source = PoseImuSource(recordings)
    return TrainingTask(source, protocol, source.vocabulary, recipe, ("train",))
