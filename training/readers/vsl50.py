"""VSL-50: fifty Vietnamese signs, `gloss/Nk_gloss_i.npy`, a video and a sensor series for each.

The published lists name one file for both, so that both lie under the same name in two folders
(`video/khai_bao/N8_khai_bao_0.npy`, `imu/khai_bao/N8_khai_bao_0.npy`; any folder names do). Both
in one folder, told apart by an ending (`…_0_color.npy`, `…_0_imu.csv`) or by what they hold, are
read too. The gloss is the folder's name: in the file's own name it is misspelt for six signs
(`ap_dung/N2_ap-dung_0.npy`, `bieu_tang/N11_bieu_15.npy`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.sources.video.video_suffixes import VIDEO_SUFFIXES, has_video_suffix
from training.errors import DataError
from training.readers.files.csv_text import read_numbers
from training.readers.files.decoding import array_frames, evenly_spaced_frames, open_array
from training.readers.files.files_under import files_under, shown
from training.readers.files.glove_series import UNITS
from training.readers.files.listing import Clip, ImuSeries, Listing, Problem
from training.readers.files.spelling import composed

_NAME = re.compile(r"^(N\d+_.+_\d+)(?:_(color|rgb|video|frames|imu|inertial|sensor|acc))?$")
_VIDEO_ENDINGS = ("color", "rgb", "video", "frames")
# The published names that differ most, `bieu` in `bieu_tang`, reach 0.67.
_ALIKE = 0.6
_LIST = re.compile(r"^(shuf_|vsl_)?(train|test)\.csv$")


@dataclass(frozen=True, slots=True)
class Vsl50:
    """`bgr`: video arrays hold blue first, as OpenCV writes them; the published page does not say.

    Channels beyond the sixth (a second sensor) are left out, as in the published code.
    """

    bgr: bool = False
    dataset: str = "vsl50"
    has_imu: bool = True

    def list(self, root: Path) -> Listing:
        """Clips with both video and IMU. Reads array headers only. Raises DataError without any."""
        videos: dict[str, Path] = {}
        series: dict[str, Path] = {}
        problems = []
        for file, fault in files_under(root):
            if _LIST.match(file.name):
                continue
            if fault:
                problems.append(Problem(shown(file), fault))
                continue
            match = _NAME.match(file.stem)
            if match is None or file.suffix.lower() not in (".npy", ".csv", *VIDEO_SUFFIXES):
                problems.append(Problem(file, "not a name of this set (gloss/Nk_gloss_i.npy)"))
                continue
            if not _same_sign(file.parent.name, match[1]):
                problems.append(Problem(file, "does not lie in the folder of the sign it names"))
                continue
            try:
                place = videos if _is_video(file, match[2]) else series
            except DataError as error:
                problems.append(Problem(file, str(error).removeprefix(f"{file}: ")))
                continue
            key = composed(f"{file.parent.name}/{match[1]}")
            if key in place:
                what = "film" if place is videos else "IMU file"
                problems.append(
                    Problem(file, f"a second {what} of this clip; {place[key]} is kept")
                )
            else:
                place[key] = file
        clips = []
        for key in sorted(videos.keys() | series.keys()):
            if key not in videos:
                problems.append(Problem(series[key], "there is no film to this IMU file"))
            elif key not in series:
                problems.append(Problem(videos[key], "there is no IMU file to this film"))
            else:
                gloss, name = key.split("/")
                clips.append(Clip(key, gloss, name.split("_")[0], videos[key], series[key]))
        if not clips:
            reason = f"; {problems[0].path}: {problems[0].what}" if problems else ""
            raise DataError(f"{root}: no VSL-50 pairs (gloss/Nk_gloss_i.npy, twice){reason}")
        return Listing(self.dataset, tuple(clips), tuple(problems))

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, H, W, 3)` RGB."""
        if clip.video.suffix.lower() == ".npy":
            return array_frames(clip.video, count, bgr=self.bgr)
        return evenly_spaced_frames(clip.video, count)

    def imu(self, clip: Clip) -> ImuSeries:
        """`(n, 6)`: acceleration in g, rate in deg/s. The rate is not documented at the source."""
        if clip.imu is None:
            raise DataError(f"{clip.key}: has no IMU file")
        is_csv = clip.imu.suffix.lower() == ".csv"
        rows = read_numbers(clip.imu) if is_csv else np.asarray(open_array(clip.imu))
        if rows.ndim != 2 or rows.shape[1] < 6 or len(rows) < 2:
            raise DataError(f"{clip.imu}: needs at least 2 rows of ax ay az gx gy gz")
        samples = rows[:, :6].astype(np.float32)
        if not np.isfinite(samples).all():
            raise DataError(f"{clip.imu}: holds values that are no numbers")
        return ImuSeries(samples, UNITS)


def _same_sign(folder: str, name: str) -> bool:
    """A misspelt sign is still that sign; another folder's is not."""
    named = name.split("_", 1)[1].rsplit("_", 1)[0]
    one, other = (re.sub(r"[\W\d_]", "", text.casefold()) for text in (folder, named))
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _is_video(file: Path, ending: str | None) -> bool:
    """By its header where it is an array: the ending or the folder may have any name."""
    kind = file.suffix.lower()
    if kind != ".npy":
        video = has_video_suffix(file)
    else:
        shape = open_array(file).shape
        if len(shape) not in (2, 4):
            raise DataError(f"an array {shape} is neither a film (T, H, W, 3) nor a series (n, 6)")
        video = len(shape) == 4
    if ending is not None and video != (ending in _VIDEO_ENDINGS):
        raise DataError(f"its name says {ending}, but it holds {'a film' if video else 'a series'}")
    return video
