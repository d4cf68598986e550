"""What gloves say of a span of time, in the place of what the generator imagined."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Floats
from engine.bundle import BundleCard
from engine.glove.calibration.signed_axes import ACC_MIRROR, GYRO_MIRROR
from engine.glove.imu_window import HANDS, FingerWindow, ImuWindow
from engine.prediction import TraceKind
from engine.recognition.decision import Evidence
from engine.recognition.sensor_stream import SensorStream

_SHIFTS = 64
"""Frames; the least of what they were late by is what the source's clock differs by."""


class MeasuredSensors:
    """The last seconds of gloves beside the frames of one source.

    Gloves stamp on the host's clock, frames on their source's; the smallest delay between a frame's
    own time and its capture joins the two. What is left of it, a camera's own delay, is the
    alignment's business.
    """

    def __init__(self, card: BundleCard) -> None:
        sensor = card.sensor
        self._card = card
        self._wrists = ImuWindow()
        angles = sensor.angles if sensor is not None and sensor.angles else 0
        self._fingers = FingerWindow(angles) if angles else None
        axes = np.eye(3) if sensor is None else np.array(sensor.gyro_axes)
        self._gyro_axes = axes.astype(np.float32)
        self._offsets_s = (0.0, 0.0)
        self._shifts: deque[float] = deque(maxlen=_SHIFTS)

    def clear(self) -> None:
        """Another source: its clock is another one. What the gloves measured stays."""
        self._shifts.clear()

    def captured(self, t_s: float, host_s: float) -> None:
        """A frame of `t_s` was there at `host_s`."""
        self._shifts.append(host_s - t_s)

    def host_s(self, t_s: float) -> float | None:
        """A source's time on the host's clock; None while nothing is known of it."""
        return t_s + min(self._shifts) if self._shifts else None

    def append(
        self,
        wrists: NDArray[np.float64],
        fingers: NDArray[np.float64],
        offsets_s: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """As `imu_rows` and `finger_rows` give them; `offsets_s` is added to the times of the left
        and of the right wrist, earlier ones included: a camera's picture is older than its arrival
        says."""
        self._offsets_s = offsets_s
        self._wrists.append(wrists)
        if self._fingers is not None:
            self._fingers.append(fingers)

    @property
    def newest_finger_s(self) -> float | None:
        """On the host's clock."""
        return self._fingers.newest_s if self._fingers is not None else None

    def has_fingers(self, start_s: float, end_s: float) -> bool:
        """Whether `finger_steps` has something to tell of it."""
        return self._fingers is not None and self._fingers.covers(start_s, end_s, end_s)

    def finger_steps(self, start_s: float, end_s: float) -> Floats | None:
        """`(angles, n_steps)` in degrees, times on the host's clock."""
        sensor = self._card.sensor
        if self._fingers is None or sensor is None:
            return None
        return self._fingers.steps(start_s, end_s, sensor.n_steps, end_s)

    def wrist_steps(
        self, start_s: float, end_s: float, now_s: float, *, left_handed: bool
    ) -> Floats | None:
        """`(channels, n_steps)` as the sensor encoder takes it, NaN for a wrist that nothing is
        measured of; None where that is all the bundle knows. Times are the source's. A
        left-hander's are mirrored, as pictures are."""
        sensor, shift = self._card.sensor, min(self._shifts, default=None)
        if sensor is None or shift is None or sensor.angles:
            return None
        found: list[NDArray[np.float32] | None] = [
            self._wrists.steps(
                hand,
                start_s + shift - offset,
                end_s + shift - offset,
                sensor.n_steps,
                now_s + shift - offset,
            )
            for hand, offset in zip(HANDS, self._offsets_s, strict=True)
        ]
        if left_handed:
            found = [_mirrored(steps) for steps in reversed(found)]
        if all(steps is None for steps in found):
            return None
        joined = np.full((12, sensor.n_steps), np.nan, np.float32)
        for number, steps in enumerate(found):
            if steps is not None:
                joined[3 * number : 3 * number + 3] = steps[:3]
                # Mirrored first: how a rate turns round in a mirror holds for true axes alone.
                joined[6 + 3 * number : 9 + 3 * number] = self._gyro_axes @ steps[3:]
        known = joined[sensor.rows]
        return None if np.isnan(known).all() else known


def _mirrored(steps: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
    """One wrist's as the other's, in a body that is its own mirror image."""
    if steps is None:
        return None
    return steps * np.concatenate([ACC_MIRROR, GYRO_MIRROR])[:, None]


def with_measured(
    evidence: Evidence[Floats],
    measured: Floats,
    sensor: SensorStream,
    weights: Mapping[str, float],
) -> Evidence[Floats]:
    """The same evidence with `measured` `(channels, n_steps)` in the generated sensor's place. Of a
    wrist without a glove the generated trace stands in; where there is none, nothing is changed.
    `weights`: of the fusion, by stream."""
    missing = np.isnan(measured)
    kind: TraceKind = "mixed" if missing.any() else "measured"
    # A bundle that was not fused with one wrist of each weighs it as it does two measured ones.
    key = "sensor_mixed" if kind == "mixed" and "sensor_mixed" in weights else "sensor_measured"
    if weights.get(key, 0.0) <= 0 or (kind == "mixed" and evidence.trace is None):
        # Shown beside the generated trace, and no more.
        return replace(evidence, measured=measured)
    whole = np.where(missing, evidence.trace, measured) if evidence.trace is not None else measured
    logits = {key: row for key, row in evidence.logits.items() if key != "sensor_generated"}
    logits[key] = sensor.logits(whole[None])
    return replace(evidence, logits=logits, measured=measured, trace_kind=kind)
