"""The clips that a bundle is measured on, and their signers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from training.datasets.landmark_arrays import LandmarkArrays
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.seen_clips import seen_clips
from training.datasets.video_dataset import VideoDataset
from training.preparation.prepared_set import PreparedSet
from training.readers.asl20 import NO_SIGN, PairedRecordings

WRISTS = 12
"""Channels of two wrists' accelerometers and gyroscopes, which the window draws."""


AnyDataset = PoseImuDataset | VideoDataset | LandmarkDataset


@dataclass(frozen=True, slots=True, eq=False)
class EvaluationSet:
    """`words`: clips of words of the bundle, `signers` `(N,)` in their order. `nothing`: clips in
    which people move without signing, where a set has any. `measured`: whether the samples come
    from sensors that were worn. `unknown`: signs of another set. `left_out`: clips of signs that
    the bundle does not know, files that could not be read, and the `unseen`: clips without
    landmarks, because nobody is seen in them, by their keys."""

    dataset: str
    words: AnyDataset
    signers: NDArray[np.str_]
    nothing: AnyDataset | None = None
    measured: bool = True
    left_out: int = 0
    unknown: LandmarkDataset | None = None
    unseen: tuple[str, ...] = ()

    @classmethod
    def of_recordings(
        cls,
        recordings: PairedRecordings,
        glosses: Sequence[str],
        *,
        frames: int,
        n_steps: int,
        device: torch.device,
        dataset: str = "asl20",
    ) -> EvaluationSet:
        """From asl20; its arbitrary movements become `nothing`."""

        def clips(chosen: NDArray[np.bool_]) -> PoseImuDataset:
            return PoseImuDataset(
                recordings.subset(chosen), glosses, frames=frames, n_steps=n_steps, device=device
            )

        known = np.isin(recordings.words, list(glosses))
        idle = recordings.words == NO_SIGN
        return cls(
            dataset,
            clips(known),
            recordings.signers[known],
            clips(idle) if idle.any() else None,
            left_out=int((~known & ~idle).sum()),
        )

    @classmethod
    def of_landmarks(
        cls, landmarks: LandmarkArrays, glosses: Sequence[str], *, frames: int, device: torch.device
    ) -> EvaluationSet:
        """From landmark recordings; glosses that the bundle does not know are left out."""
        known = landmarks.subset(np.isin(landmarks.glosses, list(glosses)))
        return cls(
            landmarks.dataset,
            LandmarkDataset(known, glosses, frames=frames, device=device),
            known.signers,
            measured=False,
            left_out=len(landmarks) - len(known),
        )

    @classmethod
    def of_video(
        cls,
        prepared: PreparedSet,
        glosses: Sequence[str],
        *,
        device: torch.device,
        landmarks: LandmarkArrays | None = None,
        channels: int = WRISTS,
    ) -> EvaluationSet:
        """From a prepared set, with the landmarks of the same clips where they are known; clips of
        glosses that the bundle does not know are left out, those in which nobody is seen, and
        samples of another number of channels than the bundle's. Raises DataError where no clip has
        landmarks."""
        known = prepared.subset(np.isin(prepared.glosses, list(glosses)))
        manifest = prepared.manifest
        if manifest.units and len(manifest.units) != channels:
            known = known.without_samples()
        seen: LandmarkDataset | None = None
        unseen: tuple[str, ...] = ()
        if landmarks is not None:
            known, found, unseen = seen_clips(known, landmarks)
            seen = LandmarkDataset(found, glosses, frames=manifest.frames, device=device)
        return cls(
            manifest.dataset,
            VideoDataset(known, glosses, device=device, landmarks=seen),
            known.signers,
            measured=manifest.imu_from == "measured" and bool(known.has_imu.any()),
            left_out=len(prepared) - len(known) + len(manifest.problems),
            unseen=unseen,
        )
