"""What apps for phones send as JSON: SensorServer, Sensor Logger and phyphox."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from engine.glove.decoding.companions import Companions
from engine.glove.decoding.decoder import Counts
from engine.glove.reading import Gravity, Reading
from engine.glove.sample import STANDARD_GRAVITY, Vector

_DEGREES = 180.0 / math.pi
_LARGEST_BODY = 4 * 1024 * 1024
_LARGEST = 1e6
_LATE_S = 10.0
_MOST_CLOCKS = 64
_ANDROID = "android.sensor."


class _JsonDecoder:
    """One whole JSON value at a time."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._companions = Companions(self.counts)

    def feed(self, data: bytes, arrival_s: float) -> list[Reading]:
        """`data`: one message or body, whole."""
        if len(data) > _LARGEST_BODY:
            self.counts.note("too-long")
            return []
        try:
            content = json.loads(data)
        except (ValueError, RecursionError):
            self.counts.note("unparsable")
            return []
        found: list[Reading] = []
        for part in self._parts(content, arrival_s):
            found.extend(self._companions.add(part))
        self.counts.good += len(found)
        return found

    def reset(self) -> None:
        self._companions.reset()

    def _parts(self, content: Any, arrival_s: float) -> list[Reading]:
        raise NotImplementedError

    def _numbers(self, values: Sequence[Any], at_least: int) -> list[float] | None:
        """The first `at_least` of them, or None, counted."""
        numbers = values[:at_least]
        if len(numbers) < at_least or not all(type(n) in (int, float) for n in numbers):
            self.counts.note("wrong-count")
            return None
        if not all(-_LARGEST < n < _LARGEST for n in numbers):
            self.counts.note("not-finite" if _strange(numbers) else "out-of-range")
            return None
        return [float(n) for n in numbers]


def _strange(numbers: Sequence[float]) -> bool:
    return any(isinstance(n, float) and not math.isfinite(n) for n in numbers)


def _time(value: object, unit_s: float) -> float | None:
    """None where it is no time."""
    if type(value) not in (int, float):
        return None
    assert isinstance(value, int | float)
    if not -1e20 < value < 1e20:
        return None
    return value * unit_s if unit_s >= 1.0 else value / (1.0 / unit_s)


class SensorServerDecoder(_JsonDecoder):
    """github.com/umer0586/SensorServer: a WebSocket message for each sensor, in m/s² and rad/s,
    stamped in ns since the phone started."""

    def __init__(self, sensor: str = "") -> None:
        """`sensor`: the type, as 'android.sensor.gyroscope', of messages that name none."""
        super().__init__()
        self._sensor = sensor

    def _parts(self, content: Any, arrival_s: float) -> list[Reading]:
        values = content.get("values") if isinstance(content, dict) else None
        if not isinstance(values, list):
            self.counts.note("unknown-packet")
            return []
        sensor = str(content.get("type", self._sensor)).lower().removeprefix(_ANDROID)
        stamp = _time(content.get("timestamp"), 1e-9)
        if "rotation_vector" in sensor:
            numbers = self._numbers(values, 4 if len(values) >= 4 else 3)
            if numbers is None:
                return []
            return [_turned(arrival_s, "", _rotation_vector(numbers), stamp)]
        kind = _SENSOR_SERVER.get(sensor)
        if kind is None:
            self.counts.note("unknown-packet")
            return []
        numbers = self._numbers(values, 3)
        if numbers is None:
            return []
        return [_android(arrival_s, "", kind, numbers, stamp)]


_SENSOR_SERVER = {
    "accelerometer": "acc",
    "linear_acceleration": "lin",
    "gyroscope": "gyro",
    "gravity": "gravity",
}


