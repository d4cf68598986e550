"""A set of landmark recordings as a source of training tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress

from engine.landmarks.skeletons import Skeleton
from training.datasets.evaluation_set import EvaluationSet
from training.datasets.landmark_arrays import LandmarkArrays, load_landmarks
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.errors import DataError
from training.readers.asl20 import read_asl20
from training.readers.files.listing import Wrist
from training.recipe import Recipe
from training.tasks.pose_imu_source import SEGMENT_SHIFT, PoseImuSource


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkSource:
    """Landmarks alone: no video and no sensor."""

    recordings: LandmarkArrays
    view: Literal["landmarks"] = "landmarks"
    units: tuple[str, ...] = ()
    wrists: tuple[Wrist, ...] = ()
    imu_from: Literal["measured", "simulated"] = "measured"

    @property
    def dataset(self) -> str:
        return self.recordings.dataset

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return self.recordings.vocabulary

    @property
    def skeleton(self) -> Skeleton:
        return self.recordings.skeleton

    def has_sensor(self, rows: NDArray[np.bool_]) -> bool:
        return False

    def statistics(self, rows: NDArray[np.bool_]) -> SensorStatistics:
        raise DataError(f"{self.dataset}: has no sensor samples")

    def clips(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> LandmarkDataset:
        return LandmarkDataset(
            self.recordings.subset(rows),
            glosses,
            frames=recipe.frames,
            device=device,
            mirrored=recipe.landmark_mirrored,
        )

    def evaluation_set(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> EvaluationSet:
        return EvaluationSet.of_landmarks(
            self.recordings.subset(rows), glosses, frames=recipe.frames, device=device
        )


PlacedSource = LandmarkSource | PoseImuSource
"""What the landmark network can learn from."""


def load_landmark_source(
    dataset: str, data: Path, skeleton: str = "hands_and_arms", progress: Progress | None = None
) -> PlacedSource:
    """asl20's or ksl13's table, or a folder of landmarks, as `dataset` says. Raises DataError."""
    if dataset == "asl20":
        return PoseImuSource(read_asl20(data), SEGMENT_SHIFT)
    landmarks = load_landmarks(data, skeleton, progress)
    if landmarks.dataset != dataset:
        raise DataError(f"{data}: holds {landmarks.dataset}, not {dataset}")
    return LandmarkSource(landmarks)
