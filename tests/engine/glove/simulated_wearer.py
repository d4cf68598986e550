"""What a rigid IMU on a moving wrist measures, and what a network would guess of it from video."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GRAVITY = np.array([0.0, 0.0, 1.0])
GENERATOR_HZ = 16.0
GENERATOR_STEPS = 48
_FINE_HZ = 400.0


@dataclass(frozen=True, slots=True, eq=False)
class Worn:
    """`t_s` `(N,)`; `acc_g`, `gyro_dps` `(N, 3)` in the wrist's axes, gravity included."""

    t_s: NDArray[np.float64]
    acc_g: NDArray[np.float64]
    gyro_dps: NDArray[np.float64]

    @property
    def values(self) -> NDArray[np.float64]:
        """`(N, 6)`: acc, then gyro."""
        return np.concatenate([self.acc_g, self.gyro_dps], axis=1)

    def at(self, t_s: NDArray[np.floating]) -> NDArray[np.float64]:
        """`(M, 6)`: the values at other times, in between."""
        return np.stack([np.interp(t_s, self.t_s, c) for c in self.values.T], axis=1)


def worn(
    seconds: float,
    rng: np.random.Generator,
    turning_dps: float = 90.0,
    moving_g: float = 0.15,
    still_s: float = 0.0,
    first: NDArray[np.float64] | None = None,
) -> Worn:
    """A wrist that turns and moves smoothly, after `still_s` of rest; 400 Hz, no noise.

    The turning about each axis has an SD of `turning_dps` between 0.2 and 2.5 Hz, as in signing;
    the movement's acceleration one of `moving_g` in each axis. `first` `(3, 3)`: the orientation at
    the start, from the wrist's axes to the room's.
    """
    n, n_still = round(seconds * _FINE_HZ), round(still_s * _FINE_HZ)
    gyro = smooth_noise(n, 3, rng, 0.2, 2.5) * turning_dps
    push = smooth_noise(n, 3, rng, 0.3, 4.0) * moving_g
    begin = np.clip((np.arange(n) - n_still) / (0.3 * _FINE_HZ), 0.0, 1.0)[:, None]
    gyro, push = gyro * begin, push * begin
    turn = random_rotation(rng) if first is None else first
    acc = np.empty((n, 3))
    for i in range(n):
        acc[i] = turn.T @ GRAVITY + push[i]
        turn = turn @ _turned_by(np.deg2rad(gyro[i]) / _FINE_HZ)
    return Worn(np.arange(n) / _FINE_HZ, acc, gyro)


def smooth_noise(
    n: int,
    channels: int,
    rng: np.random.Generator,
    low_hz: float,
    high_hz: float,
    rate_hz: float = _FINE_HZ,
) -> NDArray[np.float64]:
    """`(n, channels)` of SD 1 between two frequencies, fewer towards the upper one."""
    frequency = np.fft.rfftfreq(n, 1 / rate_hz)
    shape = np.where(
        (frequency >= low_hz) & (frequency <= 2 * high_hz), np.exp(-((frequency / high_hz) ** 2)), 0
    )
    spectrum = rng.normal(size=(len(frequency), channels, 2)) @ np.array([1, 1j])
    noise = np.fft.irfft(spectrum * shape[:, None], n, axis=0)
    return noise / noise.std(axis=0)


def generated(
    truth: Worn, rng: np.random.Generator, acc_r: float = 0.79, gyro_r: float = 0.45
) -> Worn:
    """The truth and errors of its own kind: as slow, as large, and in all windows the same. The
    correlation with the truth is `acc_r` and `gyro_r` for each axis."""
    other = worn(float(truth.t_s[-1] + 1 / _FINE_HZ), rng)
    parts = []
    for real, wrong, r in (
        (truth.acc_g, other.acc_g, acc_r),
        (truth.gyro_dps, other.gyro_dps, gyro_r),
    ):
        mean, scale = real.mean(axis=0), real.std(axis=0) + 1e-9
        wrong = (wrong - wrong.mean(axis=0)) / wrong.std(axis=0)
        error = np.sqrt(1 - r * r) * wrong
        parts.append(mean + scale * (r * (real - mean) / scale + error))
    return Worn(truth.t_s, parts[0], parts[1])


def random_rotation(rng: np.random.Generator) -> NDArray[np.float64]:
    q, r = np.linalg.qr(rng.normal(size=(3, 3)))
    q = q * np.sign(np.diag(r))
    return q * np.sign(np.linalg.det(q))


def _turned_by(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rotation by a vector of radians; Rodrigues' formula."""
    size = float(np.sqrt(angle @ angle))
    if size < 1e-12:
        return np.eye(3)
    x, y, z = angle / size
    k = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.eye(3) + np.sin(size) * k + (1 - np.cos(size)) * (k @ k)
