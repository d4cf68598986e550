"""asl20: 20 ASL words, upper-body joints and two armbands, recorded together.

A Parquet file (or a folder of them) with the columns `clip, signer, word, rows, joints_e4m,
acc_2048, euler_e4rad`; arrays are flattened channel-first and scaled to integers by the factor in
the column's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from engine.bundle import SignedAxes
from training.errors import DataError
from training.readers.files.orientation import body_rates_dps

SPAN_S = 3.0
"""Length of every recording; the source documents no rate, so its rows are spread over this."""

GRID_STEPS = 72
"""Recordings are brought to this many steps, near the faster of the two rates in the set."""

GYRO_AXES: SignedAxes = ((1, 0, 0), (0, 0, -1), (0, 1, 0))
"""From true rates about an armband's axes to what its Euler angles give here: their pitch and yaw
belong to other axes than the accelerometer's; what they call y turns about −z, and z about y. Found
by gravity's turning in both armbands; that left and right mirror each other only so confirms it."""

NO_SIGN = "gesture"
"""The word column's value for arbitrary movement: used as 'no sign', not a word."""

COLUMNS = ("clip", "signer", "word", "rows", "joints_e4m", "acc_2048", "euler_e4rad")

_JOINT_COLUMNS = {"hand_l": 0, "hand_r": 1, "head": 2, "spine_mid": 5, "shoulder_l": 7}
_ELBOW_L, _ELBOW_R = 9, 10
_FROZEN_G = 2e-3
_FROZEN_RAD = 1e-3
_FASTEST_DPS = 1500.0


