"""Each vocabulary shows itself: with motions of its own, named by its own bundle."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from engine.bundle import load_bundle
from engine.landmarks.detector import LandmarkDetector
from engine.live.demonstration import Demonstration
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.paths import REFERENCES
from engine.recognition.recognizer import Recognizer
from engine.sources.errors import SourceError
from engine.sources.motion.references import (
    list_references,
    load_reference,
    vocabularies,
    vocabulary_folder,
    vocabulary_named,
    vocabulary_of,
)
from engine.sources.opening import open_source
from tests.engine.sources.test_source_reference import write_motion

pytestmark = pytest.mark.slow

SHIPPED = ("asl20", "arsl10", "ksl13")


def test_every_bundle_has_a_motion_of_each_of_its_signs() -> None:
    assert set(vocabularies()) == set(SHIPPED)
    for name in SHIPPED:
        glosses = load_bundle(name).card.glosses
        assert set(list_references(vocabulary_folder(name))) == set(glosses)
        assert vocabulary_of(glosses) == vocabulary_named(f"somewhere/{name}") == name
    assert vocabulary_of(["no such sign"]) == vocabulary_named("runs/own") == "asl20"


def test_they_are_small_and_say_where_they_come_from() -> None:
    files = list(REFERENCES.rglob("*.npz"))
    assert sum(file.stat().st_size for file in files) < 1_000_000
    text = (REFERENCES / "README.md").read_text("utf-8")
    assert all(name in text for name in SHIPPED)


@pytest.mark.parametrize("name", ["arsl10", "ksl13"])
def test_a_motion_with_fingers_shows_hands(name: str) -> None:
    for gloss in list_references(vocabulary_folder(name)):
        motion = load_reference(gloss, vocabulary_folder(name))
        assert motion.hands is not None
        assert np.isfinite(motion.hands).all(axis=(2, 3)).any(axis=1).mean() > 0.2, gloss
    source = open_source(f"reference:{name}/{gloss}")
    frames = list(iter(source.read, None))
    shown = [f.landmarks for f in frames if f is not None and f.landmarks is not None]
    hands = [one.left_hand is not None or one.right_hand is not None for one in shown]
    assert len(shown) == len(frames) and np.mean(hands) > 0.2
    assert {frame.showing for frame in frames if frame is not None} == {gloss}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_motion_is_named_by_its_own_bundle(name: str) -> None:
    """Once and rightly; a sign that is only held may be named while it is held instead."""
    recognizer = Recognizer(load_bundle(name), runtime="torch-fp32")
    glosses = list_references(vocabulary_folder(name))
    taken: dict[str, str | None] = {}
    for gloss in glosses:
        recognizer.reset()
        source, demonstration, named = open_source(f"reference:{name}/{gloss}"), Demonstration(), []
        looked = 0
        while (frame := source.read()) is not None:
            demonstration.shown(frame.t_s, frame.showing)
            if recognizer.observe(frame) is None:
                continue
            looked += 1
            named.extend(recognizer.spotted())
            if name == "ksl13" and looked % 4 == 0 and recognizer.can_predict:
                # By landmarks alone, which is quick.
                answer = recognizer.predict()
                assert answer is not None
                demonstration.answered(answer)
        named.extend(recognizer.spotted(at_end=True))
        for one in named:
            demonstration.answered(one)
        assert {one.sign for one in named} <= {gloss, None}, gloss
        taken[gloss] = demonstration.recognised
    recognizer.close()
    # Two American ones have too little movement of the arms to be told by it alone; a Korean one,
    # a fist that is held, is as a mean of many people farther from each than one in twenty is.
    missed = {gloss for gloss, sign in taken.items() if sign != gloss}
    assert missed <= {"asl20": {"can", "here"}, "ksl13": {"yes"}}.get(name, set())


def test_the_drawn_hand_is_held_as_it_was() -> None:
    detector, source = LandmarkDetector(), open_source("drawn:arsl10/you")
    hands = looked = 0
    while (frame := source.read()) is not None:
        if frame.index % 4 == 0:
            seen = detector.detect(frame.image, frame.t_s)
            hands += seen.left_hand is not None or seen.right_hand is not None
            looked += 1
    detector.close()
    assert hands > 0.3 * looked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "other").mkdir()
    write_motion(tmp_path, "cat", raise_to=(0.4, 0.2))
    write_motion(tmp_path, "day", raise_to=(0.4, 0.2))
    write_motion(tmp_path / "other", "cat", raise_to=(-1.0, -0.6))
    write_motion(tmp_path / "other", "glad", raise_to=(-1.0, -0.6))
    return tmp_path


@pytest.mark.parametrize(
    ("spec", "vocabulary", "shown"),
    [
        ("*", "asl20", ["cat", "day"]),
        ("*", "other", ["cat", "glad"]),
        ("other/*", "asl20", ["cat", "glad"]),
        ("asl20/*", "other", ["cat", "day"]),
        ("day", "other", ["day"]),
        ("glad", "asl20", ["glad"]),
        ("other/glad", "asl20", ["glad"]),
        ("*", "no such", ["cat", "day"]),
    ],
)
def test_a_sign_is_looked_for_in_its_vocabulary_first(
    folder: Path, spec: str, vocabulary: str, shown: list[str]
) -> None:
    source = open_source(f"reference:{spec}", references=folder, vocabulary=vocabulary)
    frames = [frame for frame in iter(source.read, None) if frame is not None]
    assert list(dict.fromkeys(frame.showing for frame in frames)) == shown


def test_the_same_name_is_another_motion_in_another_vocabulary(folder: Path) -> None:
    first, other = (
        open_source("reference:cat", references=folder, vocabulary=name)
        for name in ("asl20", "other")
    )
    pairs = [(first.read(), other.read()) for _ in range(60)]
    assert any((a.image != b.image).any() for a, b in pairs if a is not None and b is not None)
    with pytest.raises(SourceError, match="cat, glad"):
        open_source("reference:other/nothing", references=folder)


def until(engine: LiveEngine, holds: object, timeout_s: float = 60.0) -> LiveState:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        state = engine.latest()
        if holds(state):  # type: ignore[operator]
            return state
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def test_another_vocabulary_shows_its_own_motions() -> None:
    engine = LiveEngine("reference:*", "ksl13", runtime="torch-fp32")
    engine.start()
    try:
        korean = set(list_references(vocabulary_folder("ksl13")))
        until(engine, lambda state: state.ready and state.showing in korean)
        engine.set_bundle("arsl10")
        arabic = set(list_references(vocabulary_folder("arsl10")))
        state = until(engine, lambda state: state.bundle == "arsl10" and state.showing in arabic)
        assert state.source_spec == "reference:*"
    finally:
        assert engine.stop(20.0)
