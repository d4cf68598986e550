"""The hands, followed by two of MediaPipe's landmarkers: palms are looked for only when one is
missing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_HANDS = 2
_STILL = 0.03
"""A hand of which no point moved farther between two looks, in shoulder widths, may be left
unlooked at once."""

_HELD_MS = 100
"""Longer than this no hand is left unlooked at."""

_ELSEWHERE = 0.6
"""A hand this far from where it was, in shoulder widths, is the other one."""


class HandTracker:
    """`hands`, two at most, `(21, 3)` float32 each in parts of the picture (z as x), and a guessed
    `labels` ('Left', 'Right') for each. One thread at a time.

    A landmarker for two hands looks for palms in every picture in which it follows fewer, and that
    costs more than following a hand. So, where the other hand is not to be seen anyway, one for a
    single hand goes on; and hands that lie still are looked at in every other picture.
    """

    def __init__(self, model: Any) -> None:
        """`model`: its `BaseOptions`. Raises whatever MediaPipe does when it is none."""
        self.hands: list[NDArray[np.float32]] = []
        self.labels: list[str] = []
        self._before: list[NDArray[np.float32]] = []
        self._held, self._looked_ms = False, 0
        self._both = _landmarker(model, MOST_HANDS)
        try:
            self._one = _landmarker(model, 1)
        except Exception:
            self._both.close()
            raise

    def detect(
        self, picture: Any, clock_ms: int, per_shoulder: NDArray[np.float32], *, missing: bool
    ) -> None:
        """Look at an image of MediaPipe's, at milliseconds that grow. `per_shoulder` `(2,)`: width
        and height of the picture in shoulder widths. `missing`: whether a hand that is not followed
        should be in view."""
        before = self.hands
        alone = len(before) == 1 and not missing
        may_rest = (alone or len(before) == MOST_HANDS) and not self._held
        if may_rest and clock_ms - self._looked_ms <= _HELD_MS and self._still(per_shoulder):
            self._held = True
            return
        self._held, self._looked_ms = False, clock_ms
        if alone:
            self._read(self._one.detect_for_video(picture, clock_ms))
        lost = alone and not self._followed(before[0], per_shoulder)
        if lost or missing or len(before) == MOST_HANDS:
            self._read(self._both.detect_for_video(picture, clock_ms))
        self._before = before

    def forget(self) -> None:
        """Nobody is in view whose hands they could be."""
        self.hands, self.labels, self._before, self._held = [], [], [], False

    def close(self) -> None:
        self._both.close()
        self._one.close()

    def _read(self, seen: Any) -> None:
        self.hands = [
            np.array([(p.x, p.y, p.z) for p in hand], np.float32) for hand in seen.hand_landmarks
        ]
        self.labels = [guesses[0].category_name for guesses in seen.handedness]

    def _followed(self, hand: NDArray[np.float32], per_shoulder: NDArray[np.float32]) -> bool:
        """Whether the one hand that is followed is still this one: alone, it may have been lost and
        the other found."""
        if not self.hands:
            return False
        moved = np.abs((self.hands[0] - hand)[:, :2]) * per_shoulder
        return bool(moved.mean() < _ELSEWHERE)

    def _still(self, per_shoulder: NDArray[np.float32]) -> bool:
        if len(self._before) != len(self.hands):
            return False
        return all(
            min(float((np.abs((hand - old)[:, :2]) * per_shoulder).max()) for old in self._before)
            < _STILL
            for hand in self.hands
        )


def _landmarker(model: Any, hands: int) -> Any:
    from mediapipe.tasks.python import vision

    return vision.HandLandmarker.create_from_options(
        vision.HandLandmarkerOptions(
            base_options=model,
            running_mode=vision.RunningMode.VIDEO,
            num_hands=hands,
        )
    )
