"""What gloves measured, in the place of what the generator imagined."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.bundle import Bundle, load_bundle
from engine.glove.imu_window import HANDS, imu_rows
from engine.glove.sample import Hand, ImuSample
from engine.prediction import Prediction, Timing
from engine.recognition.decision import Evidence, decide
from engine.recognition.recognizer import Recognizer
from engine.recognition.sensor_evidence import MeasuredSensors, with_measured
from engine.recognition.sensor_stream import SensorStream
from engine.sources.motion.reference_motion import ReferenceMotionSource

SHIFT_S = 1000.0
"""The host's clock is this far ahead of the source's."""

NO_FINGERS = np.empty((0, 1))


@pytest.fixture(scope="module")
def asl20() -> Bundle:
    return load_bundle("asl20")


def moving(hand: Hand, until_s: float, rate_hz: float = 100.0) -> NDArray[np.float64]:
    """Of a hand that swings, on the host's clock."""
    samples = []
    for i in range(int(until_s * rate_hz)):
        t = i / rate_hz
        swing = math.sin(2 * math.pi * 0.7 * t)
        acc = (0.9, 0.3 * swing, 0.2)
        samples.append(ImuSample(SHIFT_S + t, acc, (80.0 * swing, 5.0, -20.0 * swing), hand))
    return imu_rows(samples)


def watched(
    bundle: Bundle, wrists: NDArray[np.float64] | None, *, left_handed: bool = False
) -> Prediction:
    """What is said 3.5 s into a reference motion."""
    recognizer = Recognizer(bundle, runtime="openvino-int8", left_handed=left_handed)
    source = ReferenceMotionSource("father", loop=True)
    try:
        while (frame := source.read()) is not None and frame.t_s <= 3.5:
            recognizer.observe(frame, captured=SHIFT_S + frame.t_s)
        if wrists is not None:
            recognizer.measure(wrists, NO_FINGERS)
        found = recognizer.predict()
    finally:
        recognizer.close()
        source.close()
    assert found is not None
    return found


def test_two_gloves_take_the_generated_streams_place(asl20: Bundle) -> None:
    both = np.concatenate([moving("left", 3.5), moving("right", 3.5)])
    found = watched(asl20, both)
    assert found.trace_kind == "measured"
    assert found.host_s == pytest.approx(SHIFT_S + found.t_s)
    assert found.trace is not None and found.measured is not None
    assert found.measured.rate_hz == found.trace.rate_hz
    assert found.measured.acc_g.shape == found.trace.acc_g.shape
    assert np.isfinite(found.measured.acc_g).all()
    assert found.measured.acc_g[0] == pytest.approx(0.9, abs=1e-3)
    plain = watched(asl20, None)
    assert plain.trace_kind == "generated" and plain.measured is None
    assert plain.streams["video"] == found.streams["video"]
    assert plain.streams["sensor"] != found.streams["sensor"]


def test_one_glove_is_half_of_it(asl20: Bundle) -> None:
    found = watched(asl20, moving("right", 3.5))
    assert found.trace_kind == "mixed"
    assert found.measured is not None
    assert np.isnan(found.measured.acc_g[:3]).all() and np.isnan(found.measured.gyro_dps[:3]).all()
    assert np.isfinite(found.measured.acc_g[3:]).all()


def test_a_silent_glove_is_not_heard(asl20: Bundle) -> None:
    found = watched(asl20, np.concatenate([moving("left", 2.6), moving("right", 2.6)]))
    assert found.trace_kind == "generated" and found.measured is None


def test_a_left_handers_gloves_are_mirrored_as_the_picture_is(asl20: Bundle) -> None:
    both = np.concatenate([moving("left", 3.5), moving("right", 3.5)])
    both[both[:, 1] == 0, 2] = 0.5
    found = watched(asl20, both, left_handed=True)
    plain = watched(asl20, both)
    assert found.measured is not None and plain.measured is not None
    # The left wrist's acceleration stands where the right one's does, y turned round.
    assert found.measured.acc_g[3] == pytest.approx(plain.measured.acc_g[0])
    assert found.measured.acc_g[4] == pytest.approx(-plain.measured.acc_g[1], abs=1e-6)


def test_an_offset_moves_samples_that_came_before_too(asl20: Bundle) -> None:
    sensors = MeasuredSensors(asl20.card)
    sensors.captured(0.0, SHIFT_S)
    rows = moving("right", 4.0)
    rows[:, 2] = rows[:, 0] - SHIFT_S
    sensors.append(rows, NO_FINGERS)
    plain = sensors.wrist_steps(0.5, 3.5, 3.5, left_handed=False)
    sensors.append(np.empty((0, 8)), NO_FINGERS, (0.0, 0.2))
    moved = sensors.wrist_steps(0.5, 3.5, 3.5, left_handed=False)
    assert plain is not None and moved is not None
    # What was measured at t belongs to the picture of t + 0.2 s.
    inner = slice(8, 40)
    assert moved[3, inner] == pytest.approx(plain[3, inner] - 0.2, abs=0.03)


def test_a_bundle_that_was_not_fused_with_gloves_only_shows_them(asl20: Bundle) -> None:
    logits = {"video": np.zeros((1, 21), np.float32), "sensor_generated": np.ones((1, 21))}
    seen = Evidence(logits, np.zeros((12, 48), np.float32))
    measured = np.zeros((12, 48), np.float32)
    weights = {"video": 0.7, "sensor_generated": 0.3}
    found = with_measured(seen, measured, SensorStream(asl20), weights)
    assert found.trace_kind == "generated" and found.logits is seen.logits
    assert found.measured is measured


@pytest.mark.parametrize("hand", ["left", "right"])
def test_a_bundle_of_one_wrist_hears_that_one(asl20: Bundle, hand: Hand) -> None:
    card = asl20.card
    assert card.sensor is not None
    one = card.sensor.model_copy(
        update={"wrists": (hand,), "mean": card.sensor.mean[:6], "std": card.sensor.std[:6]}
    )
    card = card.model_copy(update={"sensor": one})
    for worn in HANDS:
        sensors = MeasuredSensors(card)
        sensors.captured(0.0, SHIFT_S)
        sensors.append(moving(worn, 4.0), NO_FINGERS)
        steps = sensors.wrist_steps(0.5, 3.5, 3.5, left_handed=False)
        if worn != hand:
            assert steps is None
            continue
        assert steps is not None and steps.shape == (6, one.n_steps)
        logits = {"video": np.zeros((1, 21), np.float32)}
        evidence = Evidence(logits, np.zeros((6, one.n_steps), np.float32), measured=steps)
        found = decide(card, evidence, 0.0, Timing(0.0, 0.0, 0.0))
        assert found.measured is not None and found.measured.acc_g.shape == (6, one.n_steps)
        side = slice(0, 3) if hand == "left" else slice(3, 6)
        assert found.measured.acc_g[side] == pytest.approx(steps[:3])
        assert np.isnan(np.delete(found.measured.acc_g, np.r_[side], axis=0)).all()
