"""Berkeley MHAD (Ofli et al., WACV 2013): 11 actions, 12 subjects, 5 repetitions.

As published: pictures in `Camera/Cluster01/Cam01/Sxx/Ayy/Rzz/*.pgm`, the left wrist's
accelerometer in `Accelerometer/Shimmer01/acc_h01_sxx_ayy_rzz.txt` (x y z t). As prepared by others:
`cam01_sxx_ayy_rzz.avi`, `.npy` or any video, `acc_h01_sxx_ayy_rzz.txt` or `.npy`, in any folders.
Only this camera and this sensor are read; the set's other ones are no problem and left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.opencv import cv2
from engine.sources.video.video_suffixes import VIDEO_SUFFIXES
from training.errors import DataError
from training.readers.files.decoding import array_frames, evenly_spaced_frames, open_array
from training.readers.files.even_time import evenly_in_time
from training.readers.files.files_under import closed_folders, fault_of, shown
from training.readers.files.listing import Clip, ImuSeries, Listing, Problem

PICTURES = (".pgm", ".ppm", ".png", ".jpg", ".jpeg", ".bmp")
_SERIES, _VIDEOS = (".txt", ".npy"), (".npy", *VIDEO_SUFFIXES)
UNITS = ("g", "g", "g")
RATE_HZ = 30.0
STANDARD_GRAVITY = 9.80665

_FILE = re.compile(r"^(cam01|acc_h01)_s(\d{1,2})_a(\d{1,2})_r(\d{1,2})$", re.IGNORECASE)
_FOLDER = re.compile(r"[/\\]S(\d{1,2})[/\\]A(\d{1,2})[/\\]R(\d{1,2})$", re.IGNORECASE)
_OTHER_FILE = re.compile(
    r"^(acc_h0[2-6]|moc|skl|aud|corr|time_stamps|readme|licen[cs]e)", re.IGNORECASE
)
_OTHER_FOLDER = re.compile(
    r"^(cluster0[2-9]|cam0[2-9]|shimmer0[2-6]|mocap|kinect|audio|calibration|correspondences|\..*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BerkeleyMhad:
    """`bgr`: prepared video arrays hold blue first, as OpenCV writes them."""

    bgr: bool = False
    dataset: str = "berkeley-mhad"
    has_imu: bool = True

    def list(self, root: Path) -> Listing:
        """Clips with both pictures and accelerometer. Raises DataError when there are none."""
        videos: dict[str, Path] = {}
        series: dict[str, Path] = {}
        problems = []
        for path, fault in _candidates(root):
            found = fault or _parts(path)
            if isinstance(found, str):
                problems.append(Problem(shown(path), found))
                continue
            kind, key = found
            place = series if kind == "acc_h01" else videos
            if key in place:
                problems.append(Problem(path, f"this recording once more; {place[key]} is kept"))
            else:
                place[key] = path
        clips = []
        for key in sorted(videos.keys() | series.keys()):
            if key not in videos:
                problems.append(Problem(series[key], "there are no pictures to this recording"))
            elif key not in series:
                problems.append(Problem(videos[key], "there is no acc_h01 file to this recording"))
            else:
                _, signer, gloss, _ = key.split("_")
                clips.append(Clip(key, gloss, signer, videos[key], series[key]))
        if not clips:
            reason = f"; {problems[0].path}: {problems[0].what}" if problems else ""
            raise DataError(f"{root}: no Berkeley MHAD recordings (cam01 and acc_h01){reason}")
        return Listing(self.dataset, tuple(clips), tuple(problems))

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, H, W, 3)` RGB."""
        if clip.video.is_dir():
            return _folder_frames(clip.video, count)
        if clip.video.suffix.lower() == ".npy":
            return array_frames(clip.video, count, bgr=self.bgr)
        return evenly_spaced_frames(clip.video, count)

    def imu(self, clip: Clip) -> ImuSeries:
        """`(n, 3)` acceleration in g, evenly in time by the file's own time column where it has
        one; else 30 Hz, as the set's page says."""
        if clip.imu is None:
            raise DataError(f"{clip.key}: has no accelerometer file")
        rows = _rows(clip.imu)
        if rows.ndim != 2 or rows.shape[1] not in (3, 4) or len(rows) < 2:
            raise DataError(f"{clip.imu}: needs at least 2 rows of x y z and perhaps t")
        if not np.isfinite(rows).all():
            raise DataError(f"{clip.imu}: holds values that are no numbers")
        acc = _in_g(clip.imu, rows[:, :3])
        if rows.shape[1] == 3:
            return ImuSeries(acc.astype(np.float32), UNITS, RATE_HZ)
        steady, rate = evenly_in_time(clip.imu, acc, rows[:, 3])
        # A clock that does not count in seconds says how samples are spaced, not how fast.
        return ImuSeries(steady, UNITS, rate if 5 <= rate <= 500 else None)