class SensorLoggerDecoder(_JsonDecoder):
    """github.com/tszheichoi/awesome-sensor-logger: batches of all sensors, stamped in ns of the
    phone's date, that come out of order. `accelerometer` is without gravity, in m/s²; a watch's
    `wrist motion` is in g and has its own channel."""

    def __init__(self) -> None:
        super().__init__()
        self._newest: dict[tuple[str, str], float] = {}
        self.session = ""
        """The app's name for the present recording."""

    def reset(self) -> None:
        super().reset()
        self._newest.clear()

    def _parts(self, content: Any, arrival_s: float) -> list[Reading]:
        payload = content.get("payload") if isinstance(content, dict) else None
        if not isinstance(payload, list):
            self.counts.note("unknown-packet")
            return []
        session = str(content.get("sessionId", ""))[:64]
        if session != self.session:
            # What came before belongs to another recording.
            self.session = session
            self.reset()
        device = str(content.get("deviceId", ""))[:48]
        timed: list[tuple[float, str, dict[str, Any]]] = []
        for entry in payload:
            stamp = _time(entry.get("time"), 1e-9) if isinstance(entry, dict) else None
            if stamp is None or not isinstance(entry.get("values"), dict):
                self.counts.note("unparsable")
                continue
            timed.append((stamp, str(entry.get("name", "")).lower()[:64], entry["values"]))
        # Gyroscopes last of those of one moment: they take the others along.
        timed.sort(key=lambda t: (t[0], t[1] == "gyroscope"))
        found: list[Reading] = []
        last = timed[-1][0] if timed else 0.0
        for stamp, name, values in timed:
            if self._is_late(device, name, stamp):
                self.counts.note("out-of-order")
                continue
            # The last of a batch was just measured; the others were, so much earlier.
            part = self._entry(arrival_s - min(last - stamp, _LATE_S), device, name, values, stamp)
            if part is not None:
                found.append(part)
        return found

    def _is_late(self, device: str, name: str, stamp: float) -> bool:
        key = (device, name)
        newest = self._newest.get(key)
        if newest is not None and newest - _LATE_S < stamp <= newest:
            return True
        if newest is None and len(self._newest) >= _MOST_CLOCKS:
            self._newest.clear()
        self._newest[key] = stamp
        return False

    def _entry(
        self, arrival_s: float, device: str, name: str, values: dict[str, Any], stamp: float
    ) -> Reading | None:
        if name in ("wrist motion", "wristmotion"):
            return self._watch(arrival_s, f"{device}-watch", values, stamp)
        if name == "orientation":
            q = self._numbers([values.get(k) for k in ("qw", "qx", "qy", "qz")], 4)
            return None if q is None else _turned(arrival_s, device, q, stamp)
        kind = _SENSOR_LOGGER.get(name)
        if kind is None:
            self.counts.note("unknown-packet")
            return None
        numbers = self._numbers([values.get(k) for k in "xyz"], 3)
        if numbers is None:
            return None
        return _android(arrival_s, device, kind, numbers, stamp)

    def _watch(
        self, arrival_s: float, channel: str, values: dict[str, Any], stamp: float
    ) -> Reading | None:
        names = [f"{k}{a}" for k in ("rotationRate", "acceleration", "gravity") for a in "XYZ"]
        numbers = self._numbers([values.get(name) for name in names], 9)
        if numbers is None:
            return None
        gx, gy, gz, ax, ay, az, vx, vy, vz = numbers
        return Reading(
            arrival_s,
            channel,
            None,
            (ax, ay, az),
            (gx * _DEGREES, gy * _DEGREES, gz * _DEGREES),
            acc_known=True,
            gyro_known=True,
            gravity="removed",
            gravity_g=(vx, vy, vz),
            stamp_s=stamp,
        )


_SENSOR_LOGGER = {
    "accelerometer": "lin",
    "totalacceleration": "acc",
    "gyroscope": "gyro",
    "gravity": "gravity",
}


