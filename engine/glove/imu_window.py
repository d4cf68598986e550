"""What gloves measured in the last seconds, resampled as the sensor encoder was trained on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.glove.sample import FingerSample, Hand, ImuSample
from engine.glove.sample_ring import KEPT_S, SampleRing, resampled

HANDS: tuple[Hand, Hand] = ("left", "right")


def imu_rows(samples: Sequence[ImuSample]) -> NDArray[np.float64]:
    """`(N, 8)`: time in s, hand (0 left, 1 right), acceleration in g, rate in °/s."""
    return np.array(
        [(s.t_s, float(s.hand == "right"), *s.acc_g, *s.gyro_dps) for s in samples]
    ).reshape(-1, 8)


def finger_rows(samples: Sequence[FingerSample]) -> NDArray[np.float64]:
    """`(N, 1 + angles)`: time in s, then the angles in degrees. Of gloves that tell different
    numbers of angles, those like the newest."""
    if not samples:
        return np.empty((0, 1))
    angles = len(samples[-1].angles_deg)
    return np.array([(s.t_s, *s.angles_deg) for s in samples if len(s.angles_deg) == angles])


class ImuWindow:
    """Both wrists' samples. Times are those of the host's clock."""

    def __init__(self, kept_s: float = KEPT_S) -> None:
        self._rings: dict[Hand, SampleRing] = {hand: SampleRing(6, kept_s) for hand in HANDS}

    def append(self, rows: NDArray[np.float64]) -> None:
        """As `imu_rows` gives them."""
        for number, hand in enumerate(HANDS):
            mine = rows[rows[:, 1] == number]
            if len(mine):
                self._rings[hand].append(mine[:, 0], mine[:, 2:])

    def clear(self) -> None:
        for ring in self._rings.values():
            ring.clear()

    def newest_s(self, hand: Hand) -> float | None:
        return self._rings[hand].newest_s

    def steps(
        self, hand: Hand, start_s: float, end_s: float, n_steps: int, now_s: float
    ) -> NDArray[np.float32] | None:
        """`(6, n_steps)` from `start_s` to `end_s`: acceleration in g, rate in °/s; None where what
        is there does not cover it (`SampleRing.covers`). Beyond the samples the acceleration is
        held, and nothing turns."""
        ring = self._rings[hand]
        if not ring.covers(start_s, end_s, now_s):
            return None
        times, values = ring.between(start_s, end_s)
        steps = resampled(times, values, start_s, end_s, n_steps)
        moments = np.linspace(start_s, end_s, n_steps)
        held = (moments < times[0] - 1e-9) | (moments > times[-1] + 1e-9)
        steps[held, 3:] = 0.0
        return np.ascontiguousarray(steps.T.astype(np.float32))


class FingerWindow:
    """The angles of a glove's fingers, `angles` a moment."""

    def __init__(self, angles: int, kept_s: float = KEPT_S) -> None:
        self._ring = SampleRing(angles, kept_s)

    def append(self, rows: NDArray[np.float64]) -> None:
        """As `finger_rows` gives them; rows with another number of angles are no business of
        this window."""
        if len(rows) and rows.shape[1] == self._ring.channels + 1:
            self._ring.append(rows[:, 0], rows[:, 1:])

    def clear(self) -> None:
        self._ring.clear()

    @property
    def newest_s(self) -> float | None:
        return self._ring.newest_s

    def covers(self, start_s: float, end_s: float, now_s: float) -> bool:
        """Whether `steps` has something to tell of it."""
        return self._ring.covers(start_s, end_s, now_s)

    def steps(
        self, start_s: float, end_s: float, n_steps: int, now_s: float
    ) -> NDArray[np.float32] | None:
        """`(angles, n_steps)` in degrees, within (-180, 180]; None where it is not covered. An
        angle that turns past 180° goes on at -180° and is not averaged with it."""
        if not self.covers(start_s, end_s, now_s):
            return None
        times, values = self._ring.between(start_s, end_s)
        unwrapped = np.unwrap(values, period=360.0, axis=0)
        turns = resampled(times, unwrapped, start_s, end_s, n_steps)
        wrapped = 180.0 - np.mod(180.0 - turns, 360.0)
        return np.ascontiguousarray(wrapped.T.astype(np.float32))
