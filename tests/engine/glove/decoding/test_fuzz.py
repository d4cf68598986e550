"""Whatever comes, no decoder raises, forgets to count, or grows."""

from __future__ import annotations

import json
import math
import random
import struct
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from engine.glove.completing import Completion, complete
from engine.glove.decoding.ble_decoder import BleDecoder
from engine.glove.decoding.datagrams import SlimeVrDecoder, WearOsDecoder, recognise_datagram
from engine.glove.decoding.decoder import Decoder
from engine.glove.decoding.framed_decoder import FramedDecoder
from engine.glove.decoding.osc_decoder import OscDecoder
from engine.glove.decoding.phone_json import SensorLoggerDecoder, SensorServerDecoder
from engine.glove.decoding.phyphox import PhyphoxDecoder
from engine.glove.decoding.text_decoder import TextDecoder
from engine.glove.detection.format import FormatDetector
from engine.glove.reading import Reading
from engine.glove.recipes.recipe import (
    BleProfile,
    FramedRecipe,
    TextRecipe,
    load_recipes,
    parse_columns,
)

KINDS = {
    "text", "binary", "too-long", "unparsable", "wrong-count", "wrong-length", "not-finite",
    "out-of-range", "no-header", "bad-header", "checksum", "unsynced", "unknown-packet",
    "incomplete", "backward-clock", "future-clock", "unknown-address", "too-many-channels",
    "out-of-order", "unequal",
}  # fmt: skip
HEADER = b"#signmirror 1 hand=L cols=t:us,seq:u8,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps\n"
NUMBERS = (
    "0", "-1", "1e9", "nan", "inf", "-inf", "1e308", "9" * 400, "--", "", "0x10", "1_0", "é",
    "4294967295", "255", "65535", "-0.0", "1,5", "\x00",
)  # fmt: skip

Maker = Callable[[random.Random], bytes]


@dataclass
class Line:
    """A decoder, and what is sent to it."""

    decoder: Decoder
    make: Maker
    fed: Callable[[bytes, float], list[Reading]]


def number(rng: random.Random) -> str:
    return rng.choice(NUMBERS) if rng.random() < 0.04 else f"{rng.gauss(0, 30):.3f}"


def own_line(rng: random.Random) -> bytes:
    if rng.random() < 0.02:
        return HEADER.replace(b"ax:g", rng.choice([b"ax:g", b"ax:stone", b"ax", b"flex"]))
    count = 8 if rng.random() < 0.8 else rng.randrange(20)
    values = [number(rng) for _ in range(count)]
    if count == 8:
        values[0] = str(rng.choice([0, 2**32 - 1, rng.randrange(2**32), 2**40]))
        values[1] = str(rng.randrange(256))
    return rng.choice([b",", b";", b"\t", b" "]).join(v.encode() for v in values) + b"\n"


def lines_of(recipe: TextRecipe) -> Maker:
    """Mostly as many numbers as the recipe wants."""
    wanted = len(parse_columns(recipe.columns))

    def make(rng: random.Random) -> bytes:
        count = wanted if rng.random() < 0.8 else rng.randrange(20)
        values = ",".join(number(rng) for _ in range(count))
        return f"{recipe.prefix}{values}\n".encode()

    return make


def plotter_line(rng: random.Random) -> bytes:
    names = rng.sample(["Ax", "Ay", "Az", "Gx", "Gy", "Gz", "T"], rng.randrange(4, 8))
    return " ".join(f"{n}: {number(rng)}" for n in names).encode() + b"\r\n"


def json_line(rng: random.Random) -> bytes:
    values: list[object] = [rng.gauss(0, 5) for _ in range(rng.choice([3, 3, 3, 2, 4]))]
    if rng.random() < 0.2:
        values[0] = rng.choice([None, True, "x", math.nan, 10**400, [], {}])
    return json.dumps({"flex": [1, 2, 3, 4, 5], "aceleracao": values}).encode() + b"\n"


