"""What a bundle is learnt from: the clips of each side, and what its card will say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch

from engine.bundle import Sign
from training.datasets.evaluation_set import WRISTS, EvaluationSet
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.sensor_dataset import SensorStatistics
from training.datasets.video_dataset import VideoDataset
from training.errors import DataError
from training.preparation.prepared_set import PreparedSet
from training.readers.asl20 import NO_SIGN, PairedRecordings
from training.recipe import Recipe
from training.splits.protocols import Protocol
from training.splits.signer_split import SignerSplit, split_signers
from training.tasks.known_sets import SETS, KnownSet, signs_of


@dataclass(frozen=True, slots=True)
class FitTask:
    """`vocabulary` in label order; the class after the last is 'no sign'."""

    name: str
    facts: KnownSet
    vocabulary: tuple[Sign, ...]
    view: Literal["pose", "rgb"]
    protocol: str
    split: SignerSplit
    train: PoseImuDataset | VideoDataset
    validation: PoseImuDataset | VideoDataset
    test: EvaluationSet
    statistics: SensorStatistics


def asl20_protocol(
    recordings: PairedRecordings, seed: int, *, test: int, validation: int
) -> Protocol:
    """So many signers, drawn by the seed. Raises DataError when there are too few."""
    split = split_signers(
        recordings.signers, recordings.words, seed=seed, test=test, validation=validation
    )
    return Protocol(
        "whole signers: trained, validated and tested on different people; fusion and threshold"
        " from validation signers; one split, one seed",
        split,
    )


def asl20_task(
    recordings: PairedRecordings, protocol: Protocol, recipe: Recipe, device: torch.device
) -> FitTask:
    """Motion and armbands of asl20."""
    split = protocol.split
    glosses = sorted({str(word) for word in recordings.words} - {NO_SIGN})
    train, validation, test = (
        recordings.subset(np.isin(recordings.signers, side))
        for side in (split.train, split.validation, split.test)
    )

    def clips_of(part: PairedRecordings) -> PoseImuDataset:
        return PoseImuDataset(
            part, glosses, frames=recipe.frames, n_steps=recipe.n_steps, device=device
        )

    return FitTask(
        name="asl20",
        facts=SETS["asl20"],
        vocabulary=signs_of("asl20", glosses),
        view="pose",
        protocol=protocol.name,
        split=split,
        train=clips_of(train),
        validation=clips_of(validation),
        test=EvaluationSet.of_recordings(
            test, glosses, frames=recipe.frames, n_steps=recipe.n_steps, device=device
        ),
        statistics=SensorStatistics.of(train),
    )


def video_task(
    prepared: PreparedSet, protocol: Protocol, recipe: Recipe, device: torch.device
) -> FitTask:
    """A prepared set of colour video, with armbands or with simulated ones.

    Raises DataError when it has no samples to learn from, when nobody could use the bundle, or when
    the recipe asks for another number of frames than was prepared.
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
    if len(manifest.units) != WRISTS:
        raise DataError(
            f"{manifest.dataset}: has {len(manifest.units)} sensor channels, and a bundle needs"
            f" {WRISTS} (both wrists); `prepare --no-imu` leaves them out, then run `simulate`"
        )
    if manifest.frames != recipe.frames:
        raise DataError(
            f"--set frames={recipe.frames}: the set was prepared with {manifest.frames} frames"
        )
    sides = {
        side: prepared.subset(protocol.side(prepared, side))
        for side in ("train", "validation", "test")
    }
    for side, part in sides.items():
        if not len(part):
            raise DataError(f"{protocol.name}: no clip on the {side} side")
        if side != "test" and not part.has_imu.any():
            raise DataError(
                f"{protocol.name}: nobody on the {side} side has sensor samples; leave out another"
            )
    glosses = prepared.vocabulary
    clips = {
        side: VideoDataset(part, glosses, device=device)
        for side, part in sides.items()
        if side != "test"
    }
    simulated = (
        "; there are no sensors in this set: the sensor samples are simulated from its landmarks"
        if manifest.imu_from == "simulated"
        else ""
    )
    return FitTask(
        name=manifest.dataset,
        facts=SETS.get(manifest.dataset, SETS["folder"]),
        vocabulary=signs_of(manifest.dataset, glosses),
        view="rgb",
        protocol=f"{protocol.name}; fusion and threshold from validation signers; one seed"
        + simulated,
        split=protocol.split,
        train=clips["train"],
        validation=clips["validation"],
        test=EvaluationSet.of_video(sides["test"], glosses, device=device),
        statistics=clips["train"].statistics(),
    )
