"""The task of a landmark stream: a bundle of its own, or one more stream of a bundle."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from training.datasets.clip_dataset import ClipDataset
from training.datasets.evaluation_set import EvaluationSet
from training.datasets.landmark_arrays import LandmarkArrays
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.seen_clips import seen_clips
from training.datasets.video_dataset import VideoDataset
from training.errors import DataError
from training.preparation.prepared_set import PreparedSet
from training.recipe import Recipe
from training.splits.protocols import Protocol
from training.splits.signer_split import Side, SignerSplit
from training.tasks.landmark_source import LandmarkSource, PlacedSource
from training.tasks.pose_imu_source import PoseImuSource
from training.tasks.training_task import TaskDatasets, TrainingTask

CARD_PROTOCOL = (
    "whole signers: trained, validated and tested on different people; fusion, threshold and"
    " energy from validation signers; one split, one seed"
)


def landmark_task(
    source: PlacedSource, split: SignerSplit, glosses: tuple[str, ...], recipe: Recipe
) -> TrainingTask[Any]:
    """Other glosses of asl20 are learnt as 'no sign'; those of other sets are left out."""
    no_sign_on: tuple[Side, ...] = ()
    if isinstance(source, PoseImuSource):
        no_sign_on = ("train", "validation")
    protocol = Protocol("landmark stream", split)
    return TrainingTask(source, protocol, glosses, recipe, no_sign_on, CARD_PROTOCOL)


def landmark_datasets(
    task: TrainingTask[Any],
    device: torch.device,
    *,
    negatives: LandmarkArrays | None = None,
    video: PreparedSet | None = None,
) -> TaskDatasets[ClipDataset[Any]]:
    """`negatives`: landmarks of another set, whose signs are learnt as 'no sign'. `video`: of the
    same set, for a bundle that also takes video: validation and test then hold both. Raises
    DataError where these do not belong to the task's set."""
    source = task.source
    if not isinstance(source, LandmarkSource):
        if negatives is not None:
            raise DataError("--others: asl20's joints in space stand beside no landmarks")
        return TaskDatasets(
            task.clips("train", device),
            task.clips("validation", device),
            task.evaluation_set(device),
        )
    shown = source.recordings.subset(task.rows("train"))
    train = LandmarkDataset(
        shown if negatives is None else shown.with_negative_signs(negatives),
        task.glosses,
        frames=task.recipe.frames,
        device=device,
        mirrored=task.recipe.landmark_mirrored,
    )
    if video is not None:
        return _with_video(task, source.recordings, train, video, device)
    return TaskDatasets(
        train,
        source.clips(task.rows("validation"), task.glosses, task.recipe, device),
        task.evaluation_set(device),
    )


def _with_video(
    task: TrainingTask[Any],
    landmarks: LandmarkArrays,
    train: LandmarkDataset,
    prepared: PreparedSet,
    device: torch.device,
) -> TaskDatasets[ClipDataset[Any]]:
    if prepared.manifest.dataset != task.dataset:
        raise DataError(f"--film holds {prepared.manifest.dataset}, not {task.dataset}")
    watched, seen, unseen = seen_clips(
        prepared.subset(np.isin(prepared.signers, list(task.split.validation))), landmarks
    )
    places = LandmarkDataset(seen, task.glosses, frames=task.recipe.frames, device=device)
    test = EvaluationSet.of_video(
        prepared.subset(np.isin(prepared.signers, list(task.split.test))),
        task.glosses,
        device=device,
        landmarks=landmarks,
    )
    validation = VideoDataset(watched, task.glosses, device=device, landmarks=places)
    return TaskDatasets(train, validation, test, (*unseen, *test.unseen))
