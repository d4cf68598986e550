"""Keeps a glove's samples and the camera's pictures together while somebody signs."""

from __future__ import annotations

import math
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.glove.alignment.cross_correlation import (
    FURTHEST_S,
    OffsetEstimate,
    Traces,
    offset_between,
)
from engine.glove.alignment.window_merging import MergedWindows

Phase = Literal["searching", "found", "tracking"]
"""`searching`: nothing is applied yet; `found`: just now, for the first time; `tracking`: found
again since, and followed."""

SLEW_S_PER_S = 0.020
"""So fast does the applied offset go to where it belongs."""

_WINDOW_S = 8.0
_KEPT_S = 12.0
_EVERY_S = 0.5
_AGREE_S = 0.020
_FAR_S = 0.060
_AT_ONCE = 4
_MEDIAN_OF = 7
_MOVING_G, _MOVING_DPS, _MOVING_S = 0.03, 12.0, 4.0
_MOST_SAMPLES = 12 * 1000


@dataclass(frozen=True, slots=True)
class OffsetState:
    """`offset_ms`: what is applied, None while searching. `correlation`: of the last estimate, 0 to
    1. `is_moving`: whether there was enough movement for one."""

    phase: Phase = "searching"
    offset_ms: float | None = None
    correlation: float = 0.0
    is_moving: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class OffsetCurves:
    """For the screen. `t_s` `(n,)`, camera time; `measured`, `generated` `(n,)`: the channel that
    agrees best, each with mean 0 and SD 1, the first moved by the offset; `offsets_s`,
    `correlation` `(281,)`."""

    t_s: NDArray[np.float64]
    measured: NDArray[np.float64]
    generated: NDArray[np.float64]
    offsets_s: NDArray[np.float64]
    correlation: NDArray[np.float64]


