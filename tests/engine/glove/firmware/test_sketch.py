"""The Arduino sketch, compiled for this computer around a sensor of known registers."""

from __future__ import annotations

import itertools
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from engine.glove.decoding.text_decoder import TextDecoder
from engine.paths import ASSETS

HERE = Path(__file__).parent
SKETCH = ASSETS / "glove" / "signmirror_glove" / "signmirror_glove.ino"
ACC_G, GYRO_DPS = (0.05, -0.12, 0.98), (12.5, -3.0, 140.0)

# First register, byte order, g and °/s a count, and where acceleration and rate begin.
SENSORS = {
    "SENSOR_MPU6050": (0x3B, ">", 1 / 8192, 1 / 32.8, 0, 8),
    "SENSOR_LSM6DS3": (0x22, "<", 0.000122, 0.035, 6, 0),
    "SENSOR_BNO055": (0x08, "<", 1 / 1000, 1 / 16, 0, 12),
}

pytestmark = pytest.mark.skipif(shutil.which("g++") is None, reason="no C++ compiler here")


def registers(sensor: str) -> list[str]:
    first, order, g, dps, acc_at, gyro_at = SENSORS[sensor]
    found: list[str] = []
    for at, values, scale in ((acc_at, ACC_G, g), (gyro_at, GYRO_DPS, dps)):
        packed = struct.pack(f"{order}3h", *(round(v / scale) for v in values))
        for i, byte in enumerate(packed):
            found += [f"{first + at + i:x}", f"{byte:x}"]
    return found


@pytest.mark.parametrize("sensor", SENSORS)
@pytest.mark.parametrize("hand", ["L", "R"])
def test_what_the_sketch_sends_is_read(sensor: str, hand: str, tmp_path: Path) -> None:
    text = SKETCH.read_text("utf-8")
    assert len(text.splitlines()) < 120
    text = text.replace("#define SENSOR_MPU6050", f"#define {sensor}", 1)
    text = text.replace("#define HAND 'R'", f"#define HAND '{hand}'", 1)
    sketch, program = tmp_path / "sketch.ino", tmp_path / "board"
    sketch.write_text(text, "utf-8")
    compiled = ["g++", "-std=c++17", "-Wall", "-I", str(HERE), f'-DSKETCH="{sketch}"']
    subprocess.run([*compiled, str(HERE / "board.cpp"), "-o", str(program)], check=True)
    sent = subprocess.run(
        [str(program), "150000", *registers(sensor)], capture_output=True, check=True, timeout=60
    ).stdout

    decoder = TextDecoder()
    readings = [
        one for at in range(0, len(sent), 997) for one in decoder.feed(sent[at : at + 997], 1.0)
    ]
    assert decoder.counts.snapshot() == {}
    assert len(readings) > 500
    for reading in readings:
        assert reading.acc == pytest.approx(ACC_G, abs=2e-3)
        assert reading.gyro == pytest.approx(GYRO_DPS, abs=0.1)
        assert reading.acc_known and reading.gyro_known
        assert reading.hand == ("left" if hand == "L" else "right")
    stamps = [reading.stamp_s for reading in readings if reading.stamp_s is not None]
    steps = [b - a for a, b in itertools.pairwise(stamps)]
    # 100 a second; a read that failed is left out, and its number too.
    assert min(steps) > 0.0095 and 0.0195 < max(steps) < 0.0215
    numbers = [reading.sequence for reading in readings if reading.sequence is not None]
    assert len(numbers) == len(readings) and numbers[-1] > len(numbers)
    assert sent.count(b"#signmirror") >= 1 + int(stamps[-1] - stamps[0]) // 6
