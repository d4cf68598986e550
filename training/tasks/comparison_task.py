"""What a comparison is made on: a prepared set of videos, or the motion and armbands of asl20."""

from __future__ import annotations

import base64
from typing import Literal, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from engine.opencv import cv2
from training.datasets.batches import Batch
from training.datasets.pose_imu_dataset import PoseImuDataset
from training.datasets.sensor_dataset import SensorDataset
from training.datasets.video_dataset import AugmentationRanges, VideoDataset
from training.errors import DataError
from training.preparation.prepared_set import PreparedSet
from training.readers.asl20 import NO_SIGN, PairedRecordings
from training.recipe import Recipe
from training.splits import protocols
from training.splits.signer_split import split_signers

Side = Literal["train", "validation", "test"]
SIDES: tuple[Side, ...] = ("train", "validation", "test")
_THUMBNAILS = 24
_DRAWN_PX = 96


class ComparisonTask(Protocol):
    """One split of one set. `keys`, `signers` `(N,)` are of the test clips, in their order;
    `units`: one a sensor channel."""

    dataset: str
    glosses: tuple[str, ...]
    units: tuple[str, ...]
    imu_from: Literal["measured", "simulated"]
    protocol: protocols.Protocol

    @property
    def keys(self) -> NDArray[np.str_]: ...
    @property
    def signers(self) -> NDArray[np.str_]: ...

    def clips(self, side: Side, device: torch.device) -> SensorDataset[Batch]:
        """Raises DataError when there are none."""

    def has_sensor(self, side: Side) -> bool: ...

    def thumbnails(self) -> dict[str, str]:
        """Test clip to a strip of four frames, a data URI; of one clip a gloss at most."""


class VideoComparison:
    """A prepared set."""

    def __init__(
        self,
        prepared: PreparedSet,
        protocol: protocols.Protocol,
        ranges: AugmentationRanges | None = None,
    ) -> None:
        self.prepared, self.protocol, self.ranges = prepared, protocol, ranges
        manifest = prepared.manifest
        self.dataset, self.units = manifest.dataset, manifest.units
        self.glosses, self.imu_from = prepared.vocabulary, manifest.imu_from

    def _side(self, side: Side) -> PreparedSet:
        return self.prepared.subset(self.protocol.side(self.prepared, side))

    @property
    def keys(self) -> NDArray[np.str_]:
        return self._side("test").keys

    @property
    def signers(self) -> NDArray[np.str_]:
        return self._side("test").signers

    def clips(self, side: Side, device: torch.device) -> VideoDataset:
        part = self._side(side)
        if not len(part):
            raise DataError(f"{self.protocol.name}: no clip on the {side} side")
        return VideoDataset(part, self.glosses, device=device, ranges=self.ranges)

    def has_sensor(self, side: Side) -> bool:
        return bool(self.prepared.has_imu[self.protocol.side(self.prepared, side)].any())

    def thumbnails(self) -> dict[str, str]:
        test = self._side("test")
        return {str(test.keys[i]): _strip(test.frames[i]) for i in _one_a_gloss(test.glosses)}


class PoseImuComparison:
    """asl20: whole signers, drawn by the recipe's seed, so that seeds are splits too. Its arbitrary
    movements are trained on as 'no sign' and stand on no other side.

    Raises DataError when there are too few signers.
    """

    dataset = "asl20"
    units: tuple[str, ...] = ("g",) * 6 + ("deg/s",) * 6
    imu_from: Literal["measured", "simulated"] = "measured"

    def __init__(self, recordings: PairedRecordings, recipe: Recipe) -> None:
        self.recordings, self.recipe = recordings, recipe
        split = split_signers(recordings.signers, recordings.words, seed=recipe.seed)
        self.glosses = tuple(sorted({str(word) for word in recordings.words} - {NO_SIGN}))
        name = f"{len(split.test)} whole signers tested, others for each seed"
        self.protocol = protocols.Protocol(name, split)

    def _side(self, side: Side) -> PairedRecordings:
        chosen = np.isin(self.recordings.signers, getattr(self.protocol.split, side))
        if side != "train":
            chosen &= self.recordings.words != NO_SIGN
        return self.recordings.subset(chosen)

    @property
    def keys(self) -> NDArray[np.str_]:
        return self._side("test").clips

    @property
    def signers(self) -> NDArray[np.str_]:
        return self._side("test").signers

    def clips(self, side: Side, device: torch.device) -> PoseImuDataset:
        return PoseImuDataset(
            self._side(side),
            self.glosses,
            frames=self.recipe.frames,
            n_steps=self.recipe.n_steps,
            device=device,
        )

    def has_sensor(self, side: Side) -> bool:
        return bool(self._side(side).live.all(axis=1).any())

    def thumbnails(self) -> dict[str, str]:
        test = self._side("test")
        clips = self.clips("test", torch.device("cpu"))
        chosen = _one_a_gloss(test.words)
        drawn = [next(clips.evaluation_batches(1, first=i)).video(_DRAWN_PX)[0] for i in chosen]
        videos = [((video.permute(1, 2, 3, 0) + 1) * 127.5).round().numpy() for video in drawn]
        return {
            str(test.clips[i]): _strip(video.clip(0, 255).astype(np.uint8))
            for i, video in zip(chosen, videos, strict=True)
        }


def _one_a_gloss(glosses: NDArray[np.str_]) -> list[int]:
    first = np.unique(glosses, return_index=True)[1]
    return sorted(map(int, first))[:_THUMBNAILS]


def _strip(video: NDArray[np.uint8]) -> str:
    """Four of `(T, S, S, 3)` RGB frames side by side, as a data URI."""
    count = len(video)
    picked = video[np.linspace(count // 6, count - 1 - count // 6, 4).astype(int)]
    strip = np.concatenate([cv2.resize(frame, (96, 96)) for frame in picked], axis=1)
    done, data = cv2.imencode(".webp", strip[:, :, ::-1], [cv2.IMWRITE_WEBP_QUALITY, 70])
    if not done:
        raise DataError("this OpenCV build writes no WebP")
    return f"data:image/webp;base64,{base64.b64encode(bytes(data)).decode()}"
