"""Every sign of a set with the segment that the sign encoder looks at, whatever the set's form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from engine.recognition.sign_encoder.segment import (
    SegmentError,
    SignSegment,
    mirrored,
    segment_of,
)
from engine.teaching.taught_index import INDEX_NAME
from engine.teaching.taught_store import TaughtSignError, TaughtStore
from training.errors import DataError
from training.preparation.landmark_cache import INDEX, read_cached, read_index
from training.readers import ksl13, landmark_archives
from training.readers.folder import UNKNOWN_SIGNER, takes_of

_EVERY = 4
"""Of a recording's hands so many are passed by, for one that tells of depth."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordedSign:
    """One take. `solid` `(n, 21, 3)`: some of its hands with their depth, in one unit, left ones
    mirrored; none where the set tells no depth."""

    key: str
    gloss: str
    signer: str
    segment: SignSegment
    solid: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class RecordedSigns:
    """A set: its name and its takes, in the order of the file. `handless`: keys of those that show
    no hand or no shoulders at all, which are left out."""

    dataset: str
    signs: tuple[RecordedSign, ...]
    handless: tuple[str, ...]

    @property
    def signers(self) -> list[str]:
        return sorted({sign.signer for sign in self.signs})


def read_signs(path: Path, progress: Progress | None = None) -> RecordedSigns:
    """An archive of landmarks (`.npz`), ksl13's table, a folder that `training landmarks` wrote,
    one of signs taught in the window or of takes recorded there, or a folder with a single one of
    these files in it. Raises DataError."""
    file = _file_of(path)
    dataset, rows = _opened(file)
    signs: list[RecordedSign] = []
    handless: list[str] = []
    shown = rows if progress is None else progress.track(rows, description=dataset)
    for key, gloss, signer, take, left_handed in shown:
        try:
            segment = segment_of(take) if isinstance(take, LandmarkRecording) else take
        except SegmentError:
            segment = None
        if segment is None:
            handless.append(key)
            continue
        solid = _solid(take) if isinstance(take, LandmarkRecording) else _NONE
        told = mirrored(segment) if left_handed else segment
        signs.append(RecordedSign(key, gloss, signer, told, solid))
    if not signs:
        raise DataError(f"{file}: no sign with hands in it")
    return RecordedSigns(dataset, tuple(signs), tuple(handless))


_NONE = np.empty((0, 21, 3), np.float32)
_Row = tuple[str, str, str, LandmarkRecording | SignSegment | None, bool]


def _file_of(path: Path) -> Path:
    if not path.is_dir() or (path / INDEX).exists() or (path / INDEX_NAME).exists():
        return path
    found = sorted([*path.glob("*.npz"), *path.glob("*.parquet")])
    if not found and takes_of(path):
        return path
    if len(found) != 1:
        raise DataError(
            f"{path}: one .npz or .parquet file of landmarks is needed here, or what `python -m"
            " training landmarks` wrote"
        )
    return found[0]


def _opened(file: Path) -> tuple[str, Iterator[_Row]]:
    if file.is_dir() and (file / INDEX).exists():
        return read_index(file).dataset, _cached(file)
    if file.is_dir() and (file / INDEX_NAME).exists():
        return "taught", _taught(file)
    if file.is_dir():
        return "folder", _takes(file)
    if file.suffix == ".parquet":
        return ksl13.DATASET, _ksl13(file)
    return landmark_archives.archive_name(file), _archived(file)


def _cached(folder: Path) -> Iterator[_Row]:
    for clip in read_index(folder).clips:
        yield clip.key, clip.gloss, clip.signer, read_cached(folder, clip), clip.left_handed


def _taught(folder: Path) -> Iterator[_Row]:
    try:
        for sign in TaughtStore(folder).signs():
            for take in sign.takes:
                signer = take.signer or UNKNOWN_SIGNER
                recording = load_recording(take.file)
                yield take.file.stem, sign.gloss, signer, recording, take.left_handed
    except (TaughtSignError, RecordingError) as error:
        raise DataError(str(error)) from error


def _takes(folder: Path) -> Iterator[_Row]:
    try:
        for key, gloss, signer, file in takes_of(folder):
            yield key, gloss, signer, load_recording(file), False
    except RecordingError as error:
        raise DataError(str(error)) from error


def _ksl13(file: Path) -> Iterator[_Row]:
    for row in ksl13.read_ksl13(file):
        yield row.clip, row.gloss, row.signer, row.recording, False


def _archived(file: Path) -> Iterator[_Row]:
    for sign in landmark_archives.read_archive(file):
        yield sign.key, sign.gloss, UNKNOWN_SIGNER, sign.take, False


def _solid(recording: LandmarkRecording) -> NDArray[np.float32]:
    """Left hands as their mirror image; a hand all in one plane is one without depth."""
    hands = np.concatenate(
        [recording.left_hand * np.array([-1, 1, 1], np.float32), recording.right_hand]
    )
    known = ~np.isnan(hands).any(axis=(1, 2))
    return hands[known & (np.ptp(np.nan_to_num(hands[..., 2]), axis=1) > 0)][::_EVERY]
