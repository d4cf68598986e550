"""Angular rates from an armband's orientation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def body_rates_dps(euler_rad: NDArray[np.float64], rate_hz: float) -> NDArray[np.float64]:
    """Roll, pitch, yaw `(3, n)` in radians to body-axis rates `(3, n)` in degrees per second.

    The usual Z-Y-X kinematics. Roll and yaw are unwrapped first; differences are central, so that a
    rate stands at the moment of its sample.
    """
    roll, pitch, yaw = np.unwrap(euler_rad[0]), euler_rad[1], np.unwrap(euler_rad[2])
    if roll.size < 2:
        return np.zeros_like(euler_rad)
    d_roll, d_pitch, d_yaw = (np.gradient(a) * rate_hz for a in (roll, pitch, yaw))
    rates = np.stack(
        [
            d_roll - d_yaw * np.sin(pitch),
            d_pitch * np.cos(roll) + d_yaw * np.cos(pitch) * np.sin(roll),
            -d_pitch * np.sin(roll) + d_yaw * np.cos(pitch) * np.cos(roll),
        ]
    )
    return np.rad2deg(rates)
