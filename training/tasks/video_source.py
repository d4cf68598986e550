"""A prepared set of videos as a source of training tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from training.datasets.evaluation_set import WRISTS, EvaluationSet
from training.datasets.sensor_dataset import SensorStatistics
from training.datasets.video_dataset import VideoDataset
from training.errors import DataError
from training.preparation.prepared_set import PreparedSet
from training.readers.files.listing import Wrist
from training.recipe import Recipe
from training.splits.protocols import Protocol
from training.splits.signer_split import SIDES
from training.tasks.training_task import TrainingTask

_WORN = tuple(("g",) * half + ("deg/s",) * half for half in (WRISTS // 4, WRISTS // 2))
"""Units of one wrist's channels, and of both's."""


@dataclass(frozen=True, slots=True, eq=False)
class VideoSource:
    """Frames, and the samples of sensors where there were any."""

    recordings: PreparedSet
    view: Literal["rgb"] = "rgb"

    @property
    def dataset(self) -> str:
        return self.recordings.manifest.dataset

    @property
    def vocabulary(self) -> tuple[str, ...]:
        return self.recordings.vocabulary

    @property
    def units(self) -> tuple[str, ...]:
        return self.recordings.manifest.units

    @property
    def imu_from(self) -> Literal["measured", "simulated"]:
        return self.recordings.manifest.imu_from

    @property
    def wrists(self) -> tuple[Wrist, ...]:
        if len(self.units) == WRISTS:
            return ("left", "right")
        # Who wears one glove and does not say on which hand wears it on the one that signs.
        return self.recordings.manifest.wrists or ("right",)

    def has_sensor(self, rows: NDArray[np.bool_]) -> bool:
        return bool(self.recordings.has_imu[rows].any())

    def statistics(self, rows: NDArray[np.bool_]) -> SensorStatistics:
        """Of these clips' sensors."""
        live = self.recordings.samples[rows & self.recordings.has_imu]
        samples = torch.from_numpy(live).transpose(1, 2)
        return SensorStatistics.over(samples, correction=VideoDataset.std_correction)

    def clips(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> VideoDataset:
        return VideoDataset(self.recordings.subset(rows), glosses, device=device)

    def evaluation_set(
        self,
        rows: NDArray[np.bool_],
        glosses: Sequence[str],
        recipe: Recipe,
        device: torch.device,
    ) -> EvaluationSet:
        return EvaluationSet.of_video(
            self.recordings.subset(rows),
            glosses,
            device=device,
            channels=len(self.units) or WRISTS,
        )


def video_comparison(
    prepared: PreparedSet, protocol: Protocol, recipe: Recipe
) -> TrainingTask[VideoDataset]:
    """For a comparison of methods, on any prepared set."""
    return TrainingTask(VideoSource(prepared), protocol, prepared.vocabulary, recipe)


def video_task(
    prepared: PreparedSet, protocol: Protocol, recipe: Recipe
) -> TrainingTask[VideoDataset]:
    """For a bundle: colour video, with armbands or with simulated ones.

    Raises DataError when there are no samples to learn from, when nobody could use the bundle, or
    when the recipe asks for another number of frames than was prepared.
    """
    manifest = prepared.manifest
    if manifest.view == "depth":
        raise DataError(
            f"{manifest.dataset}: a bundle of depth film has no camera to look through; use"
            " `compare`, or prepare the set with --modality rgb"
        )
    if not prepared.has_imu.any():
        raise DataError(
            f"{manifest.dataset}: has no sensor samples; run `python -m training simulate` first"
        )
    if manifest.units not in _WORN:
        raise DataError(
            f"{manifest.dataset}: has sensor channels in {', '.join(manifest.units)}, and a bundle"
            " needs acceleration and rate of one wrist or of both; `prepare --no-imu` leaves them"
            " out, then run `simulate`"
        )
    if manifest.frames != recipe.frames:
        raise DataError(
            f"--set frames={recipe.frames}: the set was prepared with {manifest.frames} frames"
        )
    for side in SIDES:
        rows = protocol.side(prepared, side)
        if not rows.any():
            raise DataError(f"{protocol.name}: no clip on the {side} side")
        if side != "test" and not prepared.has_imu[rows].any():
            raise DataError(
                f"{protocol.name}: nobody on the {side} side has sensor samples; leave out another"
            )
    sentence = f"{protocol.name}; fusion and threshold from validation signers; one seed"
    if manifest.imu_from == "simulated":
        sentence += (
            "; there are no sensors in this set: the sensor samples are simulated from its"
            " landmarks"
        )
    return TrainingTask(
        VideoSource(prepared), protocol, prepared.vocabulary, recipe, card_protocol=sentence
    )
