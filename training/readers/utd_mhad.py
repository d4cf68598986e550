"""UTD-MHAD (Chen, Jafari, Kehtarnavaz, ICIP 2015): 27 actions, 8 subjects, up to 4 trials.

Files as published: `aX_sY_tZ_color.avi` (any other video will do) or `aX_sY_tZ_depth.mat`, with
`aX_sY_tZ_inertial.mat`, all in one folder or in `RGB/`, `Depth/` and `Inertial/`. Three of the 864
trials were never published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import scipy.io
from numpy.typing import NDArray

from engine.sources.video.video_suffixes import has_video_suffix
from training.errors import DataError
from training.readers.files.decoding import evenly_spaced_frames
from training.readers.files.files_under import files_under, shown
from training.readers.files.listing import Clip, ImuSeries, Listing, Problem

ACTIONS = (
    "swipe left",
    "swipe right",
    "wave",
    "clap",
    "throw",
    "arm cross",
    "basketball shoot",
    "draw X",
    "draw circle clockwise",
    "draw circle counter clockwise",
    "draw triangle",
    "bowling",
    "boxing",
    "baseball swing",
    "tennis swing",
    "arm curl",
    "tennis serve",
    "push",
    "knock",
    "catch",
    "pickup and throw",
    "jog",
    "walk",
    "sit to stand",
    "stand to sit",
    "lunge",
    "squat",
)
IMU_RATE_HZ = 50.0
UNITS = ("g", "g", "g", "deg/s", "deg/s", "deg/s")

_NAME = re.compile(r"^a(\d{1,2})_s([1-8])_t([1-4])_(color|depth|inertial)(\.\w+)$")
# Also published, and not read here: skeletons, sample code, notes.
_COMPANION = re.compile(r"(_skeleton\.mat|\.(m|txt|md|pdf))$", re.IGNORECASE)
_DARKEST = 40.0


@dataclass(frozen=True, slots=True)
class UtdMhad:
    """`modality`: 'depth', 'rgb', or 'auto' for colour where the folder holds any, else depth;
    never both in one set."""

    modality: Literal["auto", "rgb", "depth"] = "auto"
    dataset: str = "utd-mhad"
    has_imu: bool = True

    def list(self, root: Path) -> Listing:
        """Clips with both video and IMU. Raises DataError when there are none."""
        found: dict[str, dict[str, Path]] = {}
        problems = []
        for file, fault in files_under(root):
            if _COMPANION.search(file.name):
                continue
            match = _NAME.match(file.name)
            if match is None or not 1 <= int(match[1]) <= len(ACTIONS) or not _fits(match[4], file):
                what = fault or "not a name of this set (aX_sY_tZ_depth.mat)"
                problems.append(Problem(shown(file), what))
                continue
            parts = found.setdefault(f"a{int(match[1]):02d}_s{match[2]}_t{match[3]}", {})
            if fault:
                problems.append(Problem(shown(file), fault))
            elif match[4] in parts:
                problems.append(Problem(file, f"there twice; {parts[match[4]]} is kept"))
            else:
                parts[match[4]] = file
        colour = any("color" in parts for parts in found.values())
        depth = self.modality == "depth" or (self.modality == "auto" and not colour)
        kind = "depth" if depth else "color"
        clips = []
        for key, parts in sorted(found.items()):
            video = parts.get(kind)
            if not parts:
                continue  # Each of its files was named above.
            if video is None:
                alone = parts.get("inertial") or next(iter(parts.values()))
                problems.append(Problem(alone, f"there is no _{kind} file to this recording"))
            elif "inertial" not in parts:
                problems.append(Problem(video, "there is no _inertial.mat to this recording"))
            else:
                number = int(key[1:3])
                gloss = f"a{number:02d} {ACTIONS[number - 1]}"
                clips.append(Clip(key, gloss, key.split("_")[1], video, parts["inertial"]))
        if not clips:
            raise DataError(f"{root}: no UTD-MHAD recordings (aX_sY_tZ_depth.mat and the like)")
        view: Literal["rgb", "depth"] = "depth" if depth else "rgb"
        return Listing(self.dataset, tuple(clips), tuple(problems), view)

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, 240, 320, 3)` of depth, `(count, 480, 640, 3)` of colour."""
        if has_video_suffix(clip.video):
            return evenly_spaced_frames(clip.video, count)
        depth = _matrix(clip.video, "d_depth")
        if depth.ndim != 3 or 0 in depth.shape:
            raise DataError(f"{clip.video}: d_depth is not height x width x time")
        wanted = np.linspace(0, depth.shape[2] - 1, count).round().astype(int)
        return depth_pictures(depth[:, :, wanted].transpose(2, 0, 1))

    def imu(self, clip: Clip) -> ImuSeries:
        """`(n, 6)`: acceleration in g, rate in deg/s, 50 Hz; wrist, for a22 to a27 the thigh."""
        if clip.imu is None:
            raise DataError(f"{clip.key}: has no IMU file")
        samples = _matrix(clip.imu, "d_iner").astype(np.float32)
        if samples.ndim != 2 or samples.shape[1] != 6 or len(samples) < 2:
            raise DataError(f"{clip.imu}: d_iner is not n x 6")
        if not np.isfinite(samples).all():
            raise DataError(f"{clip.imu}: d_iner holds values that are no numbers")
        return ImuSeries(samples, UNITS, IMU_RATE_HZ)


def depth_pictures(depth: NDArray[np.integer]) -> NDArray[np.uint8]:
    """`(T, H, W)` millimetres, background 0, to `(T, H, W, 3)`: nearer is brighter.

    One scale a clip, from the 1st to the 99th percentile of what is not background, so that a step
    forward is seen as such.
    """
    body = depth > 0
    pictures = np.zeros((*depth.shape, 3), np.uint8)
    if not body.any():
        return pictures
    near, far = np.percentile(depth[body], [1, 99])
    part = (far - depth.astype(np.float32)) / max(1.0, far - near)
    grey = _DARKEST + (255.0 - _DARKEST) * part.clip(0, 1)
    pictures[:] = np.where(body, grey, 0).astype(np.uint8)[..., None]
    return pictures


def _fits(kind: str, file: Path) -> bool:
    return has_video_suffix(file) if kind == "color" else file.suffix.lower() == ".mat"


def _matrix(file: Path, name: str) -> NDArray[Any]:
    try:
        content = scipy.io.loadmat(file, variable_names=[name])
    except FileNotFoundError as error:
        raise DataError(f"{file}: there is no such file") from error
    except Exception as error:  # scipy raises many kinds; each means 'not a MAT file'
        raise DataError(f"{file}: not a readable MATLAB file") from error
    if name not in content:
        raise DataError(f"{file}: holds no {name}")
    return np.asarray(content[name])