def _candidates(root: Path) -> Iterator[tuple[Path, str]]:
    """Recordings' picture folders and single files, in a fixed order, and why one cannot be used,
    or ''; folders that can hold neither are not looked into: the whole set has millions of
    pictures."""
    closed: list[OSError] = []
    for place, folders, files in os.walk(root, onerror=closed.append):
        if _FOLDER.search(place):
            folders.clear()
            yield Path(place), ""
            continue
        folders[:] = sorted(name for name in folders if not _OTHER_FOLDER.match(name))
        for name in sorted(files):
            if not name.startswith(".") and not _OTHER_FILE.match(name):
                yield Path(place, name), fault_of(Path(place, name))
    yield from closed_folders(closed, root)


def _parts(path: Path) -> tuple[str, str] | str:
    """Which half of which recording a path is, or what is wrong with it."""
    folder = _FOLDER.search(str(path))
    match = None if folder else _FILE.match(path.stem)
    if folder:
        kind, numbers = "cam01", [int(part) for part in folder.groups()]
    elif match:
        kind, numbers = match[1].lower(), [int(part) for part in match.groups()[1:]]
    else:
        return "not a name of this set (cam01_s01_a01_r01, acc_h01_s01_a01_r01)"
    subject, action, repetition = numbers
    if not (1 <= subject <= 12 and 1 <= action <= 11 and 1 <= repetition <= 5):
        return "the set has subjects 1 to 12, actions 1 to 11 and repetitions 1 to 5"
    if folder:
        with os.scandir(path) as entries:
            if not any(Path(entry.name).suffix.lower() in PICTURES for entry in entries):
                return "there are no pictures in this folder"
    elif path.suffix.lower() not in (_SERIES if kind == "acc_h01" else _VIDEOS):
        return f"a {kind} file does not end in {path.suffix or 'nothing'}"
    return kind, f"cam01_s{subject:02d}_a{action:02d}_r{repetition:02d}"


def _rows(file: Path) -> NDArray[np.float64]:
    if file.suffix.lower() == ".npy":
        return np.asarray(open_array(file), np.float64)
    try:
        lines = file.read_text(encoding="utf-8-sig").replace(",", " ").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: not a readable text file") from error
    rows: list[list[float]] = []
    for number, line in enumerate(lines, 1):
        cells = line.split()
        if not cells:
            continue
        try:
            rows.append([float(cell) for cell in cells])
        except ValueError as error:
            raise DataError(f"{file}: line {number} holds something that is no number") from error
        if len(rows[-1]) != len(rows[0]):
            raise DataError(f"{file}: line {number} has {len(cells)} columns, not {len(rows[0])}")
    return np.array(rows, float)


def _in_g(file: Path, acc: NDArray[np.float64]) -> NDArray[np.float64]:
    """The set does not state the unit. Gravity does: it is most of what a wrist feels."""
    felt = float(np.median(np.linalg.norm(acc, axis=1)))
    if 0.3 <= felt <= 3:
        return acc
    if 0.3 <= felt / STANDARD_GRAVITY <= 3:
        return acc / STANDARD_GRAVITY
    raise DataError(f"{file}: the median acceleration, {felt:.3g}, is neither in g nor in m/s²")


def _folder_frames(folder: Path, count: int) -> NDArray[np.uint8]:
    """`(count, H, W, 3)` RGB, evenly spaced by number; only these pictures are decoded.

    A grey `.pgm` is what the camera's sensor saw through its colour mosaic (first row green, red),
    as Berkeley MHAD publishes it. Raises DataError naming the folder or the picture.
    """
    try:
        files = [f for f in folder.iterdir() if f.suffix.lower() in PICTURES]
    except OSError as error:
        raise DataError(f"{folder}: not a readable folder") from error
    if not files:
        raise DataError(f"{folder}: there are no pictures in this folder")
    numbered = {_number(file): file for file in files}
    numbers = sorted(numbered)
    if len(numbered) != len(files) or numbers[-1] - numbers[0] + 1 != len(files):
        raise DataError(
            f"{folder}: pictures are missing or there twice: {len(files)} files,"
            f" numbers {numbers[0]} to {numbers[-1]}"
        )
    wanted = np.linspace(0, len(numbers) - 1, count).round().astype(int)
    pictures = {int(i): _read(numbered[numbers[i]]) for i in set(wanted)}
    if len({picture.shape for picture in pictures.values()}) != 1:
        raise DataError(f"{folder}: its pictures change size")
    return np.stack([pictures[int(i)] for i in wanted])


def _number(file: Path) -> int:
    digits = re.search(r"(\d+)$", file.stem)
    if digits is None:
        raise DataError(f"{file}: its name does not end in a number")
    return int(digits[1])


def _read(file: Path) -> NDArray[np.uint8]:
    try:
        content = np.frombuffer(file.read_bytes(), np.uint8)
        grey = file.suffix.lower() == ".pgm"
        flag = cv2.IMREAD_GRAYSCALE if grey else cv2.IMREAD_COLOR
        picture = cv2.imdecode(content, flag) if content.size else None
    except (OSError, cv2.error) as error:
        raise DataError(f"{file}: not a readable picture") from error
    if picture is None:
        raise DataError(f"{file}: not a readable picture")
    code = cv2.COLOR_BayerGRBG2RGB if grey else cv2.COLOR_BGR2RGB
    return np.asarray(cv2.cvtColor(picture, code), np.uint8)
