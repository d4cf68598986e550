"""Lines as a glove sends them: at rest, then turned about, with a sensor's noise and bias."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_Vector = npt.NDArray[np.float64]

HZ = 50.0


@dataclass(frozen=True)
class Moment:
    """`acc` in g, with gravity; `lin` without; `gyro` in °/s; `q`: w, x, y, z; `flex`: 0..1023."""

    t_s: float
    acc: _Vector
    lin: _Vector
    gyro: _Vector
    q: _Vector
    flex: _Vector


def moments(count: int, seed: int = 0, rest_s: float = 0.5) -> Iterator[Moment]:
    """A hand that is still for `rest_s`, and is turned and moved a little from then on."""
    rng = np.random.default_rng(seed)
    q = rng.normal(size=4)
    q /= np.linalg.norm(q)
    bias = rng.normal(scale=1.0, size=3)
    way = rng.normal(size=(3, 3))
    flex = rng.uniform(300, 800, size=5)
    for i in range(count):
        t = i / HZ
        moved = max(0.0, t - rest_s)
        speed = way @ np.sin(np.array([1.9, 2.7, 3.3]) * moved) * 60.0
        turn = np.radians(speed) / HZ / 2.0
        q = _times(q, np.array([1.0, *turn]))
        q /= np.linalg.norm(q)
        w, x, y, z = q
        down = np.array([2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z])
        lin = 0.1 * np.sin(7.0 * moved) * way[0] + rng.normal(scale=0.004, size=3)
        flex = np.clip(flex + rng.normal(scale=2.0 + 20.0 * (moved > 0), size=5), 5, 1018)
        gyro = speed + bias + rng.normal(scale=0.1, size=3)
        yield Moment(t, 1.01 * (down + lin), lin, gyro, q, np.round(flex))


def _times(p: _Vector, q: _Vector) -> _Vector:
    (a, b, c, d), (e, f, g, h) = p, q
    return np.array(
        [
            a * e - b * f - c * g - d * h,
            a * f + b * e + c * h - d * g,
            a * g - b * h + c * e + d * f,
            a * h + b * g - c * f + d * e,
        ]
    )


def angles(q: _Vector) -> tuple[float, float, float]:
    """Roll, pitch and yaw in °."""
    w, x, y, z = q
    roll = np.arctan2(2 * (w * x + y * z), 1 - 2 * (x * x + y * y))
    pitch = np.arcsin(np.clip(2 * (w * y - z * x), -1, 1))
    yaw = np.arctan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z))
    return float(np.degrees(roll)), float(np.degrees(pitch)), float(np.degrees(yaw))


def written(values: npt.ArrayLike, digits: int = 2) -> str:
    return ",".join(f"{value:.{digits}f}" for value in np.asarray(values))


def whole(values: npt.ArrayLike) -> str:
    return ",".join(f"{round(value)}" for value in np.asarray(values))


RAD = np.pi / 180.0
MS2 = 9.80665

Form = Callable[[int, Moment, Moment], str]
"""A line of the i-th moment of one hand, and of the other hand."""

DEVICES: dict[str, Form] = {
    "signglove-hw": lambda i, m, o: (
        f"{round(1000 + m.t_s * 1000)},{written([angles(m.q)[1], angles(m.q)[0], angles(m.q)[2]])}"
        f",{written(m.acc, 3)},{whole(m.flex)}"
    ),
    "iot-sign-glove": lambda i, m, o: (
        f"{whole(m.flex * 10)},{written(m.q, 4)},{written(m.lin * MS2, 3)},{written(m.gyro)}"
    ),
    "all-mocap": lambda i, m, o: (
        f"[Sensor] {round(m.t_s * 1000)}," + ",".join(
            f"{written(h.acc * MS2)},{written(h.gyro * RAD)},{written(angles(h.q))},{whole(h.flex)}"
            for h in (m, o)
        )
    ),
    "vr-gloves-handspeak": lambda i, m, o: (
        f"{whole(m.flex)},{whole(o.flex)}," + ",".join(
            f"{written(h.gyro * 131)},{written(h.acc * 16384)}" for h in (m, o)
        )
    ),
    "luva-json": lambda i, m, o: (
        f'{{"flex":[{whole(m.flex)}],"aceleracao":[{written(m.acc * MS2)}]}}'
    ),
    "imu-plotter": lambda i, m, o: (
        " ".join(f"A{n}: {v:.2f}" for n, v in zip("xyz", m.acc, strict=True)) + " | "
        + " ".join(f"G{n}: {v:.2f}" for n, v in zip("xyz", m.gyro, strict=True))
    ),
    "asl-translator": lambda i, m, o: f"{whole(m.flex)},{written(m.acc)},{written(m.gyro)}",
    "x-imu3-text": lambda i, m, o: (
        f"I,{round(m.t_s * 1e6)},{written(m.gyro, 4)},{written(m.acc, 4)}"
    ),
    "hyperimu": lambda i, m, o: (
        f"{1790000000000 + round(m.t_s * 1000)},{written(m.acc * MS2)},{written(m.gyro * RAD, 3)}"
    ),
    "vsl-letters-glove": lambda i, m, o: ",".join(
        written(np.array(angles(h.q)[:2]) / k) for k in (1, 2, 3) for h in (m, o)
    ),
}  # fmt: skip
