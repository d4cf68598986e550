"""The reference motion of a sign, drawn as a figure whose joints are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.frame import Frame
from engine.messages import Message
from engine.references import (
    ReferenceMotion,
    ReferenceMotionError,
    list_references,
    load_reference,
    reference_file,
)
from engine.sources.errors import SourceError
from engine.sources.figure import backdrop, draw_figure, landmarks_of, to_pixels

RATE_HZ = 30.0
REST_S = 1.0
"""Between two motions the figure rests: the last pose blends into the next one's first."""


class ReferenceMotionSource:
    """One motion, or all with `*`, one after another; 30 frames a second.

    Each motion is followed by a rest, so that a repeated one is seen as a new sign. `drawn`: with
    hands that have fingers, and without the landmarks, so that they have to be found in the picture
    as in a camera's.
    """

    is_live = False
    fps: float | None = RATE_HZ

    def __init__(
        self, gloss: str, *, loop: bool = False, folder: Path | None = None, drawn: bool = False
    ) -> None:
        """Raises SourceError when there is no such motion."""
        known = list_references(folder)
        if not gloss:
            raise SourceError(Message("source.no-sign-named", known=_list(known)))
        wanted = known if gloss == "*" else [gloss]
        self._motions = [_motion(name, folder, known) for name in wanted]
        if not self._motions:
            raise SourceError(Message("source.no-motions"))
        self.name = "reference motions" if gloss == "*" else f"reference: {gloss}"
        self._loop, self._drawn = loop, drawn
        self._room = backdrop()
        self._index = 0
        self._motion, self._frame = 0, 0
        self._closed = False

    def read(self) -> Frame | None:
        if self._closed:
            return None
        motion = self._motions[self._motion]
        signing = round(motion.duration_s * RATE_HZ) + 1
        if self._frame >= signing + round(REST_S * RATE_HZ):
            if self._motion + 1 == len(self._motions) and not self._loop:
                return None
            self._motion = (self._motion + 1) % len(self._motions)
            self._frame = 0
            motion = self._motions[self._motion]
        joints = to_pixels(self._joints(motion, self._frame / RATE_HZ))
        self._frame += 1
        index, self._index = self._index, self._index + 1
        image = draw_figure(self._room, joints, fingers=self._drawn)
        known = None if self._drawn else landmarks_of(joints)
        return Frame(image, index / RATE_HZ, index, known)

    def close(self) -> None:
        self._closed = True

    def _joints(self, motion: ReferenceMotion, t_s: float) -> np.ndarray:
        if t_s <= motion.duration_s:
            position = t_s * motion.rate_hz
            before = min(int(position), len(motion.joints) - 2)
            part = np.float32(position - before)
            return motion.joints[before] * (1 - part) + motion.joints[before + 1] * part
        following = self._motions[(self._motion + 1) % len(self._motions)]
        rested = min(1.0, (t_s - motion.duration_s) / REST_S)
        smooth = np.float32(rested * rested * (3 - 2 * rested))
        return motion.joints[-1] * (1 - smooth) + following.joints[0] * smooth


def _motion(gloss: str, folder: Path | None, known: list[str]) -> ReferenceMotion:
    try:
        if reference_file(gloss, folder).is_file():
            return load_reference(gloss, folder)
    except ReferenceMotionError as error:
        file = reference_file(gloss, folder)
        raise SourceError(Message("source.motion-damaged", gloss=gloss, file=file)) from error
    except (OSError, ValueError):
        # A name that no file can have, so that no sign has it either.
        pass
    raise SourceError(Message("source.no-such-motion", gloss=gloss, known=_list(known)))


def _list(known: list[str]) -> str:
    return ", ".join(known) or "–"
