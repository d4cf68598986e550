"""asl20's recordings, one after another: joints as a take to play, armbands as samples to send."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.bundle import load_bundle
from engine.frame import Landmarks
from engine.landmarks.pose_normalisation import normalise_by_shoulders
from engine.landmarks.recording import LandmarkRecording
from engine.sources.motion.figure import landmarks_of, to_pixels
from training.datasets.augmentation import project
from training.readers.asl20 import SPAN_S, PairedRecordings

GYRO_AXES = load_bundle("asl20").card.sensor.gyro_axes  # type: ignore[union-attr]
REST_S = 1.0
FRAME_RATE_HZ, SAMPLE_RATE_HZ = 30.0, 100.0


@dataclass(frozen=True, slots=True, eq=False)
class PairedReplay:
    """`words`: what is signed, and `ends_s` when each is over, from the first frame on. `samples`
    `(N, 12)`: left and right acceleration in g, left and right rate in °/s."""

    words: tuple[str, ...]
    ends_s: tuple[float, ...]
    take: LandmarkRecording
    samples: NDArray[np.float64]

    def save(self, folder: Path) -> tuple[Path, Path]:
        """The take and the samples, as files."""
        take, samples = folder / "take.npz", folder / "samples.npz"
        self.take.save(take)
        np.savez(samples, samples=self.samples)
        return take, samples


def paired_replay(recordings: PairedRecordings) -> PairedReplay:
    """All of them, in their order, with a second of rest after each, in which body and armbands
    move on to where the next one begins."""
    joints = normalise_by_shoulders(project(torch.from_numpy(recordings.joints))).numpy()
    motion = joints.reshape(len(joints), joints.shape[1], -1)
    imu = np.concatenate([recordings.acc_g, recordings.gyro_dps], axis=1).transpose(0, 2, 1)
    # A glove turns about its own axes, whatever stands in the columns of the set.
    back = np.array(GYRO_AXES, np.float64).T
    imu[..., 6:9], imu[..., 9:] = imu[..., 6:9] @ back.T, imu[..., 9:] @ back.T
    places = _joined(motion, FRAME_RATE_HZ, turning=0)
    samples = _joined(imu, SAMPLE_RATE_HZ, turning=6)
    times = np.arange(len(places)) / FRAME_RATE_HZ
    seen: list[Landmarks] = [
        landmarks_of(to_pixels(place.reshape(-1, 2).astype(np.float32))) for place in places
    ]
    ends = tuple(i * (SPAN_S + REST_S) + SPAN_S for i in range(len(recordings)))
    words = tuple(str(word) for word in recordings.words)
    return PairedReplay(words, ends, LandmarkRecording.of(times.tolist(), seen), samples)


def _joined(series: NDArray[np.floating], rate_hz: float, *, turning: int) -> NDArray[np.float64]:
    """`(N, G, C)` to `(steps, C)` evenly at `rate_hz`. The last `turning` channels are 0 between
    two recordings."""
    count, grid, channels = series.shape
    period = SPAN_S + REST_S
    moments = np.arange(int(count * period * rate_hz)) / rate_hz
    which = np.minimum((moments / period).astype(int), count - 1)
    inside = moments - which * period
    place = np.clip(inside / SPAN_S, 0, 1) * (grid - 1)
    before = np.minimum(place.astype(int), grid - 2)
    share = (place - before)[:, None]
    now = series[which, before] * (1 - share) + series[which, before + 1] * share
    rested = np.clip((inside - SPAN_S) / REST_S, 0, 1)[:, None]
    following = series[np.minimum(which + 1, count - 1), 0]
    joined = now * (1 - rested) + following * rested
    if turning:
        joined[inside > SPAN_S, channels - turning :] = 0.0
    return np.asarray(joined, np.float64)
