"""Who was in view belongs to the sign, and a sign needs hands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.bundle import load_bundle
from engine.frame import Frame, Landmarks
from engine.hints.presence import Presence
from engine.hints.visibility import Visibility, hands_in_view
from engine.prediction import Prediction
from engine.recognition.recognizer import Recognizer
from engine.sources.opening import open_source

SEEN = Visibility(150.0, person=True, hands=True, across_px=120.0)
HANDLESS = Visibility(150.0, person=True, hands=False, across_px=120.0)
FAR = Visibility(150.0, person=True, hands=True, across_px=30.0)
NOBODY, DARK = (
    Visibility(150.0, person=False, hands=False),
    Visibility(9.0, person=False, hands=False),
)


def watched(*parts: tuple[float, Visibility]) -> Presence:
    """Each part's seconds and what was seen, at 15 Hz."""
    presence, t_s = Presence(), 0.0
    for seconds, look in parts:
        for _ in range(round(seconds * 15)):
            presence.observe(t_s, look)
            t_s += 1 / 15
    return presence


@pytest.mark.parametrize("gone", [NOBODY, DARK, HANDLESS, FAR])
def test_what_came_after_a_sign_takes_nothing_from_it(gone: Visibility) -> None:
    presence = watched((2.0, SEEN), (4.0, gone))
    assert presence.why_no_sign(0.2, 1.9) is None
    assert presence.why_no_sign_now(2.0) is not None


@pytest.mark.parametrize(
    ("look", "reason"),
    [(NOBODY, "nobody"), (DARK, "too-dark"), (HANDLESS, "no-hands"), (FAR, "too-far")],
)
def test_a_reason_is_the_spans_own(look: Visibility, reason: str) -> None:
    presence = watched((2.0, look), (2.0, SEEN))
    assert presence.why_no_sign(0.0, 1.9) == reason
    assert presence.why_no_sign(2.1, 3.9) is None


def test_hands_may_be_missed_for_a_part_of_a_sign() -> None:
    half = watched((0.5, SEEN), (0.5, HANDLESS))
    assert half.why_no_sign(0.0, 1.0) is None
    rarely = watched((0.2, SEEN), (1.0, HANDLESS))
    assert rarely.why_no_sign(0.0, 1.2) == "no-hands"


def test_a_clock_that_runs_backwards_forgets() -> None:
    presence = watched((2.0, SEEN))
    presence.observe(0.5, NOBODY)
    assert presence.why_no_sign(0.0, 0.4) == "nobody"


def test_a_guessed_wrist_below_the_picture_is_no_hand() -> None:
    pose = np.zeros((33, 4), np.float32)
    pose[15], pose[16] = (50, 130, 0, 0.9), (20, 60, 0, 0.1)
    assert not hands_in_view(Landmarks(pose), 100, 100)
    pose[15, 1] = 90
    assert hands_in_view(Landmarks(pose), 100, 100)
    hand = np.zeros((21, 3), np.float32)
    assert hands_in_view(Landmarks(np.zeros((33, 4), np.float32), None, hand), 100, 100)


def shown(
    bundle: str, spec: str, change: Callable[[Landmarks], Landmarks], empty_s: float = 0.0
) -> tuple[Prediction, ...]:
    """What a real recognizer names of a recorded motion once `empty_s` seconds of an empty room
    have followed, as after networks that were busy for so long."""
    recognizer = Recognizer(load_bundle(bundle), runtime="torch-fp32")
    source, frame = open_source(spec), None
    while (newer := source.read()) is not None:
        frame = newer
        assert frame.landmarks is not None
        recognizer.observe(Frame(frame.image, frame.t_s, frame.index, change(frame.landmarks)))
    assert frame is not None
    for step in range(1, round(empty_s * 30) + 1):
        empty = Frame(frame.image, frame.t_s + step / 30, frame.index + step, Landmarks(None))
        recognizer.observe(empty)
    named = recognizer.spotted(at_end=True)
    recognizer.close()
    return named


def as_it_is(landmarks: Landmarks) -> Landmarks:
    return landmarks


def head_only(landmarks: Landmarks) -> Landmarks:
    """As a camera sees it that is too near: wrists are guessed, below the picture."""
    assert landmarks.pose is not None
    pose = landmarks.pose.copy()
    pose[13:23, 3] = 0.05
    return Landmarks(pose)


@pytest.mark.parametrize(
    ("bundle", "spec", "sign"),
    [("asl20", "reference:father", "father"), ("ksl13", "reference:ksl13/glad", "glad")],
)
def test_a_sign_whose_maker_has_left_is_named_all_the_same(
    bundle: str, spec: str, sign: str
) -> None:
    (named,) = shown(bundle, spec, as_it_is, empty_s=1.5)
    assert (named.sign, named.reason) == (sign, None)


def test_nothing_is_named_without_hands() -> None:
    named = shown("asl20", "reference:father", head_only)
    assert all(one.sign is None and one.reason == "no-hands" for one in named)


def test_whatever_the_window_shows_has_its_reason() -> None:
    recognizer = Recognizer(load_bundle("asl20"), runtime="torch-fp32")
    source = open_source("reference:father")
    while (frame := source.read()) is not None:
        assert frame.landmarks is not None
        recognizer.observe(Frame(frame.image, frame.t_s, frame.index, head_only(frame.landmarks)))
    now = recognizer.predict()
    recognizer.close()
    assert now is not None
    assert (now.sign, now.reason, now.top) == (None, "no-hands", ())
