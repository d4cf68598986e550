"""Ten Arabic signs in RGB (the MLR511 set): `userXX/GXX/*.mp4` or any video, no sensor.

Recorded in one room, before a plain wall, every signer with a black mask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.sources.video.video_suffixes import has_video_suffix
from training.errors import DataError
from training.readers.files.decoding import evenly_spaced_frames
from training.readers.files.files_under import files_under, shown
from training.readers.files.listing import Clip, ImuSeries, Listing, Problem

GLOSSES = {
    "G01": "hi",
    "G02": "please",
    "G03": "what",
    "G04": "Arabic",
    "G05": "university",
    "G06": "you",
    "G07": "eat",
    "G08": "sleep",
    "G09": "go",
    "G10": "UAE",
}

LEFT_HANDED = frozenset({"user01", "user02"})
"""They sign everything with the other hand."""

_USER = re.compile(r"^user\d+$")


@dataclass(frozen=True, slots=True)
class Arsl10:
    dataset: str = "arsl10"
    has_imu: bool = False

    def list(self, root: Path) -> Listing:
        """Every video two folders down. Raises DataError when there is none."""
        clips: dict[str, Clip] = {}
        problems = []
        for file, fault in files_under(root):
            sign, user = file.parent.name, file.parent.parent.name
            if fault:
                problems.append(Problem(shown(file), fault))
            elif sign not in GLOSSES or not _USER.match(user):
                what = "does not lie in userXX/GXX, X from 01 to 10"
                problems.append(Problem(shown(file), what))
            elif not has_video_suffix(file):
                problems.append(Problem(file, "is no video"))
            elif (key := f"{user}_{sign}_{file.stem}") in clips:
                problems.append(Problem(file, f"there twice; {clips[key].video} is kept"))
            else:
                clips[key] = Clip(key, GLOSSES[sign], user, file, left_handed=user in LEFT_HANDED)
        if not clips:
            raise DataError(f"{root}: no arsl10 clips (userXX/GXX/*.mp4)")
        return Listing(self.dataset, tuple(clips[key] for key in sorted(clips)), tuple(problems))

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, H, W, 3)` RGB."""
        return evenly_spaced_frames(clip.video, count)

    def imu(self, clip: Clip) -> ImuSeries:
        raise DataError(f"{clip.key}: this set has no sensor")
