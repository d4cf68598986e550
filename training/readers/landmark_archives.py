"""Landmarks of signs in one .npz: a dictionary (vsl-lexicon), or clips as MediaPipe gives them
(asl-app100, fingerspelling). One recording a sign, of signers who are not told apart.

vsl-lexicon: `feat` (frames, 106), `offsets`, `ids`, `words`: left hand 21 x (x, y), right hand,
each about its own centre and in its own size; the two hands' centres; nose, eyes, mouth corners,
shoulders and elbows, all squeezed in x by the shape of the picture. The others: `lm` (frames, 225):
pose 33 x (x, y, z), left hand 21 x 3, right hand; `offsets`; `names`, or `lang` and `letter`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.array_files import ArrayFileError, read_arrays
from engine.landmarks.recording import HAND_POINTS, POSE_POINTS, LandmarkRecording
from engine.recognition.sign_encoder.segment import (
    SignSegment,
    in_shoulder_widths,
    shapes_and_centres,
)
from training.errors import DataError
from training.readers.files.spelling import composed

LEXICON = "vsl-lexicon"
ASPECTS = {LEXICON: 16 / 9, "asl-app100": 16 / 9, "fingerspelling": 1.0}
"""Width over height of the pictures, by what faces look like; the sources do not say it."""

_LEXICON_COLUMNS, _ARCHIVE_COLUMNS = 106, 3 * (POSE_POINTS + 2 * HAND_POINTS)
_RATE_HZ = 25.0


@dataclass(frozen=True, slots=True, eq=False)
class ArchivedSign:
    """`take`: what was detected, or the segment where the archive holds no more than that; None
    where neither hands nor shoulders were seen."""

    key: str
    gloss: str
    take: LandmarkRecording | SignSegment | None


def archive_name(file: Path) -> str:
    """The set a file holds, by the file's name."""
    return file.stem.replace("_", "-")


def read_archive(file: Path) -> Iterator[ArchivedSign]:
    """Sign by sign; a sign without a name is passed over. Raises DataError naming the file and what
    is wrong with it."""
    held = _arrays(file)
    if "feat" in held:
        yield from _lexicon(file, held)
    elif "lm" in held:
        yield from _clips(file, held)
    else:
        raise DataError(f"{file}: holds neither `feat` nor `lm`, so no landmarks of signs")


def _arrays(file: Path) -> dict[str, NDArray[Any]]:
    try:
        held = read_arrays(file)
    except FileNotFoundError as error:
        raise DataError(f"{file}: there is no such file") from error
    except (OSError, ArrayFileError) as error:
        raise DataError(f"{file}: not a readable .npz") from error
    rows = held.get("feat", held.get("lm"))
    if rows is None:
        return held
    offsets = held.get("offsets", np.empty(0))
    fits = offsets.ndim == 1 and len(offsets) > 1 and offsets[0] == 0 and offsets[-1] == len(rows)
    if not fits or (np.diff(offsets) < 1).any():
        raise DataError(f"{file}: `offsets` do not cut its {len(rows)} frames into recordings")
    if not np.isfinite(rows).all():
        raise DataError(f"{file}: holds coordinates that are no numbers")
    return held


def _need(file: Path, held: dict[str, NDArray[Any]], name: str, count: int) -> NDArray[Any]:
    if name not in held or held[name].shape != (count,):
        raise DataError(f"{file}: `{name}` must be one for each of {count} recordings")
    return held[name]


def _lexicon(file: Path, held: dict[str, NDArray[Any]]) -> Iterator[ArchivedSign]:
    rows, offsets = held["feat"].astype(np.float64), held["offsets"]
    if rows.shape[1:] != (_LEXICON_COLUMNS,):
        raise DataError(f"{file}: `feat` must be (frames, {_LEXICON_COLUMNS})")
    words = _need(file, held, "words", len(offsets) - 1)
    keys = _need(file, held, "ids", len(offsets) - 1)
    for i, word in enumerate(words):
        if gloss := composed(str(word)).lower():
            segment = _lexicon_segment(rows[offsets[i] : offsets[i + 1]])
            yield ArchivedSign(str(keys[i]), gloss, segment)


def _lexicon_segment(rows: NDArray[np.float64]) -> SignSegment | None:
    points = rows.reshape(len(rows), -1, 2) * (ASPECTS[LEXICON], 1.0)
    hands = np.stack([points[:, :21], points[:, 21:42]], axis=1)
    hands[np.abs(hands).sum(axis=(2, 3)) == 0] = np.nan
    pose = points[:, 44:]
    pose[np.abs(pose).sum(axis=(1, 2)) == 0] = np.nan
    shoulders = pose[:, 5:7]
    if np.isnan(shoulders).all() or np.isnan(hands).any(axis=(2, 3)).all():
        return None
    shapes, _ = shapes_and_centres(hands)
    centres = points[:, 42:44].copy()
    centres[np.isnan(shapes).any(axis=(2, 3))] = np.nan
    return in_shoulder_widths(shapes, centres, pose[:, :5], shoulders, pose[:, 7:9])


def _clips(file: Path, held: dict[str, NDArray[Any]]) -> Iterator[ArchivedSign]:
    rows, offsets = held["lm"].astype(np.float32), held["offsets"]
    if rows.shape[1:] != (_ARCHIVE_COLUMNS,):
        raise DataError(f"{file}: `lm` must be (frames, {_ARCHIVE_COLUMNS})")
    count = len(offsets) - 1
    if "lang" in held:
        parts = [_need(file, held, name, count) for name in ("lang", "letter")]
        names = [" ".join(map(str, pair)) for pair in zip(*parts, strict=True)]
    else:
        names = [str(name) for name in _need(file, held, "names", count)]
    aspect = ASPECTS.get(archive_name(file), 1.0)
    for i, name in enumerate(names):
        recording = _recording(rows[offsets[i] : offsets[i + 1]], aspect)
        yield ArchivedSign(f"{i:04d}", composed(name).lower(), recording)


def _recording(rows: NDArray[np.float32], aspect: float) -> LandmarkRecording:
    points = rows.reshape(len(rows), -1, 3).copy()
    places = (slice(0, 33), slice(33, 54), slice(54, 75))
    unseen = [np.abs(points[:, part, :2]).sum(axis=(1, 2)) == 0 for part in places]
    # z has x's unit.
    points *= np.array([aspect, 1.0, aspect], np.float32)
    for part, gone in zip(places, unseen, strict=True):
        points[gone, part] = np.nan
    pose, left, right = (points[:, part] for part in places)
    visible = np.where(np.isnan(pose[..., :1]), np.nan, 1.0).astype(np.float32)
    pose = np.concatenate([pose, visible], axis=2)
    return LandmarkRecording(np.arange(len(rows)) / _RATE_HZ, pose, left, right)
