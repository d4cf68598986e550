"""Every device's example decodes to what it encodes."""

from __future__ import annotations

import json
import struct
from itertools import pairwise

import pytest

from engine.glove.decoding.ble_decoder import BleDecoder
from engine.glove.decoding.datagrams import SlimeVrDecoder, WearOsDecoder, recognise_datagram
from engine.glove.decoding.decoder import Decoder
from engine.glove.decoding.framed_decoder import FramedDecoder
from engine.glove.decoding.phone_json import SensorLoggerDecoder, SensorServerDecoder
from engine.glove.decoding.phyphox import PhyphoxDecoder
from engine.glove.decoding.text_decoder import TextDecoder
from engine.glove.reading import Reading
from engine.glove.recipes.recipe import BleProfile, FramedRecipe, TextRecipe, find_recipe
from tests.engine.glove.decoding.readings import ACC_G, assert_usual

OWN = (
    b"#signmirror 1 hand=L cols=t:us,seq,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps\n"
    b"1234567,17,0.05,-0.12,0.98,12.5,-3,140\n"
)
SIDE = "0.49,-1.18,9.61,0.218,-0.052,2.443,1.0,2.0,3.0,510,498,530,601,455"
HANDS = "1638.00,-393.00,18340.00,819.00,-1966.00,16056.00"

TEXTS = {
    "signglove-hw": (
        "41230,4.10,-7.00,0.00,0.050,-0.120,0.980,512,498,530,601,455\r\n",
        {"gyro": False},
    ),
    "all-mocap": (f"[Sensor] 5210,{SIDE},{SIDE}\n", {}),
    "vr-gloves-handspeak": (f"1,2,3,4,5,6,7,8,9,10,{HANDS},{HANDS}\n", {}),
    "luva-json": (
        '{"flex":[510,498,530,601,455],"aceleracao":[0.49,-1.18,9.61]}',
        {"gyro": False},
    ),
    "imu-plotter": ("Ax: 0.05 Ay: -0.12 Az: 0.98 | Gx: 12.50 Gy: -3.00 Gz: 140.00\n", {}),
    "asl-translator": ("512,498,530,601,455,0.05,-0.12,0.98,12.5,-3,140\n", {}),
    "x-imu3-text": ("I,1234567,12.5000,-3.0000,140.0000,0.0500,-0.1200,0.9800\n", {}),
    "hyperimu": ("1790000000000,0.49,-1.18,9.61,0.218,-0.052,2.443\n", {}),
}
PACKETS = {
    "witmotion": "555166000affd707730b71" + "5552cd00cffff608730bbe",
    "witmotion-61": "556166000affd707cd00cffff6081c07000000c0",
    "x-imu3": "c9dbdc0000000000000000004841000040c000000c43cdcc4c3d8fc2f5bd48e17a3f0a",
}
FLOATS = struct.pack("<6f", *ACC_G, 12.5, -3.0, 140.0).hex()
STEADY = "0688fe6f4925"
PROFILES = {
    "witmotion-ble": [("", "556166000affd707cd00cffff6081c07000000c0")],
    "myo": [("", "004000000000000066000affd707c800d0ffc008")],
    "xsens-dot": [("", "80e3ffff48e1fa3e3d0a97bf8fc2194100004841000040c000000c43001000000000")],
    "metawear": [("", "0304cd0014feae0f"), ("", "1305cd00cffff808")],
    "muse": [
        ("273e000a", "ffff" + 3 * "0334f8523eb8"),
        ("273e0009", "ffff" + 3 * STEADY),
    ],
    "thingy-52": [("", struct.pack("<9h", 51, -123, 1004, 400, -96, 4480, 0, 0, 0).hex())],
    "adafruit": [
        ("adaf0201", struct.pack("<3f", 0.4903, -1.1768, 9.6105).hex()),
        ("adaf0401", struct.pack("<3f", 0.21817, -0.05236, 2.44346).hex()),
    ],
    "nano-33": [("", FLOATS)],
    "oglo": [("", (struct.pack("<BBIIH", 1, 4, 7, 5_000_000, 0) + bytes(120)).hex()
              + struct.pack("<6h", 205, -492, 4014, 205, -49, 2296).hex())],
    "mocap-sender": [("", struct.pack("<14f", 0.49, -1.18, 9.61, 0.218, -0.052, 2.443,
                                      1, 2, 3, 510, 498, 530, 601, 455).hex())],
}  # fmt: skip


