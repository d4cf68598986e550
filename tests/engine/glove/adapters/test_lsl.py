"""The laboratory's streams: whose clock, which channel, which of several."""

from __future__ import annotations

import time
import uuid

import pytest

from engine.glove.adapters.lsl import LslAdapter
from engine.glove.adapters.lsl_channels import plan_channels
from engine.glove.sample import STANDARD_GRAVITY
from tests.engine.glove.adapters.rigs import Taken, until
from tests.engine.glove.devices.played import PlayedDevice


def test_two_streams_on_one_computer_are_both_found() -> None:
    sources = [f"{hand}-{uuid.uuid4().hex}" for hand in ("left", "right")]
    takers = [Taken(), Taken()]
    devices = [PlayedDevice("lsl_glove", f"{s.split('-')[0]} glove", s, 0) for s in sources]
    adapters = [LslAdapter(taken, source) for taken, source in zip(takers, sources, strict=True)]
    try:
        for adapter in adapters:
            adapter.start()
        for device, adapter in zip(devices, adapters, strict=True):
            until(lambda adapter=adapter: adapter.status.opened > 0, "not found")
            device.do("go 0 20 400")
        until(lambda: all(len(taken) == 20 for taken in takers), "nothing came")
        assert [adapter.status.device_id for adapter in adapters] == [f"lsl:{s}" for s in sources]
    finally:
        for adapter in adapters:
            adapter.close()
        for device in devices:
            device.unplug()
    assert [{reading.hand for reading in t.readings} for t in takers] == [{"left"}, {"right"}]
    assert all(taken.numbers() == list(range(20)) for taken in takers)


@pytest.mark.parametrize("shift_s", [0.0, 1.8e9])
def test_stamps_of_the_lab_s_clock_become_the_host_s_and_others_stay(shift_s: float) -> None:
    """1.8e9 s: a source that stamps by the date."""
    source, taken = uuid.uuid4().hex, Taken()
    with PlayedDevice("lsl_glove", "glove", source, shift_s) as device:
        adapter = LslAdapter(taken, source)
        adapter.start()
        try:
            until(lambda: adapter.status.opened > 0, "not found")
            before_s = time.perf_counter()
            device.do("go 0 20 200")
            until(lambda: len(taken) == 20, "nothing came")
        finally:
            adapter.close()
    after_s = time.perf_counter()
    for reading in taken.readings:
        # Clocks of two processes on one computer, told by a round trip between them.
        assert before_s - 0.1 < reading.stamp_s - shift_s < after_s + 0.1


LABELLED = [
    (["ax", "ay", "az", "gx", "gy", "gz"], ["g"] * 3 + ["deg/s"] * 3, "", 1.0, True),
    (["AccX", "AccY", "AccZ", "GyrX", "GyrY", "GyrZ"], ["m/s^2"] * 3 + ["dps"] * 3, "", 1.0, True),
    (["ACC_X", "ACC_Y", "ACC_Z", "GYRO_X", "GYRO_Y", "GYRO_Z"], [], "", 1.0, False),
    (["gyro x", "gyro y", "gyro z", "accel x", "accel y", "accel z"], [], "", 1.0, False),
]


@pytest.mark.parametrize(("labels", "units", "name", "rate", "known"), LABELLED)
def test_channels_are_told_by_their_labels(
    labels: list[str], units: list[str], name: str, rate: float, known: bool
) -> None:
    plan = plan_channels(name, len(labels), labels, units)
    assert plan is not None
    values = [
        float(label[-1] in "yY") + (10.0 if label.lower().startswith("g") else 0.0)
        for label in labels
    ]
    (reading,) = plan.readings(values, 1.0, 2.0)
    scale = STANDARD_GRAVITY if "m/s^2" in units else 1.0
    assert reading.acc == pytest.approx((0.0, 1.0 / scale, 0.0))
    assert reading.gyro == pytest.approx((10.0, 11.0, 10.0))
    assert (reading.acc_known, reading.gyro_known) == (known, known)


def test_two_wrists_in_one_stream() -> None:
    labels = [f"{side}{axis}" for side in "lr" for axis in ("ax", "ay", "az", "gx", "gy", "gz")]
    for names in (labels, [None] * 12):
        plan = plan_channels("both", 12, names, [])
        assert plan is not None
        left, right = plan.readings([float(n) for n in range(12)], 1.0, None)
        assert (left.hand, left.acc, left.gyro) == ("left", (0, 1, 2), (3, 4, 5))
        assert (right.hand, right.acc, right.gyro) == ("right", (6, 7, 8), (9, 10, 11))


def test_gravity_apart_and_taken_out_is_told() -> None:
    labels = ["LinAcc X", "LinAcc Y", "LinAcc Z", "gravity x", "gravity y", "gravity z", "wx"]
    plan = plan_channels("watch right", 7, labels, ["m/s2"] * 6)
    assert plan is not None
    (reading,) = plan.readings([0.0, 0.0, 0.0, 0.0, 0.0, STANDARD_GRAVITY, 7.0], 1.0, None)
    assert reading.gravity == "removed" and reading.gravity_g == pytest.approx((0, 0, 1))
    assert reading.hand == "right" and reading.gyro is None


def test_what_is_no_motion_is_not_guessed() -> None:
    assert plan_channels("EEG", 8, [f"C{n}" for n in range(8)], []) is None
    assert plan_channels("markers", 1, [], []) is None
    plan = plan_channels("imu", 6, [], [])
    assert plan is not None and plan.readings([float("nan")] * 6, 1.0, None) == []
