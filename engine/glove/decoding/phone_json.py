"""What apps for phones send as JSON: SensorServer and Sensor Logger."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from engine.glove.decoding.forms.json_parts import (
    LONGEST_BATCH_S,
    JsonDecoder,
    android_part,
    time_s,
    turned_part,
)
from engine.glove.reading import Reading

_MOST_CLOCKS = 64
_ANDROID = "android.sensor."


class SensorServerDecoder(JsonDecoder):
    """github.com/umer0586/SensorServer: a WebSocket message for each sensor, in m/s² and rad/s,
    stamped in ns since the phone started."""

    def __init__(self, sensor: str = "") -> None:
        """`sensor`: the type, as 'android.sensor.gyroscope', of messages that name none."""
        super().__init__()
        self._sensor = sensor

    def parts(self, content: Any, arrival_s: float) -> list[Reading]:
        values = content.get("values") if isinstance(content, dict) else None
        if not isinstance(values, list):
            self.counts.note("unknown-packet")
            return []
        sensor = str(content.get("type", self._sensor)).lower().removeprefix(_ANDROID)
        stamp = time_s(content.get("timestamp"), 1e-9)
        if "rotation_vector" in sensor:
            numbers = self.numbers(values, 4 if len(values) >= 4 else 3)
            if numbers is None:
                return []
            return [turned_part(arrival_s, "", _rotation_vector(numbers), stamp)]
        kind = _SENSOR_SERVER.get(sensor)
        if kind is None:
            self.counts.note("unknown-packet")
            return []
        numbers = self.numbers(values, 3)
        if numbers is None:
            return []
        return [android_part(arrival_s, "", kind, numbers, stamp)]


_SENSOR_SERVER = {
    "accelerometer": "acc",
    "linear_acceleration": "lin",
    "gyroscope": "gyro",
    "gravity": "gravity",
}


class SensorLoggerDecoder(JsonDecoder):
    """github.com/tszheichoi/awesome-sensor-logger: batches of all sensors, stamped in ns of the
    phone's date, that come out of order. `accelerometer` is without gravity, in m/s²; a watch's
    `wrist motion` is in g and has its own channel."""

    def __init__(self) -> None:
        super().__init__()
        self._newest: dict[tuple[str, str], float] = {}
        self._told_s = -math.inf
        self.session = ""
        """The app's name for the present recording."""

    def reset(self) -> None:
        super().reset()
        self._newest.clear()
        self._told_s = -math.inf

    def parts(self, content: Any, arrival_s: float) -> list[Reading]:
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
            stamp = time_s(entry.get("time"), 1e-9) if isinstance(entry, dict) else None
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
            # The last of a batch was just measured; the others were, so much earlier, and none
            # before what came with the batch before, which may have been long on its way.
            self._told_s = max(self._told_s, arrival_s - min(last - stamp, LONGEST_BATCH_S))
            part = self._entry(self._told_s, device, name, values, stamp)
            if part is not None:
                found.append(part)
        return found

    def _is_late(self, device: str, name: str, stamp: float) -> bool:
        key = (device, name)
        newest = self._newest.get(key)
        if newest is not None and newest - LONGEST_BATCH_S < stamp <= newest:
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
            q = self.numbers([values.get(k) for k in ("qw", "qx", "qy", "qz")], 4)
            return None if q is None else turned_part(arrival_s, device, q, stamp)
        kind = _SENSOR_LOGGER.get(name)
        if kind is None:
            self.counts.note("unknown-packet")
            return None
        numbers = self.numbers([values.get(k) for k in "xyz"], 3)
        if numbers is None:
            return None
        return android_part(arrival_s, device, kind, numbers, stamp)

    def _watch(
        self, arrival_s: float, channel: str, values: dict[str, Any], stamp: float
    ) -> Reading | None:
        names = [f"{k}{a}" for k in ("rotationRate", "acceleration", "gravity") for a in "XYZ"]
        numbers = self.numbers([values.get(name) for name in names], 9)
        if numbers is None:
            return None
        gx, gy, gz, ax, ay, az, vx, vy, vz = numbers
        return Reading(
            arrival_s,
            channel,
            None,
            (ax, ay, az),
            (math.degrees(gx), math.degrees(gy), math.degrees(gz)),
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


def _rotation_vector(numbers: Sequence[float]) -> tuple[float, float, float, float]:
    """Android puts w last, and leaves it out where it is old."""
    x, y, z = numbers[:3]
    w = numbers[3] if len(numbers) > 3 else math.sqrt(max(0.0, 1.0 - x * x - y * y - z * z))
    return w, x, y, z