class OffsetTracker:
    """The offset of one glove, or of a pair with one clock.

    Host time of a measured sample + offset = the camera's time: `to_camera` does it. Samples come
    by `add_measured`, windows by `add_generated`, from any threads; `update` estimates, in at most
    10 ms, as often as it is called but twice a second at most. Only sharp peaks count; two that
    agree are needed at first, and later the median of the last few is followed slowly.
    """

    def __init__(self, channels: int = 6) -> None:
        """`channels`: six for each hand."""
        self._channels = channels
        self._lock = threading.Lock()
        self._samples: deque[tuple[float, tuple[float, ...]]] = deque(maxlen=_MOST_SAMPLES)
        self._windows = MergedWindows(channels, _KEPT_S)
        self._forget()

    def _forget(self) -> None:
        self._samples.clear()
        self._windows.clear()
        self._sharp: deque[float] = deque(maxlen=_MEDIAN_OF)
        self._last: OffsetEstimate | None = None
        self._updated_s = -math.inf
        self._target: float | None = None
        self._applied = 0.0
        self._slewed_s: float | None = None
        self._found = 0
        self._state = OffsetState()

    def reset(self) -> None:
        """Search anew: another device, or its clock began a new epoch."""
        with self._lock:
            self._forget()

    def add_measured(self, t_s: float, values: Sequence[float]) -> None:
        """A sample at host time `t_s`: acc in g and rates in °/s, of each hand in turn; NaN for
        what is not measured. One that is not later than the last is passed over."""
        if len(values) != self._channels:
            raise ValueError(f"a sample has {self._channels} values")
        with self._lock:
            if math.isfinite(t_s) and not (self._samples and t_s <= self._samples[-1][0]):
                self._samples.append((t_s, tuple(values)))
                while self._samples[0][0] < t_s - _KEPT_S:
                    self._samples.popleft()

    def add_generated(self, t_s: NDArray[np.floating], values: NDArray[np.floating]) -> None:
        """A window: `t_s` `(n,)` the camera's times of its steps, `values` `(n, channels)`."""
        with self._lock:
            self._windows.add(t_s, values)

    def update(self, now_s: float) -> bool:
        """Estimate once more if it is time and there was movement. Whether an estimate was made."""
        with self._lock:
            if now_s - self._updated_s < _EVERY_S:
                return False
            self._updated_s = now_s
            measured, generated = self._both()
        moving = _is_moving(measured)
        estimate = offset_between(measured, generated) if moving else None
        with self._lock:
            if estimate is not None:
                self._last = estimate
                if estimate.is_sharp:
                    self._take(estimate.offset_s)
            self._state = OffsetState(
                "searching" if not self._found else "found" if self._found == 1 else "tracking",
                self._applied * 1000 if self._found else None,
                estimate.correlation if estimate else self._state.correlation,
                moving,
            )
        return estimate is not None

    def to_camera(self, t_s: float) -> float:
        """The camera's time of what was measured at host time `t_s`. The offset moves on by at most
        20 ms in a second of these; only when it is found does it jump."""
        with self._lock:
            if self._target is not None:
                if self._slewed_s is None:
                    self._slewed_s = t_s
                most = SLEW_S_PER_S * min(1.0, max(0.0, t_s - self._slewed_s))
                self._applied += min(max(self._target - self._applied, -most), most)
                self._slewed_s = max(self._slewed_s, t_s)
            return t_s + self._applied

    @property
    def state(self) -> OffsetState:
        return self._state

    def curves(self) -> OffsetCurves | None:
        """What the last estimate saw, moved by what is applied now; None before the first."""
        with self._lock:
            last, applied = self._last, self._applied
            measured, generated = self._both()
        if last is None or len(measured.t_s) < 2 or len(generated.t_s) < 2:
            return None
        found = np.interp(generated.t_s, measured.t_s + applied, measured.values[:, last.channel])
        return OffsetCurves(
            generated.t_s,
            _normalised(found),
            _normalised(generated.values[:, last.channel]),
            last.offsets_s,
            last.curve,
        )

    def _both(self) -> tuple[Traces, Traces]:
        """The last seconds of both sides."""
        t = np.array([t for t, _ in self._samples])
        values = np.array([v for _, v in self._samples]).reshape(len(t), self._channels)
        generated = self._windows.traces()
        if not len(t) or not len(generated.t_s):
            return Traces(t, values), generated
        # Both must be long enough whichever is behind.
        end = min(t[-1] + FURTHEST_S, generated.t_s[-1])
        kept = (generated.t_s >= end - _WINDOW_S) & (generated.t_s <= end)
        return Traces(t, values), Traces(generated.t_s[kept], generated.values[kept])

    def _take(self, offset_s: float) -> None:
        self._sharp.append(offset_s)
        newest = list(self._sharp)[-_AT_ONCE:]
        if self._target is None:
            if len(newest) >= 2 and abs(newest[-1] - newest[-2]) <= _AGREE_S:
                self._target = self._applied = (newest[-1] + newest[-2]) / 2
                self._found = 1
            return
        far = [abs(offset - self._target) > _FAR_S for offset in newest]
        if len(newest) == _AT_ONCE and all(far) and np.ptp(newest) <= 2 * _AGREE_S:
            # The picture or the device came to be elsewhere: too far to creep there.
            self._sharp.clear()
            self._sharp.extend(newest)
            self._target = self._applied = float(np.median(newest))
            self._found = 1
        elif not far[-1]:
            near = [o for o in self._sharp if abs(o - self._target) <= _FAR_S]
            self._target = float(np.median(near))
            self._found += 1


def _is_moving(measured: Traces) -> bool:
    """Whether any hand turned or was pushed about in the last seconds."""
    if len(measured.t_s) < 2:
        return False
    newest = measured.values[measured.t_s >= measured.t_s[-1] - _MOVING_S]
    spread = np.nan_to_num(newest.std(axis=0)).reshape(-1, 2, 3).max(axis=(0, 2))
    return bool(spread[0] > _MOVING_G or spread[1] > _MOVING_DPS)


def _normalised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return (values - values.mean()) / max(float(values.std()), 1e-9)
