"""What the graph network can learn from: landmark recordings, or asl20's joints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress
from torch import Tensor

from engine.landmarks.skeletons import SKELETONS, Skeleton
from training.datasets.clip_dataset import ClipDataset
from training.datasets.landmark_arrays import LandmarkArrays, load_landmarks
from training.datasets.landmark_dataset import LandmarkBatch, LandmarkDataset
from training.datasets.pose_imu_dataset import PoseImuBatch, PoseImuDataset
from training.errors import DataError
from training.readers.asl20 import NO_SIGN, PairedRecordings, read_asl20
from training.recipe import Recipe

_SPOTTED_SHIFT = 0.12


class LandmarkTask(Protocol):
    """A set; `signers` and `glosses` `(N,)` in the order of its clips."""

    @property
    def dataset(self) -> str: ...
    @property
    def skeleton(self) -> Skeleton: ...
    @property
    def signers(self) -> NDArray[np.str_]: ...
    @property
    def glosses(self) -> NDArray[np.str_]: ...
    @property
    def vocabulary(self) -> tuple[str, ...]: ...

    def clips(
        self,
        chosen: NDArray[np.bool_],
        vocabulary: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> ClipDataset[Any]:
        """Those of the clips; glosses outside `vocabulary` are 'no sign'."""

    def view(self, batch: Any) -> Tensor:
        """A batch as `graph_input` gives it: `(B, 3, T, J)`."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordedLandmarks:
    """A set of landmark recordings."""

    landmarks: LandmarkArrays

    @property
    def dataset(self) -> str:
        return self.landmarks.dataset

    @property
    def skeleton(self) -> Skeleton:
        return self.landmarks.skeleton

    @property
    def signers(self) -> NDArray[np.str_]:
        return self.landmarks.signers

    @property
    def glosses(self) -> NDArray[np.str_]:
        return self.landmarks.glosses

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return self.landmarks.vocabulary

    def clips(
        self,
        chosen: NDArray[np.bool_],
        vocabulary: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> LandmarkDataset:
        return LandmarkDataset(
            self.landmarks.subset(chosen),
            vocabulary,
            frames=recipe.frames,
            device=device,
            mirrored=recipe.landmark_mirrored,
        )

    def view(self, batch: LandmarkBatch) -> Tensor:
        return batch.places


@dataclass(frozen=True, slots=True, eq=False)
class RecordedJoints:
    """asl20: joints in space, filmed anew from elsewhere in every batch."""

    recordings: PairedRecordings

    @property
    def dataset(self) -> str:
        return "asl20"

    @property
    def skeleton(self) -> Skeleton:
        return SKELETONS["upper_body"]

    @property
    def signers(self) -> NDArray[np.str_]:
        return self.recordings.signers

    @property
    def glosses(self) -> NDArray[np.str_]:
        return self.recordings.words

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return tuple(sorted({str(word) for word in self.recordings.words} - {NO_SIGN}))

    def clips(
        self,
        chosen: NDArray[np.bool_],
        vocabulary: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> PoseImuDataset:
        return PoseImuDataset(
            self.recordings.subset(chosen),
            vocabulary,
            frames=recipe.frames,
            n_steps=recipe.n_steps,
            device=device,
            shift=_SPOTTED_SHIFT,
        )

    def view(self, batch: PoseImuBatch) -> Tensor:
        return batch.places


def load_landmark_task(
    dataset: str, data: Path, skeleton: str = "hands_and_arms", progress: Progress | None = None
) -> RecordedLandmarks | RecordedJoints:
    """asl20's or ksl13's table or a folder of landmarks, as `dataset` says. Raises DataError."""
    if dataset == "asl20":
        return RecordedJoints(read_asl20(data))
    landmarks = load_landmarks(data, skeleton, progress)
    if landmarks.dataset != dataset:
        raise DataError(f"{data}: holds {landmarks.dataset}, not {dataset}")
    return RecordedLandmarks(landmarks)
