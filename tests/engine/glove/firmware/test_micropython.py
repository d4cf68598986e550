"""The MicroPython program, in a board of known registers whose clock wraps."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from engine.glove.decoding.text_decoder import TextDecoder
from engine.paths import ASSETS

PROGRAM = ASSETS / "glove" / "micropython" / "main.py"
BOARD = Path(__file__).with_name("micropython_board.py")


def test_what_the_program_sends_is_read() -> None:
    assert len(PROGRAM.read_text("utf-8").splitlines()) < 120
    sent = subprocess.run(
        [sys.executable, str(BOARD), str(PROGRAM), "12"],
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout
    decoder = TextDecoder()
    readings = decoder.feed(sent, 1.0)
    assert decoder.counts.snapshot() == {}
    assert 1100 < len(readings) <= 1200
    for reading in readings:
        assert reading.acc == pytest.approx((0.05, -0.12, 0.98), abs=1e-3)
        assert reading.gyro == pytest.approx((12.5, -3.0, 140.0), abs=0.05)
        assert reading.hand == "right" and reading.acc_known and reading.gyro_known
    stamps = [reading.stamp_s for reading in readings if reading.stamp_s is not None]
    steps = [b - a for a, b in itertools.pairwise(stamps)]
    # The board's count wraps in between; what is sent does not.
    assert min(steps) > 0.0095 and 0.0195 < max(steps) < 0.0215
    assert sent.count(b"#signmirror") == 3
