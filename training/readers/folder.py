"""A plain folder of one's own: `gloss/*.mp4` or any other video, and a `.csv` or `.npy` of the same
name where a glove was worn.

The signer is what stands before the first underscore of the file's name (`mai_3.mp4`); a CSV has
the columns ax ay az (g) gx gy gz (deg/s), with or without a header, one row a sample.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.sources.video_suffixes import has_video_suffix
from training.errors import DataError
from training.readers.decoding import evenly_spaced_frames
from training.readers.listing import Clip, ImuSeries, Listing, Problem

UNITS = ("g", "g", "g", "deg/s", "deg/s", "deg/s")
UNKNOWN_SIGNER = "unknown"

_GLOVES = (".csv", ".npy")


@dataclass(frozen=True, slots=True)
class PlainFolder:
    dataset: str = "folder"
    has_imu: bool = True

    def list(self, root: Path) -> Listing:
        """Clips in folders named after their glosses. Raises DataError when there is none."""
        clips, problems, paired = [], [], set()
        for folder in _visible(root) if root.is_dir() else []:
            if not folder.is_dir():
                problems.append(Problem(folder, "lies in no folder named after a sign"))
                continue
            files = _visible(folder)
            gloves: dict[str, Path] = {}
            for file in files:
                if file.is_file() and file.suffix.lower() in _GLOVES:
                    if file.stem in gloves:
                        other = f"a second glove file of this name; {file.name} is read"
                        problems.append(Problem(gloves[file.stem], other))
                    gloves[file.stem] = file
            for file in files:
                kind = file.suffix.lower()
                if file.is_dir() or not has_video_suffix(file):
                    if file.is_dir() or kind not in _GLOVES:
                        what = "neither a video nor a glove file that can be read"
                        problems.append(Problem(file, what))
                    continue
                if file.stat().st_size == 0:
                    problems.append(Problem(file, "the file is empty"))
                    continue
                signer, mark, _ = file.stem.partition("_")
                signer = signer if mark and signer else UNKNOWN_SIGNER
                glove = gloves.get(file.stem)
                paired.add(glove)
                clips.append(Clip(f"{folder.name}/{file.name}", folder.name, signer, file, glove))
            problems += [
                Problem(glove, "there is no video of the same name")
                for glove in gloves.values()
                if glove not in paired
            ]
        if not clips:
            raise DataError(f"{root}: no videos in folders named after their signs")
        return Listing(
            self.dataset, tuple(sorted(clips, key=lambda clip: clip.key)), tuple(problems)
        )

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, H, W, 3)` RGB."""
        return evenly_spaced_frames(clip.video, count)

    def imu(self, clip: Clip) -> ImuSeries:
        """`(n, 6)`: acceleration in g, rate in deg/s."""
        if clip.imu is None:
            raise DataError(f"{clip.key}: was recorded without a glove")
        rows = read_csv(clip.imu) if clip.imu.suffix.lower() == ".csv" else _read_npy(clip.imu)
        if rows.ndim != 2 or rows.shape[1] < 6 or len(rows) < 2:
            raise DataError(f"{clip.imu}: needs at least 2 rows of ax ay az gx gy gz")
        samples = rows[:, :6].astype(np.float32)
        if not np.isfinite(samples).all():
            raise DataError(f"{clip.imu}: holds values that are no numbers")
        return ImuSeries(samples, UNITS)


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def read_csv(file: Path) -> NDArray[np.float64]:
    """`(rows, columns)`; a first row that is not numbers is a header. Raises DataError naming the
    file and the line that is not like the others."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        lines = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{file}: not a readable CSV file") from error
    rows: list[list[float]] = []
    for number, row in enumerate(lines, 1):
        try:
            values = [float(cell) for cell in row]
        except ValueError as error:
            if number == 1:
                continue
            raise DataError(f"{file}: line {number} holds something that is no number") from error
        if rows and len(values) != len(rows[0]):
            raise DataError(f"{file}: line {number} has {len(values)} columns, not {len(rows[0])}")
        rows.append(values)
    if not rows:
        raise DataError(f"{file}: holds no row of numbers")
    return np.array(rows, float)


def _read_npy(file: Path) -> NDArray[np.float64]:
    try:
        array = np.load(file, allow_pickle=False)
        return np.asarray(array, np.float64)
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise DataError(f"{file}: not a readable array of numbers") from error