@dataclass(frozen=True, slots=True, eq=False)
class PairedRecordings:
    """Recordings on a common time grid of `GRID_STEPS` over `SPAN_S` seconds.

    `joints`: `(N, GRID_STEPS, 7, 3)` float32 metres in `UPPER_BODY` order, x to the image's right
    (the signer's left), y down, z away from the camera, centred between the shoulders.
    `acc_g`, `gyro_dps`: `(N, 6, GRID_STEPS)` float32, left x y z then right x y z.
    `live`: `(N, 2)` bool, False where that armband's stream is frozen for the whole recording.
    """

    clips: NDArray[np.str_]
    signers: NDArray[np.str_]
    words: NDArray[np.str_]
    joints: NDArray[np.float32]
    acc_g: NDArray[np.float32]
    gyro_dps: NDArray[np.float32]
    live: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.clips)

    @property
    def keys(self) -> NDArray[np.str_]:
        """`(N,)`: as of other sets, the name of each recording."""
        return self.clips

    @property
    def glosses(self) -> NDArray[np.str_]:
        """`(N,)`: as of other sets, what each recording shows; `NO_SIGN` for arbitrary movement."""
        return self.words

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The words, sorted, without `NO_SIGN`."""
        return tuple(sorted(set(map(str, self.words)) - {NO_SIGN}))

    def subset(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> PairedRecordings:
        return PairedRecordings(
            self.clips[chosen],
            self.signers[chosen],
            self.words[chosen],
            self.joints[chosen],
            self.acc_g[chosen],
            self.gyro_dps[chosen],
            self.live[chosen],
        )


def read_asl20(path: Path) -> PairedRecordings:
    """Read a Parquet file, or every Parquet file of a folder (or of its folder `asl20`).

    Raises DataError naming the file (and the recording) that is missing or not in this layout. No
    recording is skipped silently: one that is broken stops the reading.
    """
    if not path.exists():
        raise DataError(f"{path}: there is no such file or folder")
    files = [path]
    if path.is_dir():
        files = sorted(path.glob("*.parquet")) or sorted(path.glob("asl20/*.parquet"))
    if not files:
        raise DataError(f"{path}: no .parquet file in this folder")
    tables = [_read_table(file) for file in files]
    columns = [_table_to_arrays(file, table) for file, table in zip(files, tables, strict=True)]
    joined = [np.concatenate(parts) for parts in zip(*columns, strict=True)]
    recordings = PairedRecordings(*joined)
    names, counts = np.unique(recordings.clips, return_counts=True)
    if (counts > 1).any():
        raise DataError(f"{path}: recording {names[counts > 1][0]!r} is there more than once")
    return recordings


def _read_table(file: Path) -> pd.DataFrame:
    try:
        table = pd.read_parquet(file, columns=list(COLUMNS))
    except Exception as error:  # pyarrow raises many kinds; each means 'not this layout'
        first_line = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(f"{file}: not a readable asl20 table ({first_line})") from error
    if table.empty:
        raise DataError(f"{file}: the table has no recordings")
    return table


def _table_to_arrays(file: Path, table: pd.DataFrame) -> tuple[NDArray[np.generic], ...]:
    n = len(table)
    joints = np.empty((n, GRID_STEPS, 7, 3), np.float32)
    acc = np.empty((n, 6, GRID_STEPS), np.float32)
    gyro = np.empty((n, 6, GRID_STEPS), np.float32)
    live = np.empty((n, 2), np.bool_)
    wanted = ("clip", "rows", "joints_e4m", "acc_2048", "euler_e4rad")
    records = zip(*(table[name] for name in wanted), strict=True)
    for i, (clip, rows, joints_e4m, acc_2048, euler_e4rad) in enumerate(records):
        if rows < 2:
            raise DataError(f"{file}: recording {clip!r} has {rows} rows; at least 2 are needed")
        metres = _columns(file, clip, joints_e4m, 33, rows) / 1e4
        acc_g = _columns(file, clip, acc_2048, 6, rows) / 2048.0
        euler = _columns(file, clip, euler_e4rad, 6, rows) / 1e4
        rate_hz = (rows - 1) / SPAN_S
        rates = np.concatenate([body_rates_dps(euler[side], rate_hz) for side in _SIDES])
        joints[i] = _to_grid(_upper_body(metres.reshape(11, 3, rows)).reshape(21, rows)).T.reshape(
            GRID_STEPS, 7, 3
        )
        acc[i] = _to_grid(acc_g)
        gyro[i] = _to_grid(np.clip(rates, -_FASTEST_DPS, _FASTEST_DPS))
        live[i] = [_is_live(acc_g[side], euler[side]) for side in _SIDES]
    text = (table[name].astype(str).to_numpy(dtype=np.str_) for name in ("clip", "signer", "word"))
    return (*text, joints, acc, gyro, live)


_SIDES = (slice(0, 3), slice(3, 6))


def _columns(
    file: Path, clip: str, values: Sequence[int], channels: int, rows: int
) -> NDArray[np.float64]:
    flat = np.asarray(values, dtype=np.float64)
    if flat.size != channels * rows:
        raise DataError(
            f"{file}: recording {clip!r} has {flat.size} values where {channels} x {rows} belong"
        )
    return flat.reshape(channels, rows)


def _to_grid(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """`(C, rows)` to `(C, GRID_STEPS)`, linear in time."""
    position = np.linspace(0.0, values.shape[1] - 1.0, GRID_STEPS)
    before = np.minimum(position.astype(int), values.shape[1] - 2)
    part = position - before
    return (values[:, before] * (1 - part) + values[:, before + 1] * part).astype(np.float32)


def _upper_body(kinect: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kinect's `(11, 3, rows)` to `UPPER_BODY` `(7, 3, rows)` in picture axes.

    The source's ninth joint is the left hip under a wrong name; the right shoulder is the left one
    mirrored about the spine. Kinect's x grows towards the signer's right and its y upwards.
    """
    joint = {name: kinect[i] for name, i in _JOINT_COLUMNS.items()}
    shoulder_r = joint["shoulder_l"].copy()
    shoulder_r[0] = 2 * joint["spine_mid"][0] - joint["shoulder_l"][0]
    body = np.stack(
        [
            joint["shoulder_l"],
            shoulder_r,
            kinect[_ELBOW_L],
            kinect[_ELBOW_R],
            joint["hand_l"],
            joint["hand_r"],
            joint["head"],
        ]
    )
    body = body - np.median((body[0] + body[1]) / 2, axis=1)[None, :, None]
    body[:, :2] *= -1
    return body


def _is_live(acc_g: NDArray[np.float64], euler_rad: NDArray[np.float64]) -> bool:
    moves = acc_g.std(axis=1).max() > _FROZEN_G
    turns = np.ptp(euler_rad, axis=1).max() > _FROZEN_RAD
    return bool(moves and turns)
