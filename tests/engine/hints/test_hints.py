"""What would let signs be named better: calm hints, and light for the detector."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.frame import Landmarks
from engine.hints.adviser import Adviser
from engine.hints.people import PERIOD_S, PeopleWatch
from engine.hints.visibility import Visibility, visibility_of
from engine.landmarks.detector import LandmarkDetector
from engine.landmarks.low_light import DIM, brightened, light_of
from engine.sources.opening import open_source

pytestmark = pytest.mark.slow

WELL = Visibility(150.0, person=True, hands=True, across_px=120.0)
CASES = {
    "hint.too-dark": Visibility(10.0, person=False, hands=False),
    "hint.nobody": Visibility(150.0, person=False, hands=False),
    "hint.two-people": replace(WELL, people=2),
    "hint.too-far": replace(WELL, across_px=25.0),
    "hint.not-facing": replace(WELL, turned_deg=80.0),
    "hint.hands-out": replace(WELL, hands=False),
}


class Watched:
    def __init__(self) -> None:
        self.adviser, self.t_s = Adviser(), 0.0

    def see(self, look: Visibility, seconds: float) -> list[str | None]:
        """The hint's code after each of the looks, 15 a second."""
        said = []
        for _ in range(round(seconds * 15)):
            self.t_s += 1 / 15
            self.adviser.observe(self.t_s, look)
            hint = self.adviser.hint
            said.append(None if hint is None else hint.code)
        return said


@pytest.mark.parametrize("code", CASES)
def test_a_hint_holds_before_it_is_said_and_goes_when_it_is_over(code: str) -> None:
    watched = Watched()
    assert set(watched.see(WELL, 4.0)) == {None}
    said = watched.see(CASES[code], 5.0)
    assert said[:10] == [None] * 10
    assert said[-1] == code
    # Once said, it stays; nothing else is said in between.
    assert said[said.index(code) :] == [code] * (len(said) - said.index(code))
    assert watched.see(WELL, 4.0)[-1] is None


def test_a_glimpse_says_nothing_and_nothing_flickers() -> None:
    watched = Watched()
    watched.see(WELL, 4.0)
    assert set(watched.see(CASES["hint.too-far"], 0.4)) == {None}
    wavering = [
        watched.see(look, 2 / 15)[-1] for _ in range(20) for look in (WELL, CASES["hint.too-far"])
    ]
    assert sum(a != b for a, b in pairwise(wavering)) <= 1


def test_in_the_dark_nobody_is_not_said_to_be_there() -> None:
    watched = Watched()
    assert "hint.nobody" not in watched.see(CASES["hint.too-dark"], 4.0)


def test_a_clock_that_runs_backwards_starts_anew() -> None:
    watched = Watched()
    watched.see(CASES["hint.nobody"], 3.0)
    watched.adviser.observe(0.0, WELL)
    assert watched.adviser.hint is None


def test_a_look_measures_the_person_in_the_detectors_pixels() -> None:
    pose = np.zeros((33, 4), np.float32)
    pose[:, 3] = 1
    pose[11, :2], pose[12, :2] = (700, 300), (600, 300)
    look = visibility_of(np.full((720, 1280, 3), 128, np.uint8), Landmarks(pose))
    assert look.across_px == pytest.approx(50.0)
    assert (look.turned_deg, look.light) == (0.0, 128.0)
    pose[11, 0], pose[11, 2] = 610, 100
    assert visibility_of(np.zeros((720, 1280, 3), np.uint8), Landmarks(pose)).turned_deg > 80
    pose[11, :3], pose[12, :3] = (600, 300, 0), (700, 300, 0)
    assert visibility_of(np.zeros((720, 1280, 3), np.uint8), Landmarks(pose)).turned_deg == 180


def test_light_enough_stays_as_it_is_and_darker_never_gets_less() -> None:
    rng = np.random.default_rng(0)
    bright = rng.integers(0, 200, (90, 160, 3), dtype=np.uint8)
    assert brightened(bright) is bright
    gains = []
    for share in (0.6, 0.45, 0.3, 0.15, 0.08):
        dark = (bright * share).astype(np.uint8)
        gains.append(light_of(brightened(dark)) / max(1.0, light_of(dark)))
    assert all(a <= b + 0.05 for a, b in pairwise(gains))
    just_below = (bright * (DIM / light_of(bright)) * 0.99).astype(np.uint8)
    assert light_of(brightened(just_below)) == pytest.approx(light_of(just_below), rel=0.1)
    black = np.zeros((90, 160, 3), np.uint8)
    assert brightened(black) is black


@pytest.fixture
def detector() -> Iterator[LandmarkDetector]:
    made = LandmarkDetector()
    yield made
    made.close()


def test_hands_are_found_in_the_dark(detector: LandmarkDetector) -> None:
    found = {}
    for start_s, share in ((0.0, 1.0), (100.0, 0.12)):
        source, hands, looked = open_source("drawn:about"), 0, 0
        while (frame := source.read()) is not None:
            if frame.index % 4 == 0:
                dark = (frame.image * share).astype(np.uint8)
                seen = detector.detect(dark, start_s + frame.t_s)
                hands += seen.left_hand is not None or seen.right_hand is not None
                looked += 1
        source.close()
        found[share] = hands / looked
    assert found[0.12] >= 0.8 * found[1.0] > 0.4


def test_a_second_person_is_counted_when_they_stay(detector: LandmarkDetector) -> None:
    source = open_source("drawn:cat")
    frame = source.read()
    source.close()
    assert frame is not None
    half = frame.image[:, 240:720]
    two = np.concatenate([half, half], axis=1)
    watch = PeopleWatch()
    seen = [watch.count(detector, two, step * PERIOD_S) for step in range(3)]
    assert seen == [1, 1, 2]
    seen = [watch.count(detector, frame.image, (3 + step) * PERIOD_S) for step in range(2)]
    assert seen == [1, 1]
