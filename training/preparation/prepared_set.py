"""A prepared set in memory: what training reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from engine.landmarks.skeletons import UPPER_BODY
from training.errors import DataError
from training.preparation.contact_sheet import decode_sheet
from training.preparation.manifest import Manifest, read_manifest
from training.preparation.prepare import IMU_FILE, JOINTS_FILE, read_arrays


@dataclass(frozen=True, slots=True, eq=False)
class PreparedSet:
    """`frames` `(N, T, S, S, 3)` uint8 RGB; `samples` `(N, channels, n_steps)` float32 in the units
    of the manifest, zero where `has_imu` `(N,)` is False; a set without sensors has 0 channels.
    `joints` `(N, T, 7, 2)` float32 pixels of the recording, NaN where not seen; None without any.
    """

    manifest: Manifest
    keys: NDArray[np.str_]
    glosses: NDArray[np.str_]
    signers: NDArray[np.str_]
    frames: NDArray[np.uint8]
    samples: NDArray[np.float32]
    has_imu: NDArray[np.bool_]
    joints: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Sorted, so that the order of files never decides a label's number."""
        return tuple(sorted(set(map(str, self.glosses))))

    def without_samples(self) -> PreparedSet:
        """The same clips as if no sensor had been worn."""
        return replace(
            self,
            manifest=self.manifest.model_copy(update={"units": ()}),
            samples=self.samples[:, :0],
            has_imu=np.zeros(len(self), bool),
        )

    def subset(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> PreparedSet:
        return PreparedSet(
            self.manifest,
            self.keys[chosen],
            self.glosses[chosen],
            self.signers[chosen],
            self.frames[chosen],
            self.samples[chosen],
            self.has_imu[chosen],
            None if self.joints is None else self.joints[chosen],
        )


def load_prepared(folder: Path, progress: Progress | None = None) -> PreparedSet:
    """Read and verify everything; raises DataError naming the file that is missing or altered."""
    manifest = read_manifest(folder)
    if not manifest.clips:
        raise DataError(f"{folder}: this prepared set has no clips")
    shape = (len(manifest.clips), manifest.frames, manifest.size, manifest.size, 3)
    frames = np.empty(shape, np.uint8)
    clips = (
        progress.track(manifest.clips, description="reading clips") if progress else manifest.clips
    )
    for i, clip in enumerate(clips):
        file = folder / "clips" / clip.file
        try:
            data = file.read_bytes()
        except OSError as error:
            raise DataError(f"{file}: missing; run `prepare` again") from error
        if hashlib.sha256(data).hexdigest() != clip.sha256:
            raise DataError(f"{file}: altered since it was prepared; run `prepare` again")
        frames[i] = decode_sheet(data, manifest.frames, manifest.size, str(file))
    samples, has_imu = _samples(folder, manifest)
    return PreparedSet(
        manifest,
        np.array([clip.key for clip in manifest.clips]),
        np.array([clip.gloss for clip in manifest.clips]),
        np.array([clip.signer for clip in manifest.clips]),
        frames,
        samples,
        has_imu,
        _joints(folder, manifest),
    )


def _joints(folder: Path, manifest: Manifest) -> NDArray[np.float32] | None:
    if not any(clip.joints for clip in manifest.clips):
        return None
    seen = read_arrays(folder / JOINTS_FILE, "joints")
    nobody = np.full((manifest.frames, len(UPPER_BODY), 2), np.nan, np.float32)
    return np.stack([seen.get(clip.key, nobody) for clip in manifest.clips])


def _samples(folder: Path, manifest: Manifest) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    channels = len(manifest.units)
    samples = np.zeros((len(manifest.clips), channels, manifest.n_steps), np.float32)
    has_imu = np.array([clip.imu for clip in manifest.clips])
    if not has_imu.any():
        return samples, has_imu
    steps = read_arrays(folder / IMU_FILE, "steps")
    for i, clip in enumerate(manifest.clips):
        if clip.imu:
            if clip.key not in steps or steps[clip.key].shape != samples[i].shape:
                raise DataError(f"{folder / IMU_FILE}: does not fit the set; run `prepare` again")
            samples[i] = steps[clip.key]
    return samples, has_imu