def wit_packet(rng: random.Random) -> bytes:
    body = bytes([0x55, rng.choice([0x51, 0x52, rng.randrange(256)])]) + rng.randbytes(8)
    return body + bytes([(sum(body) + (rng.random() < 0.1)) & 0xFF])


def ximu3_packet(rng: random.Random) -> bytes:
    body = b"\xc9" + struct.pack("<Q", rng.randrange(2**40)) + rng.randbytes(24)
    return body.replace(b"\xdb", b"\xdb\xdd").replace(b"\n", b"\xdb\xdc") + b"\n"


def osc_packet(rng: random.Random) -> bytes:
    name = rng.choice(["acc", "gyro", "accX", "gravity", "quaternion", "sensors", "x/y"])
    count = rng.choice([1, 3, 4, 7])
    strange = (math.nan, 1e30)
    floats = [rng.choice(strange) if rng.random() < 0.05 else rng.gauss(0, 2) for _ in range(count)]
    address = f"/{rng.randrange(40)}/{name}".encode()
    tags = b"," + count * b"f"
    padded = b"".join(t + bytes(4 - len(t) % 4) for t in (address, tags))
    return padded + struct.pack(f">{count}f", *floats)


def phone_message(rng: random.Random) -> bytes:
    kind = rng.choice(["accelerometer", "gyroscope", "gravity", "rotation_vector", "light"])
    values: list[float | None] = [rng.gauss(0, 5) for _ in range(rng.choice([2, 3, 3, 4]))]
    values[0] = rng.choice([values[0], values[0], math.inf, None])
    message = {"type": f"android.sensor.{kind}", "timestamp": rng.randrange(10**13)}
    return json.dumps({**message, "values": values}).encode()


def logger_body(rng: random.Random) -> bytes:
    entries = [
        {
            "name": rng.choice(["accelerometer", "gravity", "gyroscope", "orientation", "x"]),
            "time": rng.choice([1.79e18 + rng.randrange(10**11), None, -1, 10**30]),
            "values": {axis: rng.gauss(0, 5) for axis in rng.sample("xyz", rng.choice([2, 3, 3]))},
        }
        for _ in range(rng.randrange(6))
    ]
    return json.dumps({"sessionId": "s", "deviceId": "d", "payload": entries}).encode()


def phyphox_answer(rng: random.Random) -> bytes:
    names = [f"{s}{a}" for s in ("acc", "gyr") for a in ("_time", "X", "Y", "Z")]
    sent = {
        name: {"buffer": [rng.choice([rng.random() * 10, None]) for _ in range(rng.randrange(4))]}
        for name in names
    }
    return json.dumps({"buffer": sent, "status": {"session": rng.choice("ab")}}).encode()


def slime_packet(rng: random.Random) -> bytes:
    kind = rng.choice([1, 4, 17, 100, 3, 999])
    return struct.pack(">IQ", kind, rng.randrange(2**63)) + rng.randbytes(rng.randrange(40))


def wear_packet(rng: random.Random) -> bytes:
    values = [12.0 if rng.random() < 0.5 else rng.gauss(0, 5) for _ in range(28)]
    values[10] = rng.choice([0.5, math.nan])
    return struct.pack(">28f", *values)


def damaged(rng: random.Random, packet: bytes) -> bytes:
    """One in four is cut, doubled, changed, replaced by noise, or huge."""
    chance = rng.random()
    if chance > 0.25:
        return packet
    if chance < 0.05:
        return packet[: rng.randrange(len(packet) + 1)]
    if chance < 0.10:
        return packet + packet
    if chance < 0.15 and packet:
        at = rng.randrange(len(packet))
        return packet[:at] + rng.randbytes(1) + packet[at + 1 :]
    if chance < 0.249:
        return rng.randbytes(rng.randrange(60))
    return rng.randbytes(20) * 300


