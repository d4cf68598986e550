"""What most examples of devices encode, and how a reading is compared with it."""

from __future__ import annotations

import pytest

from engine.glove.reading import Reading

ACC_G = (0.05, -0.12, 0.98)
GYRO_DPS = (12.5, -3.0, 140.0)


def assert_usual(reading: Reading, *, acc: bool = True, gyro: bool = True) -> None:
    """As good as counts of 1/2048 g and 1/16 °/s allow."""
    if acc:
        assert reading.acc_known
        assert reading.acc == pytest.approx(ACC_G, abs=6e-4)
    if gyro:
        assert reading.gyro_known
        assert reading.gyro == pytest.approx(GYRO_DPS, abs=0.04)
