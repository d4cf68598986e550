"""Packets among noise, lost halves, and what their counts say."""

from __future__ import annotations

import random
import struct

import pytest

from engine.glove.decoding.ble_decoder import BleDecoder
from engine.glove.decoding.framed_decoder import FramedDecoder
from engine.glove.recipes.recipe import BleProfile, FramedRecipe, find_recipe
from tests.engine.glove.decoding.readings import assert_usual

ACC = bytes.fromhex("555166000affd707730b71")
GYRO = bytes.fromhex("5552cd00cffff608730bbe")
DOUBLE = bytes.fromhex("556166000affd707cd00cffff6081c07000000c0")


def framed(name: str) -> FramedDecoder:
    recipe = find_recipe(name)
    assert isinstance(recipe, FramedRecipe)
    return FramedDecoder(recipe)


def profile(name: str) -> BleDecoder:
    recipe = find_recipe(name)
    assert isinstance(recipe, BleProfile)
    return BleDecoder(recipe)


def test_packets_among_noise() -> None:
    noise = random.Random(7)
    decoder = framed("witmotion")
    good = 0
    for _ in range(500):
        data = noise.randbytes(noise.randrange(30)) + ACC + GYRO
        good += len(decoder.feed(data, 1.0))

    # Noise that happens to begin like a packet may swallow what comes after it, seldom.
    assert good > 480
    assert set(decoder.counts.bad) <= {"unsynced", "checksum", "incomplete", "unknown-packet"}


def test_a_checksum_that_is_wrong_is_counted_and_the_next_packet_found() -> None:
    decoder = framed("witmotion")
    bad = ACC[:-1] + b"\0"

    assert decoder.feed(bad + ACC + GYRO, 1.0)
    assert decoder.counts.bad["checksum"] >= 1
    assert decoder.in_a_row == 2


def test_half_a_reading_is_no_reading() -> None:
    decoder = framed("witmotion")
    found = decoder.feed(ACC + GYRO + GYRO + ACC + ACC + GYRO, 1.0)

    assert len(found) == 2
    assert decoder.counts.snapshot() == {"incomplete": 2}
    for reading in found:
        assert_usual(reading)


def test_a_device_that_never_sends_rates_is_handed_on_for_somebody_to_say_so() -> None:
    decoder = framed("witmotion")
    found = decoder.feed(ACC * 100, 1.0)

    assert len(found) > 70
    assert found[-1].acc is not None and found[-1].gyro is None
    decoder.feed(GYRO, 2.0)
    assert_usual(decoder.feed(ACC + GYRO, 2.0)[0])


def test_packets_that_are_known_and_not_used_are_no_trouble() -> None:
    decoder = framed("witmotion")
    other = bytes([0x55, 0x53, 1, 2, 3, 4, 5, 6, 7, 8])

    assert decoder.feed(ACC + GYRO + other + bytes([sum(other) & 0xFF]), 1.0)
    assert decoder.counts.bad == {}


def test_packets_without_checksum_must_follow_each_other() -> None:
    decoder = framed("witmotion-61")

    assert len(decoder.feed(DOUBLE * 3 + b"\x12\x34" + DOUBLE * 2, 1.0)) >= 4
    assert decoder.counts.bad["unsynced"] >= 1


def test_a_packet_that_never_ends_is_dropped_as_it_comes() -> None:
    decoder = framed("x-imu3")
    for _ in range(1000):
        decoder.feed(b"\xc9" * 1000, 1.0)
    whole = bytes.fromhex("c9dbdc0000000000000000004841000040c000000c43cdcc4c3d8fc2f5bd48e17a3f0a")

    assert decoder.counts.snapshot() == {"too-long": 1}
    assert decoder.feed(b"\n" + whole, 1.0)


def test_text_between_binary_packets_is_counted() -> None:
    decoder = framed("x-imu3")
    decoder.feed(b'{"ping":"x-IMU3"}\nI,1,2,3\n', 1.0)

    assert decoder.counts.snapshot() == {"unknown-packet": 2}


def test_opening_anew_forgets_what_was_incomplete() -> None:
    decoder = framed("witmotion")
    decoder.feed(ACC + GYRO[:5], 1.0)
    decoder.reset()

    assert decoder.feed(GYRO[5:] + ACC + GYRO, 2.0)
    assert "incomplete" not in decoder.counts.bad


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        (b"", "wrong-length"),
        (bytes(19), "wrong-length"),
        (bytes(21), "wrong-length"),
    ],
)
def test_the_shape_of_what_is_notified_counts(payload: bytes, kind: str) -> None:
    decoder = profile("myo")

    assert decoder.feed(payload, 1.0) == []
    assert decoder.counts.snapshot() == {kind: 1}


def test_a_characteristic_that_nobody_knows() -> None:
    decoder = profile("myo")

    assert decoder.feed_from("0000180f-0000-1000-8000-00805f9b34fb", b"\x01", 1.0) == []
    assert decoder.counts.snapshot() == {"unknown-packet": 1}


def test_floats_that_are_none_are_counted() -> None:
    decoder = profile("nano-33")
    decoder.feed(struct.pack("<6f", float("nan"), 0, 0, 0, 0, 0), 1.0)
    decoder.feed(struct.pack("<6f", 3e38, 0, 0, 0, 0, 0), 1.0)

    assert decoder.counts.snapshot() == {"not-finite": 1, "out-of-range": 1}


def test_several_samples_of_one_packet_keep_their_own_times() -> None:
    sample = [struct.pack("<H120x6h", i * 10_000, 0, 0, 4096, 0, 0, 0) for i in range(3)]
    packet = struct.pack("<BBII", 3, 4, 1000, 5_000_000) + b"".join(sample)
    found = profile("oglo").feed(packet, 2.0)

    assert [r.stamp_s for r in found] == pytest.approx([5.0, 5.01, 5.02])
    assert [r.arrival_s for r in found] == pytest.approx([1.98, 1.99, 2.0])
    assert [r.sequence for r in found] == [1000, 1001, 1002]
