"""A plain folder of one's own: `gloss/*.mp4` or any other video, and a `.csv` or `.npy` of the same
name where a glove was worn.

The signer is what stands before the first underscore of the file's name (`mai_3.mp4`); what a glove
file may hold, `glove_series` tells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.sources.video.video_suffixes import has_video_suffix
from training.errors import DataError
from training.readers.files.decoding import evenly_spaced_frames
from training.readers.files.files_under import files_under, shown
from training.readers.files.glove_series import read_glove
from training.readers.files.listing import Clip, ImuSeries, Listing, Problem
from training.readers.files.spelling import composed, one_spelling, same

UNKNOWN_SIGNER = "unknown"

_GLOVES, _LANDMARKS = (".csv", ".npy"), ".npz"


@dataclass(frozen=True, slots=True)
class PlainFolder:
    dataset: str = "folder"
    has_imu: bool = True

    def list(self, root: Path) -> Listing:
        """Clips in folders named after their glosses. Raises DataError when there is none."""
        problems: list[Problem] = []
        videos: list[Path] = []
        gloves: dict[tuple[str, str], Path] = {}
        for file, fault in files_under(root) if root.is_dir() else ():
            kind = file.suffix.lower()
            if file.parent == root and not fault:
                problems.append(Problem(shown(file), "lies in no folder named after a sign"))
            elif fault:
                problems.append(Problem(shown(file), fault))
            elif file.parent.parent != root:
                problems.append(Problem(shown(file), "lies in a folder within a sign's folder"))
            elif has_video_suffix(file):
                videos.append(file)
            elif kind == _LANDMARKS:
                # What a take of the program's own keeps beside the two; `landmarks` looks itself.
                continue
            elif kind not in _GLOVES:
                what = "neither a video nor a glove file that can be read"
                problems.append(Problem(shown(file), what))
            else:
                place = _place(file)
                if place in gloves:
                    other = f"a second glove file of this name; {file.name} is read"
                    problems.append(Problem(shown(gloves[place]), other))
                gloves[place] = file
        clips = _clips(videos, gloves)
        paired = {clip.imu for clip in clips}
        problems += [
            Problem(shown(glove), "there is no video of the same name")
            for glove in gloves.values()
            if glove not in paired
        ]
        if not clips:
            raise DataError(f"{root}: no videos in folders named after their signs")
        return Listing(self.dataset, clips, tuple(problems))

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, H, W, 3)` RGB."""
        return evenly_spaced_frames(clip.video, count)

    def imu(self, clip: Clip) -> ImuSeries:
        """`(n, 6)`: acceleration in g, rate in deg/s."""
        if clip.imu is None:
            raise DataError(f"{clip.key}: was recorded without a glove")
        return read_glove(clip.imu)


def takes_of(root: Path) -> tuple[tuple[str, str, str, Path], ...]:
    """Key, gloss, signer and file of every take of the program's own, `gloss/signer_number.npz`,
    in the order of their keys; films are not needed."""
    files = [
        file
        for file, fault in files_under(root)
        if not fault and file.suffix.lower() == _LANDMARKS and file.parent.parent == root
    ]
    return tuple((c.key, c.gloss, c.signer, c.video) for c in _clips(files, {}))


def _clips(videos: list[Path], gloves: dict[tuple[str, str], Path]) -> tuple[Clip, ...]:
    """In the order of their keys; signs and signers in one spelling each."""
    glosses = one_spelling(file.parent.name for file in videos)
    signers = one_spelling(_signer(file) for file in videos)
    taken: Counter[str] = Counter()
    clips = []
    for file in videos:
        gloss = glosses[same(file.parent.name)]
        key = f"{gloss}/{composed(file.name)}"
        taken[key] += 1
        if taken[key] > 1:
            # Two recordings whose names differ in their spelling alone.
            key = f"{key} ({taken[key]})"
        signer = signers[same(_signer(file))]
        clips.append(Clip(key, gloss, signer, file, gloves.get(_place(file))))
    return tuple(sorted(clips, key=lambda clip: clip.key))


def _place(file: Path) -> tuple[str, str]:
    """Equal for a video and the glove file that belongs to it."""
    return same(file.parent.name), same(file.stem)


def _signer(file: Path) -> str:
    signer, mark, _ = file.stem.partition("_")
    return signer if mark and composed(signer) else UNKNOWN_SIGNER
