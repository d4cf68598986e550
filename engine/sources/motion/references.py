"""Reference motions: one mean motion a sign, over many signers and no single person's.

Each vocabulary has its own. Those of the American signs lie in the folder itself, the others in
folders of their own below it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray

from engine.array_files import ArrayFileError, read_arrays
from engine.landmarks.recording import HAND_POINTS
from engine.landmarks.skeletons import UPPER_BODY
from engine.messages import Message, PlainError
from engine.paths import REFERENCES

FIRST_VOCABULARY = "asl20"
"""Its motions lie in the folder itself."""


class ReferenceMotionError(PlainError):
    """A reference motion is missing or damaged; the message names it."""


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceMotion:
    """`joints` `(T, 7, 2)` float32 in `UPPER_BODY` order, normalised: origin between the shoulders,
    unit shoulder width, x to the image's right, y down. `rate_hz` frames a second. `hands`
    `(T, 2, 21, 2)`, left and right, in the same unit, NaN where a hand is not seen; None for a
    motion that was recorded without fingers."""

    gloss: str
    rate_hz: float
    joints: NDArray[np.float32]
    hands: NDArray[np.float32] | None = None

    @property
    def duration_s(self) -> float:
        return (len(self.joints) - 1) / self.rate_hz


def vocabularies(folder: Path | None = None) -> list[str]:
    """Those that have reference motions, the first one first."""
    inside = sorted(path.parent.name for path in (folder or REFERENCES).glob("*/*.npz"))
    return [FIRST_VOCABULARY, *dict.fromkeys(inside)]


def vocabulary_folder(vocabulary: str, folder: Path | None = None) -> Path:
    """Where the motions of a vocabulary lie. Raises ReferenceMotionError when it has none."""
    root = folder or REFERENCES
    if vocabulary == FIRST_VOCABULARY:
        return root
    if vocabulary not in vocabularies(folder):
        raise ReferenceMotionError(Message("motion.no-vocabulary", name=vocabulary))
    return root / vocabulary


def vocabulary_of(glosses: Collection[str], folder: Path | None = None) -> str:
    """Whose motions show most of these signs: a bundle's, whatever it is called; the first one's
    where none shows any."""
    wanted = set(glosses)
    known = vocabularies(folder)
    return max(
        known,
        key=lambda name: len(wanted & set(list_references(vocabulary_folder(name, folder)))),
    )


def vocabulary_named(bundle: str, folder: Path | None = None) -> str:
    """The vocabulary that a bundle's name or path speaks of, before it is loaded."""
    name = PurePath(bundle).name
    return name if name in vocabularies(folder) else FIRST_VOCABULARY


def reference_file(gloss: str, folder: Path | None = None) -> Path:
    """The file that holds (or would hold) this sign's motion."""
    slug = re.sub(r"[^\w]+", "_", gloss.strip().lower())
    return (folder or REFERENCES) / f"{slug}.npz"


def list_references(folder: Path | None = None) -> list[str]:
    """Glosses of the readable reference motions of one folder, in alphabetical order."""
    glosses = []
    for file in (folder or REFERENCES).glob("*.npz"):
        with contextlib.suppress(OSError, ReferenceMotionError):
            found = file.stat()
            glosses.append(_gloss_of(file, found.st_mtime_ns, found.st_size))
    return sorted(glosses)


@lru_cache(maxsize=512)
def _gloss_of(file: Path, modified_ns: int, size: int) -> str:
    """The window asks at every change of vocabulary or language, and reading all of them takes
    longer than a picture may; a file that is written again is read again. Raises
    ReferenceMotionError."""
    return _read(file).gloss


def load_reference(gloss: str, folder: Path | None = None) -> ReferenceMotion:
    """Raises ReferenceMotionError when there is no motion of that sign, or its file is damaged."""
    file = reference_file(gloss, folder)
    if not file.is_file():
        known = ", ".join(list_references(folder)) or Message("motion.none")
        raise ReferenceMotionError(Message("motion.unknown", gloss=gloss, known=known))
    return _read(file)


def save_reference(motion: ReferenceMotion, folder: Path | None = None) -> Path:
    """Write a motion; hands, which are the larger part, to a thousandth of a shoulder width."""
    file = reference_file(motion.gloss, folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    joints, rate_hz = motion.joints.astype(np.float32), np.float64(motion.rate_hz)
    gloss = np.str_(motion.gloss)
    if motion.hands is None:
        np.savez(file, joints=joints, rate_hz=rate_hz, gloss=gloss)
    else:
        hands = motion.hands.round(3).astype(np.float16)
        np.savez_compressed(file, joints=joints, hands=hands, rate_hz=rate_hz, gloss=gloss)
    return file


def _read(file: Path) -> ReferenceMotion:
    try:
        data = read_arrays(file)
        hands = data["hands"].astype(np.float32) if "hands" in data else None
        motion = ReferenceMotion(str(data["gloss"]), float(data["rate_hz"]), data["joints"], hands)
    except (OSError, ArrayFileError, KeyError, TypeError, ValueError) as error:
        raise ReferenceMotionError(Message("motion.unreadable", file=file)) from error
    shape = motion.joints.shape
    if len(shape) != 3 or shape[0] < 2 or shape[1:] != (len(UPPER_BODY), 2):
        wanted = f"(T, {len(UPPER_BODY)}, 2)"
        raise ReferenceMotionError(Message("motion.shape", file=file, shape=shape, wanted=wanted))
    if not (motion.rate_hz > 0 and np.isfinite(motion.joints).all()):
        raise ReferenceMotionError(Message("motion.numbers", file=file))
    if hands is not None and hands.shape != (shape[0], 2, HAND_POINTS, 2):
        wanted = f"({shape[0]}, 2, {HAND_POINTS}, 2)"
        raise ReferenceMotionError(
            Message("motion.hands-shape", file=file, shape=hands.shape, wanted=wanted)
        )
    return motion
