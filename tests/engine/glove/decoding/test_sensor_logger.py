"""Batches of a phone, which may be long on their way."""

from __future__ import annotations

import json

import pytest

from engine.glove.decoding.phone_json import SensorLoggerDecoder


def batch(first: int, count: int) -> bytes:
    """Both sensors at 100 Hz."""
    entries = [
        {"name": name, "time": round((100 + n / 100) * 1e9), "values": {"x": 0.1, "y": 0.2, "z": n}}
        for n in range(first, first + count)
        for name in ("totalacceleration", "gyroscope")
    ]
    return json.dumps({"deviceId": "phone", "sessionId": "one", "payload": entries}).encode()


def test_a_batch_that_was_held_up_turns_no_time_back() -> None:
    decoder = SensorLoggerDecoder()
    # The first came half a second late, the second at once after it.
    readings = [*decoder.feed(batch(0, 20), 10.5), *decoder.feed(batch(20, 20), 10.52)]
    arrivals = [reading.arrival_s for reading in readings]
    assert len(readings) == 40 and arrivals == sorted(arrivals)
    assert arrivals[0] == pytest.approx(10.31) and arrivals[-1] == 10.52