def only(decoder: Decoder, data: bytes) -> Reading:
    (reading,) = decoder.feed(data, 1.0)
    assert decoder.counts.bad == {}
    assert decoder.counts.good == 1
    return reading


def text(name: str) -> TextRecipe:
    recipe = find_recipe(name)
    assert isinstance(recipe, TextRecipe)
    return recipe


def test_our_own_lines_say_themselves_what_they_hold() -> None:
    reading = only(TextDecoder(), OWN)

    assert_usual(reading)
    assert (reading.hand, reading.sequence, reading.gravity) == ("left", 17, "included")
    assert reading.stamp_s == pytest.approx(1.234567)


@pytest.mark.parametrize("name", TEXTS)
def test_lines_of_text(name: str) -> None:
    line, lacks = TEXTS[name]
    readings = TextDecoder(text(name)).feed(line.encode(), 1.0)

    assert readings
    for reading in readings:
        assert_usual(reading, **lacks)
        assert (reading.gyro is None) == bool(lacks)


def test_a_line_of_both_hands_gives_one_reading_each() -> None:
    line = TEXTS["vr-gloves-handspeak"][0].encode()
    left, right = TextDecoder(text("vr-gloves-handspeak")).feed(line, 1.0)

    assert (left.hand, right.hand) == ("left", "right")
    assert (left.flex, right.flex) == ((1, 2, 3, 4, 5), (6, 7, 8, 9, 10))


def test_a_glove_that_does_not_say_which_hand_has_channels_all_the_same() -> None:
    slave, master = TextDecoder(text("all-mocap")).feed(TEXTS["all-mocap"][0].encode(), 1.0)

    assert (slave.channel, slave.hand) == ("slave", None)
    assert master.channel == "master"
    assert master.stamp_s == pytest.approx(5.21)
    assert master.angles_deg == (1.0, 2.0, 3.0)


def test_orientation_and_flexes_of_signglove() -> None:
    reading = only(TextDecoder(text("signglove-hw")), TEXTS["signglove-hw"][0].encode())

    assert reading.angles_deg == (-7.0, 4.1, 0.0)
    assert reading.flex == (512, 498, 530, 601, 455)
    assert reading.stamp_s == pytest.approx(41.23)


def test_a_glove_without_gravity_says_so() -> None:
    line = (
        b"1801,9120,8830,9011,7644,1.0000,0.0000,0.0000,0.0000,0.120,-0.300,0.050,"
        b"12.50,-3.00,140.00\n"
    )
    reading = only(TextDecoder(text("iot-sign-glove")), line)

    assert_usual(reading, acc=False)
    assert reading.acc == pytest.approx((0.012237, -0.030592, 0.005099), abs=1e-5)
    assert (reading.gravity, reading.quaternion) == ("removed", (1.0, 0.0, 0.0, 0.0))


def test_a_glove_of_angles_has_twelve_with_or_without_time() -> None:
    angles = [str(a) for a in range(-60, 60, 10)]
    for apart in (",", " ", "\t", ";"):
        decoder = TextDecoder(text("vsl-letters-glove"))
        bare = only(decoder, (apart.join(angles) + "\n").encode())
        assert bare.angles_deg == tuple(range(-60, 60, 10))
        (timed,) = decoder.feed((apart.join(["1200", *angles]) + "\n").encode(), 1.0)
        assert timed.angles_deg == bare.angles_deg


@pytest.mark.parametrize("name", PACKETS)
def test_framed_packets(name: str) -> None:
    recipe = find_recipe(name)
    assert isinstance(recipe, FramedRecipe)
    packet = bytes.fromhex(PACKETS[name])

    assert_usual(only(FramedDecoder(recipe), packet))
    piecewise = FramedDecoder(recipe)
    found = [r for i in range(len(packet)) for r in piecewise.feed(packet[i : i + 1], 1.0)]
    assert_usual(found[0])


def test_stuffed_bytes_are_what_they_stand_for() -> None:
    recipe = find_recipe("x-imu3")
    assert isinstance(recipe, FramedRecipe)

    reading = only(FramedDecoder(recipe), bytes.fromhex(PACKETS["x-imu3"]))
    assert reading.stamp_s == pytest.approx(10e-6)


@pytest.mark.parametrize("name", PROFILES)
def test_notifications(name: str) -> None:
    profile = find_recipe(name)
    assert isinstance(profile, BleProfile)
    decoder = BleDecoder(profile)
    found: list[Reading] = []
    for start, payload in PROFILES[name]:
        uuid = next(c.uuid for c in profile.characteristics if c.uuid.startswith(start))
        found += decoder.feed_from(uuid.upper(), bytes.fromhex(payload), 1.0)

    assert found
    assert decoder.counts.bad == {}
    for reading in found:
        assert_usual(reading)


