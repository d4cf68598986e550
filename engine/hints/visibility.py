"""What one picture and its landmarks say about how well somebody can be seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.frame import Landmarks
from engine.landmarks.low_light import light_of

_LONGEST_SIDE = 640
"""What the detector looks at: a person is small or large in pixels of that."""

_LEFT_SHOULDER, _RIGHT_SHOULDER = 11, 12
_WRISTS = (15, 16)
_SEEN_FROM = 0.4
"""The pose knows a wrist from this visibility on; it guesses one that is out of the picture."""


@dataclass(frozen=True, slots=True)
class Visibility:
    """`light`: as `light_of` gives it, 0 to 255. `hands`: whether one is in the picture at least.
    `across_px`: between the shoulders, in pixels of a picture whose longer side is 640 at most;
    None without a person. `turned_deg`: how far the shoulders are turned away, 180 with the back
    to the camera. `people`: how many are in view, as far as that is known."""

    light: float
    person: bool
    hands: bool
    across_px: float | None = None
    turned_deg: float = 0.0
    people: int = 1


def visibility_of(image: NDArray[np.uint8], landmarks: Landmarks, people: int = 1) -> Visibility:
    """Of a picture `(H, W[, C])` and what was seen in it, in its pixels."""
    light = light_of(image)
    pose = landmarks.pose
    if pose is None:
        return Visibility(light, person=False, hands=False, people=people)
    height, width = image.shape[:2]
    left, right = pose[_LEFT_SHOULDER], pose[_RIGHT_SHOULDER]
    scale = min(1.0, _LONGEST_SIDE / max(height, width))
    return Visibility(
        light,
        person=True,
        hands=hands_in_view(landmarks, width, height),
        # Turned away, shoulders are near each other in the picture and still as far apart.
        across_px=float(np.linalg.norm(left[:3] - right[:3])) * scale,
        turned_deg=float(np.degrees(np.arctan2(abs(left[2] - right[2]), left[0] - right[0]))),
        people=people,
    )


def hands_in_view(landmarks: Landmarks, width: int, height: int) -> bool:
    """Whether a hand was seen as such, or the pose sees a wrist inside the picture."""
    if landmarks.left_hand is not None or landmarks.right_hand is not None:
        return True
    if landmarks.pose is None:
        return False
    return any(
        bool(row[3] >= _SEEN_FROM and 0 <= row[0] < width and 0 <= row[1] < height)
        for row in landmarks.pose[list(_WRISTS)]
    )
