"""Open Sound Control from everybody's apps; packets are written by python-osc."""

from __future__ import annotations

import math
import struct

import pytest
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder

from engine.glove.decoding.forms.osc_packet import osc_messages
from engine.glove.decoding.osc_decoder import OscDecoder
from engine.glove.reading import Reading
from tests.engine.glove.decoding.readings import ACC_G, GYRO_DPS, assert_usual

MS2 = tuple(v * 9.80665 for v in ACC_G)
RADS = tuple(math.radians(v) for v in GYRO_DPS)

Message = tuple[str, tuple[float, ...]]


def message(address: str, values: tuple[float, ...]) -> bytes:
    builder = OscMessageBuilder(address)
    for value in values:
        builder.add_arg(float(value), "f")
    return builder.build().dgram


def bundle(*messages: Message, at: int = IMMEDIATELY) -> bytes:
    builder = OscBundleBuilder(at)
    for address, values in messages:
        inner = OscMessageBuilder(address)
        for value in values:
            inner.add_arg(float(value), "f")
        builder.add_content(inner.build())
    return builder.build().dgram


def one_by_one(*messages: Message, step_s: float = 0.0005) -> list[Reading]:
    decoder = OscDecoder()
    found: list[Reading] = []
    for i, (address, values) in enumerate(messages):
        found += decoder.feed(message(address, values), 1.0 + i * step_s)
    assert decoder.counts.bad == {}
    return found


def test_our_own_address() -> None:
    decoder = OscDecoder()
    values = (12.25, *ACC_G, *GYRO_DPS)
    (reading,) = decoder.feed(message("/signmirror/left/imu", values), 1.0)

    assert_usual(reading)
    assert (reading.hand, reading.channel, reading.gravity) == ("left", "left", "included")
    assert reading.stamp_s == 12.25
    decoder.feed(message("/signmirror/middle/imu", values), 1.0)
    decoder.feed(message("/signmirror/left/imu", values[:5]), 1.0)
    assert decoder.counts.snapshot() == {"wrong-count": 2}


@pytest.mark.parametrize(
    ("messages", "channel"),
    [
        ([("/accelerometer", MS2), ("/gyroscope", RADS)], ""),
        ([("/muse/acc", ACC_G), ("/muse/gyro", GYRO_DPS)], "muse"),
        ([("/sensors", (*GYRO_DPS, *ACC_G, 20.0, 3.0, -40.0, 1013.0))], ""),
        (
            [
                *((f"/acc{a}", (v,)) for a, v in zip("XYZ", ACC_G, strict=True)),
                *((f"/gyro{a}", (v,)) for a, v in zip("XYZ", GYRO_DPS, strict=True)),
            ],
            "",
        ),
        (
            [
                *((f"/accelerometer/{a}", (v,)) for a, v in zip("XYZ", MS2, strict=True)),
                *((f"/gyroscope/{a}", (v,)) for a, v in zip("XYZ", RADS, strict=True)),
            ],
            "",
        ),
    ],
    ids=["sensors2osc", "muse", "ngimu", "m5stick", "sensors2osc-scalars"],
)
def test_apps_and_boards(messages: list[Message], channel: str) -> None:
    (reading,) = one_by_one(*messages)

    assert_usual(reading)
    assert (reading.channel, reading.gravity) == (channel, "included")


@pytest.mark.parametrize("app", ["ZIGSIM/one", "gyrosc"])
def test_apps_that_take_gravity_out(app: str) -> None:
    rates, gravity = ("gyro", "gravity") if app != "gyrosc" else ("rrate", "grav")
    packet = bundle(
        (f"/{app}/{rates}", RADS), (f"/{app}/accel", (0.01, 0.0, 0.0)), (f"/{app}/{gravity}", ACC_G)
    )
    (reading,) = OscDecoder().feed(packet, 1.0)

    assert_usual(reading, acc=False)
    assert reading.gravity == "removed"
    assert reading.gravity_g == pytest.approx(ACC_G)
    assert reading.channel == app


def test_gravity_in_either_unit() -> None:
    for gravity in (ACC_G, MS2):
        (reading,) = OscDecoder().feed(
            bundle(("/x/gravity", gravity), ("/x/accel", (0, 0, 0)), ("/x/gyro", RADS)), 1.0
        )
        assert reading.gravity_g == pytest.approx(ACC_G, abs=1e-5)


def test_the_gyro_of_gyrosc_is_angles() -> None:
    assert one_by_one(("/gyrosc/accel", ACC_G), ("/gyrosc/gyro", (0.1, 0.2, 0.3))) == []


@pytest.mark.parametrize("days", [-1, 1, 300])
def test_bundles_are_taken_when_they_come(days: int) -> None:
    at = 1_790_000_000 + days * 86_400
    (reading,) = OscDecoder().feed(bundle(("/sensors", (*GYRO_DPS, *ACC_G)), at=at), 1.0)

    assert_usual(reading)
    assert reading.stamp_s == pytest.approx(at + 2_208_988_800, abs=1e-3)


def test_two_devices_at_once() -> None:
    decoder = OscDecoder()
    found: list[Reading] = []
    for name in ("left arm", "right arm"):
        found += decoder.feed(bundle((f"/{name}/acc", ACC_G), (f"/{name}/gyro", RADS)), 1.0)

    assert [reading.channel for reading in found] == ["left arm", "right arm"]


def test_scalars_that_come_too_far_apart_are_no_moment() -> None:
    decoder = OscDecoder()
    for i, axis in enumerate("XYZ"):
        assert decoder.feed(message(f"/acc{axis}", (0.1,)), 1.0 + 0.004 * i) == []

    assert decoder.counts.snapshot() == {"incomplete": 1}


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"/acc",
        b"/acc\0\0\0\0,ff\0\0\0\0",
        b"#bundle\0",
        b"#bundle\0" + bytes(8) + b"\xff\xff\xff\xf0",
        b"#bundle\0" + bytes(8) + b"\0\0\0\x08#bundle\0",
        b"/acc\0\0\0\0,\xff\0\0",
        b"/acc\0\0\0\0,b\0\0\xff\xff\xff\xf0",
        b"/acc\0\0\0\0,q\0\0",
    ],
)
def test_what_is_no_packet_is_counted(packet: bytes) -> None:
    decoder = OscDecoder()

    assert decoder.feed(packet, 1.0) == []
    assert decoder.counts.snapshot() == {"unparsable": 1}


def test_bundles_in_bundles_have_an_end() -> None:
    packet = message("/acc", ACC_G)
    for _ in range(50):
        packet = b"#bundle\0" + bytes(7) + b"\x01" + struct.pack(">i", len(packet)) + packet

    with pytest.raises(ValueError, match="bundle"):
        osc_messages(packet)


def test_numbers_that_are_none_and_addresses_that_are_not_known() -> None:
    decoder = OscDecoder()
    decoder.feed(message("/acc", (math.nan, 0, 0)), 1.0)
    decoder.feed(message("/signmirror/left/imu", (1, 1e9, 0, 0, 0, 0, 0)), 1.0)
    decoder.feed(message("/touch/1", (0.5,)), 1.0)

    assert decoder.counts.snapshot() == {
        "not-finite": 1,
        "out-of-range": 1,
        "unknown-address": 1,
    }


def test_addresses_without_end_take_no_memory() -> None:
    decoder = OscDecoder()
    for i in range(1000):
        decoder.feed(message(f"/{i}/accX", (0.1,)), 1.0)
        decoder.feed(message(f"/{i}/gyro", RADS), 1.0)

    assert decoder.counts.bad["too-many-channels"] > 1500