def test_samples_that_share_a_packet_are_spread_over_time() -> None:
    profile = find_recipe("muse")
    assert isinstance(profile, BleProfile)
    decoder = BleDecoder(profile)
    acc, gyro = (c.uuid for c in profile.characteristics)
    found: list[Reading] = []
    for i, count in enumerate(("fffe", "ffff", "0000")):
        decoder.feed_from(acc, bytes.fromhex(count + 3 * "0334f8523eb8"), i * 3 / 52)
        found += decoder.feed_from(gyro, bytes.fromhex(count + 3 * STEADY), i * 3 / 52)

    steps = [b.arrival_s - a.arrival_s for a, b in pairwise(found)]
    assert steps == pytest.approx([1 / 52] * 8)
    first = found[0].sequence
    assert first is not None
    assert [r.sequence for r in found] == list(range(first, first + 9)), "the count has wrapped"


def test_dot_wraps_its_clock_after_71_minutes() -> None:
    profile = find_recipe("xsens-dot")
    assert isinstance(profile, BleProfile)
    decoder = BleDecoder(profile)
    packet = bytes.fromhex(PROFILES["xsens-dot"][0][1])
    (before,) = decoder.feed(packet, 1.0)
    (after,) = decoder.feed(struct.pack("<I", 9_376) + packet[4:], 1.017)

    assert before.stamp_s is not None and after.stamp_s is not None
    assert after.stamp_s - before.stamp_s == pytest.approx(0.016672, abs=1e-6)


def test_metawear_of_the_other_kind_has_its_gyroscope_elsewhere() -> None:
    profile = find_recipe("metawear")
    assert isinstance(profile, BleProfile)
    decoder = BleDecoder(profile)
    decoder.feed(bytes.fromhex("0304cd0014feae0f"), 1.0)

    assert_usual(only(decoder, bytes.fromhex("1304cd00cffff808")))


def test_luva_notifies_whole_objects() -> None:
    profile = find_recipe("luva")
    assert isinstance(profile, BleProfile)
    reading = only(BleDecoder(profile), TEXTS["luva-json"][0].encode())

    assert_usual(reading, gyro=False)


def test_text_over_bluetooth_may_be_cut_anywhere() -> None:
    for name in ("nus-text", "hm-10-text"):
        profile = find_recipe(name)
        assert isinstance(profile, BleProfile)
        decoder = BleDecoder(profile)
        found = [r for i in range(0, len(OWN), 20) for r in decoder.feed(OWN[i : i + 20], 1.0)]
        assert_usual(found[0])


def test_slimevr_tells_orientation_and_acceleration_but_no_rates() -> None:
    decoder = SlimeVrDecoder()
    turn = struct.pack(">IQBB4fB", 17, 76, 0, 1, 0.0, 0.0, 0.0, 1.0, 0)
    fixture = bytes.fromhex("00000004000000000000004d3f000000be4ccccd3dcccccd00")

    assert isinstance(recognise_datagram(fixture), SlimeVrDecoder)
    assert decoder.feed(turn, 1.0) == []
    reading = only(decoder, fixture)
    assert reading.acc == pytest.approx([v / 9.80665 for v in (0.5, -0.2, 0.1)], abs=1e-6)
    assert (reading.gravity, reading.gyro) == ("removed", None)
    assert reading.quaternion == (1.0, 0.0, 0.0, 0.0)
    assert decoder.answer(struct.pack(">IQ", 3, 0)) and decoder.answer(fixture) is None


def test_slimevr_bundles() -> None:
    inner = [
        struct.pack(">IBB4fB", 17, 1, 1, 0.0, 0.0, 0.0, 1.0, 0),
        struct.pack(">I3fB", 4, 0.5, -0.2, 0.1, 1),
    ]
    bundle = struct.pack(">IQ", 100, 5) + b"".join(struct.pack(">H", len(p)) + p for p in inner)

    assert only(SlimeVrDecoder(), bundle).channel == "sensor 1"


def test_wear_os() -> None:
    values = [0.0] * 28
    values[1:5] = [14.0, 5.0, 30.0, 250_000_000.0]
    values[10:13] = [0.21817, -0.05236, 2.44346]
    values[16:19] = [0.0, 0.0, 0.0]
    values[20:23] = [0.4903, -1.1768, 9.6105]
    packet = struct.pack(">28f", *values)

    assert isinstance(recognise_datagram(packet), WearOsDecoder)
    reading = only(WearOsDecoder(), packet)
    assert_usual(reading, acc=False)
    assert reading.gravity_g == pytest.approx(ACC_G, abs=1e-4)
    assert reading.stamp_s == pytest.approx(14 * 3600 + 5 * 60 + 30.25, abs=1e-3)


