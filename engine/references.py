"""Reference motions: one mean motion a sign, over many signers and no single person's."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.landmarks.skeletons import UPPER_BODY
from engine.messages import Message, PlainError
from engine.paths import REFERENCES


class ReferenceMotionError(PlainError):
    """A reference motion is missing or damaged; the message names it."""


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceMotion:
    """`joints` `(T, 7, 2)` float32 in `UPPER_BODY` order, normalised: origin between the shoulders,
    unit shoulder width, x to the image's right, y down. `rate_hz` frames a second."""

    gloss: str
    rate_hz: float
    joints: NDArray[np.float32]

    @property
    def duration_s(self) -> float:
        return (len(self.joints) - 1) / self.rate_hz


def reference_file(gloss: str, folder: Path | None = None) -> Path:
    """The file that holds (or would hold) this sign's motion."""
    slug = re.sub(r"[^\w]+", "_", gloss.strip().lower())
    return (folder or REFERENCES) / f"{slug}.npz"


def list_references(folder: Path | None = None) -> list[str]:
    """Glosses of the readable reference motions, in alphabetical order."""
    glosses = []
    for file in sorted((folder or REFERENCES).glob("*.npz")):
        try:
            glosses.append(_read(file).gloss)
        except ReferenceMotionError:
            continue
    return sorted(glosses)


def load_reference(gloss: str, folder: Path | None = None) -> ReferenceMotion:
    """Raises ReferenceMotionError when there is no motion of that sign, or its file is damaged."""
    file = reference_file(gloss, folder)
    if not file.is_file():
        known = ", ".join(list_references(folder)) or Message("motion.none")
        raise ReferenceMotionError(Message("motion.unknown", gloss=gloss, known=known))
    return _read(file)


def save_reference(motion: ReferenceMotion, folder: Path | None = None) -> Path:
    file = reference_file(motion.gloss, folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        file,
        joints=motion.joints.astype(np.float32),
        rate_hz=np.float64(motion.rate_hz),
        gloss=np.str_(motion.gloss),
    )
    return file


def _read(file: Path) -> ReferenceMotion:
    try:
        # Opened here: numpy would leave a file open that turns out to be damaged.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as data:
            motion = ReferenceMotion(str(data["gloss"]), float(data["rate_hz"]), data["joints"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ReferenceMotionError(Message("motion.unreadable", file=file)) from error
    shape = motion.joints.shape
    if len(shape) != 3 or shape[0] < 2 or shape[1:] != (len(UPPER_BODY), 2):
        wanted = f"(T, {len(UPPER_BODY)}, 2)"
        raise ReferenceMotionError(Message("motion.shape", file=file, shape=shape, wanted=wanted))
    if not (motion.rate_hz > 0 and np.isfinite(motion.joints).all()):
        raise ReferenceMotionError(Message("motion.numbers", file=file))
    return motion
