"""Reference motions as a drawn person, who has to be found in the picture."""

from __future__ import annotations

import numpy as np
import pytest

from engine.landmarks.detector import LandmarkDetector
from engine.sources.errors import SourceError
from engine.sources.opening import open_source

TRUNK = np.s_[11:13]
"""Both shoulders, in a pose."""


def test_it_is_the_same_motion_without_its_landmarks() -> None:
    drawn, known = open_source("drawn:father"), open_source("reference:father")
    frames = 0
    while (frame := drawn.read()) is not None:
        other = known.read()
        assert other is not None and other.landmarks is not None
        assert frame.landmarks is None
        assert (frame.t_s, frame.index, frame.image.shape) == (
            other.t_s,
            other.index,
            other.image.shape,
        )
        # Its hands have fingers.
        assert (frame.image != other.image).any()
        frames += 1
    assert frames > 90 and known.read() is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "gloss",
    [
        "about",
        # A hand before the face, from the very beginning.
        "father",
    ],
)
def test_the_drawn_person_and_their_hands_are_found(gloss: str) -> None:
    detector = LandmarkDetector()
    drawn, known = open_source(f"drawn:{gloss}"), open_source(f"reference:{gloss}")
    looked = bodies = hands = 0
    try:
        while (frame := drawn.read()) is not None and (truth := known.read()) is not None:
            if frame.index % 2:
                # As live: every second one.
                continue
            found = detector.detect(frame.image, frame.t_s)
            looked += 1
            assert truth.landmarks is not None and truth.landmarks.pose is not None
            if found.pose is not None:
                away = np.linalg.norm(
                    found.pose[TRUNK, :2] - truth.landmarks.pose[TRUNK, :2], axis=1
                )
                bodies += bool((away < 60).all())
            hands += found.left_hand is not None or found.right_hand is not None
    finally:
        detector.close()
        drawn.close()
        known.close()
    assert looked > 45
    assert bodies >= 0.9 * looked
    assert hands >= 0.5 * looked


def test_a_sign_that_is_not_there_is_named() -> None:
    with pytest.raises(SourceError, match="no such sign"):
        open_source("drawn:no such sign")
