"""What the window's process and the one that recognises say to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.bundle import BundleCard
from engine.bundle.lessons import Lesson
from engine.frame import Landmarks
from engine.messages import Message
from engine.prediction import Prediction
from engine.teaching.taught_store import TaughtInfo
from engine.worker.scheduler import Budget


@dataclass(frozen=True, slots=True)
class Load:
    """Answered with `Loaded` or `Refused`. `looks`: pictures will come whose landmarks are not
    known, so that a detector is needed."""

    bundle: str
    runtime: str
    looks: bool


@dataclass(frozen=True, slots=True)
class UseRuntime:
    """Answered with `Loaded` or `Refused`."""

    runtime: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """`runtime`: what runs the networks, as people read it. `prepared`: whether that is what was
    wanted, or what serves until that has been made. `note`: why it is something else for good.
    `lessons`: of the bundle, where it has any."""

    card: BundleCard
    runtime: str
    prepared: bool
    note: Message | None
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """One line that names the file."""

    message: Message


@dataclass(frozen=True, slots=True)
class Teach:
    """Answered with `Taught`. `folder`: of the taught signs; `lesson`: the words that are named, of
    a bundle that has lessons."""

    folder: Path | None
    lesson: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taught:
    """`problem`: one line that names the file, when nothing could be learnt."""

    infos: tuple[TaughtInfo, ...]
    problem: Message | None


@dataclass(frozen=True, slots=True)
class Finish:
    """The source has ended. Answered with `Ended`."""


@dataclass(frozen=True, slots=True, eq=False)
class Ended:
    """`named`: the sign that the source ended in, if it did."""

    named: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Worn:
    """What gloves measured since it was last told: `wrists` as `imu_rows`, `fingers` as
    `finger_rows` give it, on the clock of `captured` times. `offsets_s`: what is added to the times
    of the left and of the right wrist so that they fit the pictures."""

    wrists: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 8)))
    fingers: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 1)))
    offsets_s: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """Of a bundle that needs no pictures. Answered with `Answer`."""

    worn: Worn
    captured: float
    source: int
    budget: Budget


@dataclass(frozen=True, slots=True, eq=False)
class Observe:
    """Followed by the picture's bytes. Answered with `Answer`, or with `Refused` when a landmark
    model that it needs is missing or damaged."""

    shape: tuple[int, int, int]
    t_s: float
    index: int
    landmarks: Landmarks | None
    captured: float
    source: int
    predict: bool
    left_handed: bool
    budget: Budget
    worn: Worn = field(default_factory=Worn)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was seen in one frame; `landmarks` is None when there is nothing to look with.
    `landmark_rate_hz`: how many frames a second there is time to look at; `video_stopped`: pictures
    are not judged any more, for want of time. `note`: why something else runs the networks than was
    wanted. `hint`: what would let signs be named better."""

    landmarks: Landmarks | None
    landmarks_ms: float
    landmark_rate_hz: float
    video_stopped: bool
    runtime: str = ""
    note: Message | None = None
    hint: Message | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A prediction, whenever it is done; no answer to anything."""

    source: int
    prediction: Prediction
