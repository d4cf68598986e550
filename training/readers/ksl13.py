"""ksl13: 13 Korean signs as MediaPipe Holistic landmarks, five recording sessions.

A Parquet file with the columns `clip, session, word, rows, landmarks_e4`; an array is flattened
channel-first, its values times 10,000: pose 33 x (x, y, z, visibility), left hand 21 x (x, y, z),
right hand 21 x (x, y, z), in parts of the picture. A hand that was not seen is all zero. Sessions
stand for signers: what is recorded in one sitting is never trained and tested on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.landmarks.recording import HAND_POINTS, POSE_POINTS, LandmarkRecording
from training.errors import DataError

DATASET = "ksl13"
COLUMNS = ("clip", "session", "word", "rows", "landmarks_e4")

ASPECT = 4 / 3
"""Width over height of the pictures: not documented at the source; what webcams give by default."""

RATE_HZ = 15.0
"""Of the rows: not documented either; only their order matters where a clip is taken whole."""

_CHANNELS = POSE_POINTS * 4 + 2 * HAND_POINTS * 3


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkRow:
    """One sequence and what it shows."""

    clip: str
    gloss: str
    signer: str
    recording: LandmarkRecording


def read_ksl13(path: Path) -> Iterator[LandmarkRow]:
    """Read a Parquet file, or the one in a folder (or in its folder `ksl13`).

    Raises DataError naming the file (and the sequence) that is missing or not in this layout.
    """
    file = path
    if path.is_dir():
        found = sorted(path.glob("*.parquet")) or sorted(path.glob(f"{DATASET}/*.parquet"))
        if not found:
            raise DataError(f"{path}: no .parquet file in this folder")
        file = found[0]
    if not file.exists():
        raise DataError(f"{file}: there is no such file or folder")
    try:
        table = pd.read_parquet(file, columns=list(COLUMNS))
    except Exception as error:  # pyarrow raises many kinds; each means 'not this layout'
        first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{file}: not a readable ksl13 table ({first_line})") from error
    if table.empty:
        raise DataError(f"{file}: the table has no sequences")
    if (twice := table["clip"].duplicated()).any():
        raise DataError(f"{file}: sequence {table['clip'][twice].iloc[0]!r} is there twice")
    records = zip(*(table[name] for name in COLUMNS), strict=True)
    for clip, session, word, rows, values in records:
        flat = np.asarray(values, np.float64)
        if rows < 2 or flat.size != _CHANNELS * rows:
            raise DataError(
                f"{file}: sequence {clip!r} has {flat.size} values where {_CHANNELS} x {rows}"
                " belong"
            )
        yield LandmarkRow(
            str(clip), str(word), str(session), _recording(flat.reshape(_CHANNELS, rows) / 1e4)
        )


def _recording(channels: NDArray[np.float64]) -> LandmarkRecording:
    rows = channels.shape[1]
    pose, left, right = np.split(channels, [POSE_POINTS * 4, POSE_POINTS * 4 + HAND_POINTS * 3])
    return LandmarkRecording(
        np.arange(rows) / RATE_HZ,
        _points(pose.reshape(POSE_POINTS, 4, rows)),
        _points(left.reshape(HAND_POINTS, 3, rows)),
        _points(right.reshape(HAND_POINTS, 3, rows)),
    )


def _points(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """`(P, C, rows)` to `(rows, P, C)` in picture heights; all zero becomes NaN."""
    points = values.transpose(2, 0, 1).astype(np.float32)
    points[np.abs(points).sum(axis=(1, 2)) == 0] = np.nan
    points[..., 0] *= ASPECT
    if points.shape[2] > 2:
        points[..., 2] *= ASPECT
    return points
