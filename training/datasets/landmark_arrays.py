"""Landmark recordings of a set in memory: the joints of the landmark network on one time grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from engine.landmarks.graph_input import recorded_joints, sampled_joints
from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from engine.landmarks.skeletons import SKELETONS, Skeleton
from engine.teaching.taught_index import INDEX_NAME
from engine.teaching.taught_store import TaughtSignError, TaughtStore
from training.errors import DataError
from training.preparation.landmark_cache import INDEX, read_cached, read_index
from training.readers import ksl13
from training.readers.folder import UNKNOWN_SIGNER, takes_of

GRID_STEPS = 48
"""Every recording is brought to so many moments, from its first to its last."""


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkArrays:
    """`joints` `(N, GRID_STEPS, J, 3)` float32: x, y in one unit, gaps filled, and how far a joint
    was seen; NaN, NaN, 0 where it never was. `spans_s` `(N,)`: length of each recording. Signers
    who use the other hand are mirrored already."""

    dataset: str
    skeleton: Skeleton
    keys: NDArray[np.str_]
    glosses: NDArray[np.str_]
    signers: NDArray[np.str_]
    joints: NDArray[np.float32]
    spans_s: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Sorted, so that the order of files never decides a label's number."""
        return tuple(sorted(set(map(str, self.glosses))))

    def subset(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> LandmarkArrays:
        return LandmarkArrays(
            self.dataset,
            self.skeleton,
            self.keys[chosen],
            self.glosses[chosen],
            self.signers[chosen],
            self.joints[chosen],
            self.spans_s[chosen],
        )

    def of_glosses(self, glosses: Sequence[str]) -> LandmarkArrays:
        """The clips of these glosses; all of them when none is named. Raises DataError naming a
        gloss that is not there."""
        if missing := sorted(set(glosses) - set(self.vocabulary)):
            raise DataError(
                f"{self.dataset}: shows no {missing[0]!r}; it shows {', '.join(self.vocabulary)}"
            )
        return self.subset(np.isin(self.glosses, list(glosses))) if glosses else self

    def with_negative_signs(self, others: LandmarkArrays) -> LandmarkArrays:
        """These clips and those of another set, whose glosses get a prefix so that no vocabulary
        holds them. Raises DataError where the joints are not the same."""
        if others.skeleton != self.skeleton:
            raise DataError(f"{others.dataset}: has other joints than {self.dataset}")
        names = [f"{others.dataset}: {gloss}" for gloss in others.glosses]
        return LandmarkArrays(
            self.dataset,
            self.skeleton,
            np.concatenate([self.keys, [f"{others.dataset}/{key}" for key in others.keys]]),
            np.concatenate([self.glosses, names]),
            np.concatenate([self.signers, [f"{others.dataset}/{s}" for s in others.signers]]),
            np.concatenate([self.joints, others.joints]),
            np.concatenate([self.spans_s, others.spans_s]),
        )

    def of_keys(self, keys: NDArray[np.str_]) -> LandmarkArrays:
        """The clips of these keys, in their order. Raises DataError naming one that is missing."""
        place = {str(key): i for i, key in enumerate(self.keys)}
        missing = [str(key) for key in keys if str(key) not in place]
        if missing:
            raise DataError(
                f"{self.dataset}: there are no landmarks of {missing[0]}"
                f"{f' and {len(missing) - 1} more clips' if len(missing) > 1 else ''}; run"
                " `python -m training landmarks` on all of the set"
            )
        return self.subset(np.array([place[str(key)] for key in keys], np.intp))


def on_grid(
    recording: LandmarkRecording, skeleton: Skeleton, *, left_handed: bool = False
) -> NDArray[np.float32]:
    """One recording, resampled evenly in time to `(GRID_STEPS, J, 3)`."""
    joints = recorded_joints(recording, skeleton, left_handed=left_handed)
    moments = np.linspace(recording.t_s[0], recording.t_s[-1], GRID_STEPS)
    return sampled_joints(joints, recording.t_s, moments)


def load_landmarks(
    path: Path, skeleton: str = "hands_and_arms", progress: Progress | None = None
) -> LandmarkArrays:
    """A folder that `training landmarks` wrote, one of signs taught in the window or of takes
    recorded there, or ksl13's table. Raises DataError."""
    if skeleton not in SKELETONS:
        raise DataError(f"--skeleton {skeleton}: there are {', '.join(SKELETONS)}")
    if path.is_dir() and (path / INDEX).exists():
        return _from_cache(path, SKELETONS[skeleton], progress)
    if path.is_dir() and (path / INDEX_NAME).exists():
        return _from_taught(path, SKELETONS[skeleton])
    if path.is_dir() and not any(path.glob("*.parquet")) and not any(path.glob("ksl13/*.parquet")):
        if takes := takes_of(path):
            return _from_takes(takes, SKELETONS[skeleton])
        raise DataError(f"{path}: no landmarks here; run `python -m training landmarks` first")
    rows = (
        (row.clip, row.gloss, row.signer, row.recording, False) for row in ksl13.read_ksl13(path)
    )
    return _gathered(ksl13.DATASET, SKELETONS[skeleton], rows)


def _from_cache(folder: Path, skeleton: Skeleton, progress: Progress | None) -> LandmarkArrays:
    index = read_index(folder)
    clips = progress.track(index.clips, description="landmarks") if progress else index.clips
    rows = (
        (clip.key, clip.gloss, clip.signer, read_cached(folder, clip), clip.left_handed)
        for clip in clips
    )
    return _gathered(index.dataset, skeleton, rows)


def _from_taught(folder: Path, skeleton: Skeleton) -> LandmarkArrays:
    """Takes whose signer nobody named are one signer's."""
    try:
        rows = [
            (
                take.file.stem,
                sign.gloss,
                take.signer or UNKNOWN_SIGNER,
                load_recording(take.file),
                take.left_handed,
            )
            for sign in TaughtStore(folder).signs()
            for take in sign.takes
        ]
    except (TaughtSignError, RecordingError) as error:
        raise DataError(str(error)) from error
    return _gathered("folder", skeleton, rows)


def _from_takes(takes: Sequence[tuple[str, str, str, Path]], skeleton: Skeleton) -> LandmarkArrays:
    """Where joints were is kept of every take, with a film of it or without."""
    try:
        rows = [
            (key, gloss, signer, load_recording(file), False) for key, gloss, signer, file in takes
        ]
    except RecordingError as error:
        raise DataError(str(error)) from error
    return _gathered("folder", skeleton, rows)


def _gathered(
    dataset: str,
    skeleton: Skeleton,
    rows: Iterable[tuple[str, str, str, LandmarkRecording, bool]],
) -> LandmarkArrays:
    keys, glosses, signers, joints, spans = [], [], [], [], []
    for key, gloss, signer, recording, left_handed in rows:
        keys.append(key)
        glosses.append(gloss)
        signers.append(signer)
        joints.append(on_grid(recording, skeleton, left_handed=left_handed))
        spans.append(float(recording.t_s[-1] - recording.t_s[0]))
    if not keys:
        raise DataError(f"{dataset}: there is no landmark recording")
    return LandmarkArrays(
        dataset,
        skeleton,
        np.array(keys),
        np.array(glosses),
        np.array(signers),
        np.stack(joints),
        np.array(spans),
    )
