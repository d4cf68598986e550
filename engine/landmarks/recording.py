"""What was seen of a signer over time, kept as a file: landmarks, never pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.array_files import ArrayFileError, read_arrays
from engine.atomic_write import written_whole
from engine.frame import Landmarks
from engine.messages import Message, PlainError

POSE_POINTS, HAND_POINTS = 33, 21
_SHAPES = {"pose": (POSE_POINTS, 4), "left_hand": (HAND_POINTS, 3), "right_hand": (HAND_POINTS, 3)}
_MOST_STEPS = 100_000


class RecordingError(PlainError):
    """A landmark file is missing, damaged or none; the message names it."""


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkRecording:
    """`t_s` `(T,)` float64 seconds, growing; `pose` `(T, 33, 4)`, `left_hand` and `right_hand`
    `(T, 21, 3)` float32 as in `Landmarks` (one unit for x, y and z), NaN where not seen."""

    t_s: NDArray[np.float64]
    pose: NDArray[np.float32]
    left_hand: NDArray[np.float32]
    right_hand: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.t_s)

    @classmethod
    def of(cls, t_s: Sequence[float], seen: Sequence[Landmarks]) -> LandmarkRecording:
        """From what a detector found, moment by moment."""
        parts = {
            name: np.stack(
                [
                    np.full(shape, np.nan, np.float32)
                    if (found := getattr(one, name)) is None
                    else np.asarray(found, np.float32)
                    for one in seen
                ]
            )
            if seen
            else np.empty((0, *shape), np.float32)
            for name, shape in _SHAPES.items()
        }
        return cls(np.asarray(t_s, np.float64), **parts)

    def at(self, step: int) -> Landmarks:
        """What was seen at one step."""
        parts = (getattr(self, name)[step] for name in _SHAPES)
        return Landmarks(*(None if np.isnan(part).all() else part for part in parts))

    def save(self, file: Path) -> None:
        """What stands under the name is whole."""
        with written_whole(file) as unfinished, unfinished.open("wb") as stream:
            np.savez_compressed(
                stream, t_s=self.t_s, **{name: getattr(self, name) for name in _SHAPES}
            )


def load_recording(file: Path) -> LandmarkRecording:
    """Raises RecordingError naming a file that is missing, damaged or not of this kind."""
    try:
        archive = read_arrays(file)
        t_s = np.asarray(archive["t_s"], np.float64)
        parts = {name: np.asarray(archive[name], np.float32) for name in _SHAPES}
    except FileNotFoundError as error:
        raise RecordingError(Message("recording.no-file", file=file)) from error
    except (OSError, ArrayFileError, KeyError, TypeError, ValueError) as error:
        raise RecordingError(Message("recording.unreadable", file=file)) from error
    fits = t_s.ndim == 1 and 0 < len(t_s) <= _MOST_STEPS and bool(np.isfinite(t_s).all())
    fits = fits and bool((np.diff(t_s) > 0).all())
    fits = fits and all(parts[name].shape == (len(t_s), *shape) for name, shape in _SHAPES.items())
    if not fits:
        raise RecordingError(Message("recording.does-not-fit", file=file))
    return LandmarkRecording(t_s, **parts)