def all_lines() -> list[Line]:
    found: list[Line] = []

    def add(decoder: Decoder, make: Maker) -> None:
        found.append(Line(decoder, make, decoder.feed))

    def notified(profile: BleProfile) -> None:
        decoder = BleDecoder(profile)
        uuids = [c.uuid for c in profile.characteristics]
        lengths = [sorted(c.lengths or {20, 144}) for c in profile.characteristics]
        ids = [[bytes.fromhex(p.id) for p in c.packets] or [b"{"] for c in profile.characteristics]

        def make(rng: random.Random) -> bytes:
            i = rng.randrange(len(uuids))
            start = rng.choice(ids[i])
            return bytes([i]) + start + rng.randbytes(rng.choice(lengths[i]) - len(start))

        def feed(data: bytes, arrival_s: float) -> list[Reading]:
            uuid = uuids[data[0] % len(uuids)] if data else "unknown"
            return decoder.feed_from(uuid, data[1:], arrival_s)

        found.append(Line(decoder, make, feed))

    own = TextDecoder()
    own.feed(HEADER, 0.0)
    add(own, own_line)
    add(TextDecoder(), own_line)
    for recipe in load_recipes():
        if isinstance(recipe, BleProfile):
            notified(recipe)
        elif isinstance(recipe, FramedRecipe):
            add(FramedDecoder(recipe), ximu3_packet if recipe.terminator else wit_packet)
        else:
            columns = lines_of(recipe)
            form = json_line if recipe.keys else plotter_line if recipe.labels else columns
            add(TextDecoder(recipe), form)
    others: tuple[tuple[Decoder, Maker], ...] = (
        (OscDecoder(), osc_packet),
        (SensorServerDecoder(), phone_message),
        (SensorLoggerDecoder(), logger_body),
        (PhyphoxDecoder(), phyphox_answer),
        (SlimeVrDecoder(), slime_packet),
        (WearOsDecoder(), wear_packet),
    )
    for decoder, make in others:
        add(decoder, make)
    return found


def fuzz(count: int, seed: int) -> tuple[int, int]:
    """How many readings came of `count` lines and packets, and what else was counted."""
    rng = random.Random(seed)
    lines = all_lines()
    completions = [Completion("fuzz") for _ in lines]
    readings = 0
    for i in range(count):
        at = i % len(lines)
        line = lines[at]
        data = damaged(rng, line.make(rng))
        # Arrivals are monotone: it is the host's clock.
        found = line.fed(data, i * 1e-3)
        readings += len(found)
        for reading in found[:2]:
            complete(reading, completions[at])
            assert all(map(math.isfinite, (*(reading.acc or ()), *(reading.gyro or ()))))
        if rng.random() < 0.0005:
            line.decoder.reset()
        if i % 97 == 0:
            recognise_datagram(data)
    kinds = {kind for line in lines for kind in line.decoder.counts.bad}
    assert kinds == KINDS, kinds ^ KINDS
    troubled = sum(sum(line.decoder.counts.bad.values()) for line in lines)
    assert all(line.decoder.counts.bad for line in lines), "each was damaged, and says so"
    assert readings == sum(line.decoder.counts.good for line in lines)
    return readings, troubled


def test_twenty_thousand_lines_and_packets() -> None:
    readings, troubled = fuzz(20_000, seed=1)

    assert readings > 1000 and troubled > 3000


@pytest.mark.soak
def test_a_million_lines_and_packets() -> None:
    fuzz(20_000, seed=2)
    tracemalloc.start()
    try:
        readings, troubled = fuzz(1_000_000, seed=3)
        held, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{readings} readings, {troubled} counted, {most / 2**20:.1f} MB at most")
    assert most < 16 * 2**20, held


def test_a_detector_of_noise_stays_small() -> None:
    rng = random.Random(4)
    detector = FormatDetector()
    makers = (own_line, wit_packet, plotter_line, lambda r: r.randbytes(200))
    tracemalloc.start()
    try:
        for i in range(5000):
            detector.feed(damaged(rng, rng.choice(makers)(rng)), i * 0.01)
            if i % 50 == 0:
                detector.verdict()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * 2**20