class PhyphoxDecoder(_JsonDecoder):
    """phyphox.org: arrays since the last question, in m/s² and rad/s, stamped in s since its start.

    Arrays of unequal lengths are cut to the shortest; `query` asks for the rest again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.session = ""
        self.measuring = False
        self._newest = {"acc": -math.inf, "gyr": -math.inf}

    def query(self) -> str:
        """What comes after the host in the next question, as `/get?acc_time=3.02&accX=3.02%7Cacc_time`."""
        asked: list[str] = []
        for name, newest in self._newest.items():
            since = "full" if newest == -math.inf else repr(newest)
            asked.append(f"{name}_time={since}")
            # A bar must be written so: the phone's server takes no other.
            rest = since if since == "full" else f"{since}%7C{name}_time"
            asked.extend(f"{name}{axis}={rest}" for axis in "XYZ")
        return "/get?" + "&".join(asked)

    def reset(self) -> None:
        super().reset()
        self._newest = dict.fromkeys(self._newest, -math.inf)

    def _parts(self, content: Any, arrival_s: float) -> list[Reading]:
        buffers = content.get("buffer") if isinstance(content, dict) else None
        if not isinstance(buffers, dict):
            self.counts.note("unknown-packet")
            return []
        status = content.get("status")
        status = status if isinstance(status, dict) else {}
        self.measuring = status.get("measuring") is True
        session = str(status.get("session", ""))[:64]
        if session != self.session:
            # The clock of another session starts anew.
            self.session = session
            self.reset()
        rows = [row for name in self._newest for row in self._rows(name, buffers)]
        rows.sort(key=lambda row: (row[0], row[1] == "gyr"))
        last = rows[-1][0] if rows else 0.0
        found: list[Reading] = []
        for stamp, name, numbers in rows:
            came = arrival_s - min(last - stamp, _LATE_S)
            kind = "gyro" if name == "gyr" else "unsure"
            found.append(_android(came, "", kind, numbers, stamp))
        return found

    def _rows(self, name: str, buffers: dict[str, Any]) -> list[tuple[float, str, list[float]]]:
        arrays = [_buffer(buffers, f"{name}_time")]
        arrays += [_buffer(buffers, f"{name}{axis}") for axis in "XYZ"]
        if len({len(array) for array in arrays}) > 1:
            self.counts.note("unequal")
        rows: list[tuple[float, str, list[float]]] = []
        for time, *values in zip(*arrays, strict=False):
            stamp = _time(time, 1.0)
            numbers = self._numbers(values, 3)
            if stamp is None or not math.isfinite(stamp) or numbers is None:
                continue
            if stamp > self._newest[name]:
                self._newest[name] = stamp
                rows.append((stamp, name, numbers))
        return rows


def _buffer(buffers: dict[str, Any], name: str) -> list[Any]:
    told = buffers.get(name)
    values = told.get("buffer") if isinstance(told, dict) else None
    return values if isinstance(values, list) else []


def _android(
    arrival_s: float, channel: str, kind: str, numbers: Sequence[float], stamp_s: float | None
) -> Reading:
    """m/s² and rad/s become g and °/s."""
    scale = _DEGREES if kind == "gyro" else 1.0 / STANDARD_GRAVITY
    vector: Vector = (numbers[0] * scale, numbers[1] * scale, numbers[2] * scale)
    if kind == "gyro":
        return Reading(arrival_s, channel, gyro=vector, gyro_known=True, stamp_s=stamp_s)
    if kind == "gravity":
        return Reading(arrival_s, channel, gravity_g=vector, stamp_s=stamp_s)
    gravity: Gravity = _GRAVITY[kind]
    return Reading(arrival_s, channel, acc=vector, acc_known=True, gravity=gravity, stamp_s=stamp_s)


_GRAVITY: dict[str, Gravity] = {"acc": "included", "lin": "removed", "unsure": "unknown"}


def _turned(arrival_s: float, channel: str, q: Sequence[float], stamp_s: float | None) -> Reading:
    return Reading(arrival_s, channel, quaternion=(q[0], q[1], q[2], q[3]), stamp_s=stamp_s)


def _rotation_vector(numbers: Sequence[float]) -> tuple[float, float, float, float]:
    """Android puts w last, and leaves it out where it is old."""
    x, y, z = numbers[:3]
    w = numbers[3] if len(numbers) > 3 else math.sqrt(max(0.0, 1.0 - x * x - y * y - z * z))
    return w, x, y, z
