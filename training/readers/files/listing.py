"""What a reader finds in a folder: clips to train on, and what could not be used and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from training.errors import DataError

Wrist = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording of one sign. `key` is unique in its set and stays the same on any machine.
    `left_handed`: signed with the left hand, to be mirrored into a right-handed vocabulary."""

    key: str
    gloss: str
    signer: str
    video: Path
    imu: Path | None = None
    left_handed: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that is left out, and why, in words a technician can act on."""

    path: Path
    what: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything found under one root, in the order of the keys, whatever order the disk gave."""

    dataset: str
    clips: tuple[Clip, ...]
    problems: tuple[Problem, ...] = ()
    view: Literal["rgb", "depth"] = "rgb"

    def __post_init__(self) -> None:
        keys = Counter(clip.key for clip in self.clips)
        twice = [key for key, count in keys.items() if count > 1]
        if twice:
            raise DataError(f"{self.dataset}: clip {twice[0]!r} is there more than once")
        if list(keys) != sorted(keys):
            raise ValueError("a listing stands in the order of its keys")

    @property
    def glosses(self) -> tuple[str, ...]:
        """Sorted: a label's number never depends on the order of files."""
        return tuple(sorted({clip.gloss for clip in self.clips}))

    @property
    def signers(self) -> tuple[str, ...]:
        return tuple(sorted({clip.signer for clip in self.clips}))


@dataclass(frozen=True, slots=True, eq=False)
class ImuSeries:
    """`samples` `(n, channels)` float32 at a steady `rate_hz`, or spread over the clip when that
    is not known (None). Units as `units` says, one a channel: 'g' or 'deg/s'. `wrists`: where the
    sensors were worn, where that is told."""

    samples: NDArray[np.float32]
    units: tuple[str, ...]
    rate_hz: float | None = None
    wrists: tuple[Wrist, ...] = ()


class Reader(Protocol):
    """One data set's published layout."""

    @property
    def dataset(self) -> str: ...
    @property
    def has_imu(self) -> bool: ...

    def list(self, root: Path) -> Listing:
        """What lies under `root`. Raises DataError when nothing there is of this set."""

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, H, W, 3)` RGB, evenly spaced from first to last. Raises DataError."""

    def imu(self, clip: Clip) -> ImuSeries:
        """Raises DataError when the clip has none or its file is broken."""