def sensor_server(kind: str, values: list[float], stamp: int = 88123000000) -> bytes:
    message = {"accuracy": 3, "timestamp": stamp, "type": f"android.sensor.{kind}"}
    return json.dumps({**message, "values": values}).encode()


def test_sensor_server_sends_accelerations_and_rates_apart() -> None:
    decoder = SensorServerDecoder()

    assert decoder.feed(sensor_server("accelerometer", [0.49, -1.18, 9.61]), 1.0) == []
    reading = only(decoder, sensor_server("gyroscope", [0.218, -0.052, 2.443]))
    assert_usual(reading)
    assert reading.stamp_s == pytest.approx(88.123)


def logged(*entries: tuple[str, int, dict[str, float]]) -> bytes:
    payload = [{"name": n, "time": t, "values": v} for n, t, v in entries]
    body = {"messageId": 7, "sessionId": "s", "deviceId": "d", "payload": payload}
    return json.dumps(body).encode()


def test_sensor_logger_of_a_watch() -> None:
    values = {
        "rotationRateX": 0.218, "rotationRateY": -0.052, "rotationRateZ": 2.443,
        "accelerationX": 0.01, "accelerationY": -0.02, "accelerationZ": 0.0,
        "gravityX": 0.04, "gravityY": -0.10, "gravityZ": 0.98,
    }  # fmt: skip
    reading = only(SensorLoggerDecoder(), logged(("wrist motion", 1790000000000000000, values)))

    assert_usual(reading, acc=False)
    assert reading.acc is not None and reading.gravity_g is not None
    total = [a + g for a, g in zip(reading.acc, reading.gravity_g, strict=True)]
    assert total == pytest.approx(ACC_G)
    assert reading.stamp_s == pytest.approx(1790000000.0)
    assert reading.channel == "d-watch"


def test_sensor_logger_of_a_phone_comes_out_of_order() -> None:
    at = 1790000000000000000
    step = 10_000_000
    xyz = lambda x, y, z: {"x": x, "y": y, "z": z}  # noqa: E731
    body = logged(
        ("gyroscope", at + step, xyz(0.3, 0, 0)),
        ("gyroscope", at, xyz(0.218, -0.052, 2.443)),
        ("accelerometer", at, xyz(0.0, 0.0, 0.0)),
        ("gravity", at, xyz(0.49, -1.18, 9.61)),
    )
    decoder = SensorLoggerDecoder()
    first, second = decoder.feed(body, 2.0)

    assert_usual(first, acc=False)
    assert first.gravity == "removed" and first.gravity_g == pytest.approx(ACC_G, abs=1e-3)
    assert (first.arrival_s, second.arrival_s) == pytest.approx((1.99, 2.0))
    assert decoder.feed(body, 2.1) == [], "sent twice"
    assert decoder.counts.bad == {"out-of-order": 4}


def test_phyphox_is_cut_to_the_shortest_and_asks_for_the_rest() -> None:
    def answer(session: str, **arrays: list[float]) -> bytes:
        told = {n: {"size": 0, "updateMode": "partial", "buffer": a} for n, a in arrays.items()}
        status = {"session": session, "measuring": True}
        return json.dumps({"buffer": told, "status": status}).encode()

    decoder = PhyphoxDecoder()
    arrays = {
        "acc_time": [3.01, 3.02], "accX": [0.49, 0.49], "accY": [-1.18, -1.18],
        "accZ": [9.61, 9.61], "gyr_time": [3.01, 3.02], "gyrX": [0.218, 0.218],
        "gyrY": [-0.052, -0.052], "gyrZ": [2.443],
    }  # fmt: skip
    assert "acc_time=full&accX=full" in decoder.query()
    (reading,) = decoder.feed(answer("k3", **arrays), 1.0)
    assert_usual(reading)
    assert decoder.counts.bad == {"unequal": 1}
    assert "acc_time=3.02&accX=3.02%7Cacc_time" in decoder.query()
    assert "gyr_time=3.01&gyrX=3.01%7Cgyr_time" in decoder.query()
    decoder.feed(answer("k4"), 2.0)
    assert "acc_time=full" in decoder.query(), "another session has another clock"
