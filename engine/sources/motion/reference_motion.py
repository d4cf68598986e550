"""The reference motion of a sign, drawn as a figure whose joints are known."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.frame import Frame
from engine.messages import Message
from engine.sources.errors import SourceError
from engine.sources.motion.figure import backdrop, draw_figure, landmarks_of, to_pixels
from engine.sources.motion.references import (
    FIRST_VOCABULARY,
    ReferenceMotion,
    ReferenceMotionError,
    list_references,
    load_reference,
    reference_file,
    vocabularies,
    vocabulary_folder,
)

RATE_HZ = 30.0
REST_S = 1.0
"""Between two motions the figure rests: the last pose blends into the next one's first."""


class ReferenceMotionSource:
    """One motion, or all of a vocabulary with `*`, one after another; 30 frames a second.

    A sign is looked for in `vocabulary` first and then in the others; `VOCABULARY/SIGN` names one.
    Each motion is followed by a rest, so that a repeated one is seen as a new sign. `drawn`: with
    hands that have fingers, and without the landmarks, so that they have to be found in the picture
    as in a camera's.
    """

    is_live = False
    fps: float | None = RATE_HZ

    def __init__(
        self,
        gloss: str,
        *,
        loop: bool = False,
        folder: Path | None = None,
        drawn: bool = False,
        vocabulary: str = FIRST_VOCABULARY,
    ) -> None:
        """Raises SourceError when there is no such motion."""
        gloss, place = _find(gloss, vocabulary, folder)
        known = list_references(place)
        if not gloss:
            raise SourceError(Message("source.no-sign-named", known=_list(known)))
        wanted = known if gloss == "*" else [gloss]
        self._motions = [_motion(name, place, known) for name in wanted]
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
        t_s = self._frame / RATE_HZ
        joints = to_pixels(self._between(t_s, "joints"))
        hands = None if motion.hands is None else to_pixels(self._between(t_s, "hands"))
        self._frame += 1
        index, self._index = self._index, self._index + 1
        image = draw_figure(self._room, joints, fingers=self._drawn, hands=hands)
        known = None if self._drawn else landmarks_of(joints, hands)
        return Frame(image, index / RATE_HZ, index, known, showing=motion.gloss)

    def close(self) -> None:
        self._closed = True

    def _between(self, t_s: float, part: Literal["joints", "hands"]) -> NDArray[np.float32]:
        """Where the joints or the hands are, `t_s` seconds after the motion began."""
        motion = self._motions[self._motion]
        places: NDArray[np.float32] = getattr(motion, part)
        if t_s <= motion.duration_s:
            position = t_s * motion.rate_hz
            before = min(int(position), len(places) - 2)
            share = np.float32(position - before)
            return _blended(places[before], places[before + 1], share)
        following = getattr(self._motions[(self._motion + 1) % len(self._motions)], part)
        if following is None:
            return places[-1]
        rested = min(1.0, (t_s - motion.duration_s) / REST_S)
        smooth = np.float32(rested * rested * (3 - 2 * rested))
        return _blended(places[-1], following[0], smooth)


def _blended(
    a: NDArray[np.float32], b: NDArray[np.float32], share: np.float32
) -> NDArray[np.float32]:
    """Between the two; where only one of them is seen, it is that one for its half of the way."""
    mixed = a * (1 - share) + b * share
    return np.where(np.isnan(mixed), b if share >= 0.5 else a, mixed)


def _find(gloss: str, vocabulary: str, folder: Path | None) -> tuple[str, Path]:
    """The sign's gloss, or `*`, and the folder to look for it in."""
    known = vocabularies(folder)
    named, slash, rest = gloss.partition("/")
    if slash and named in known:
        return rest.strip(), vocabulary_folder(named, folder)
    if vocabulary not in known:
        vocabulary = FIRST_VOCABULARY
    places = [vocabulary_folder(name, folder) for name in dict.fromkeys((vocabulary, *known))]
    if gloss and gloss != "*":
        for place in places:
            if _has(gloss, place):
                return gloss, place
    return gloss, places[0]


def _has(gloss: str, place: Path) -> bool:
    try:
        return reference_file(gloss, place).is_file()
    except (OSError, ValueError):
        # A name that no file can have.
        return False


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
