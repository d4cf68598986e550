"""How well a sensor does: its rate, what was lost, whether it still tells anything."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from engine.glove.sample import Vector

FROZEN_S = 0.25
"""So long the same six numbers while the hand moves: the sensor hangs."""

FRESH_S = 0.35
"""What is older says nothing of what the hand does now."""

_RATE_S = 2.0
_LOSS_S = 10.0
_TOGETHER_S = 0.05
_BACK_S = 1.0
_BEFORE_S = 0.4
_MOST_TIMES = 4000
_MOST_COUNTS = 1000
_MOST_LOST = 20_000
_MOVED_PART = 0.08
_MOVED_DEG = 3.0
_FEWEST_SAME = 3
_STEPS = 51


@dataclass(frozen=True, slots=True)
class Health:
    """`rate_hz` as measured over the last 2 s; `loss`: the share of samples of the last 10 s that
    did not come, 0..1, as far as a count or a clock tells; `frozen`: it repeats itself
    while the hand moves; `fresh`: the newest sample is new, and no frozen one; `age_s` of it."""

    rate_hz: float
    loss: float
    frozen: bool
    fresh: bool
    age_s: float


class StreamHealth:
    """Of one sensor. `observe` each sample in order; `state` may be asked from another thread.

    Values may be in any unit: movement is told by how far the acceleration goes, measured by its
    own size.
    """

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=_MOST_TIMES)
        self._recent: deque[tuple[float, tuple[float, ...]]] = deque(maxlen=_MOST_TIMES)
        self._came: deque[tuple[float, int, int]] = deque(maxlen=_MOST_COUNTS)
        self._sequence: int | None = None
        self._stamp: float | None = None
        self._steps: deque[float] = deque(maxlen=_STEPS)
        self._values: tuple[float, ...] = ()
        self._run_begins = 0.0
        self._run_length = 0
        self._moved_before: bool | None = None
        self._visible_s = -math.inf

    def observe(
        self,
        t_s: float,
        acc: Vector,
        gyro: Vector,
        sequence: int | None = None,
        stamp_s: float | None = None,
    ) -> None:
        """A sample measured at host time `t_s`; `sequence` and `stamp_s` as the device has them."""
        self._take(t_s, (*acc, *gyro), sequence, stamp_s)

    def observe_values(
        self,
        t_s: float,
        values: Sequence[float],
        sequence: int | None = None,
        stamp_s: float | None = None,
    ) -> None:
        """The same for a sensor that tells angles in degrees."""
        self._take(t_s, tuple(values), sequence, stamp_s)

    def note_visible_motion(self, t_s: float) -> None:
        """The camera saw the hand move at host time `t_s`."""
        self._visible_s = max(self._visible_s, t_s)

    @property
    def is_frozen(self) -> bool:
        """As `state` says it, for whoever asks nothing else."""
        if not self._lasts():
            return False
        seen_moving = self._run_begins + FROZEN_S / 2 <= self._visible_s
        return bool(self._moved_before) or seen_moving

    def state(self, now_s: float) -> Health:
        times = [t for t in self._times.copy() if t > now_s - _RATE_S]
        span = times[-1] - times[0] if len(times) > 1 else 0.0
        came = [(good, lost) for t, good, lost in self._came.copy() if t > now_s - _LOSS_S]
        good, lost = (sum(part) for part in zip(*came, strict=True)) if came else (0, 0)
        age_s = now_s - self._times[-1] if self._times else math.inf
        frozen = self.is_frozen
        return Health(
            rate_hz=(len(times) - 1) / span if span > 0 else 0.0,
            loss=lost / (good + lost) if good + lost else 0.0,
            frozen=frozen,
            fresh=age_s <= FRESH_S and not frozen,
            age_s=age_s,
        )

    def _take(
        self, t_s: float, values: tuple[float, ...], sequence: int | None, stamp_s: float | None
    ) -> None:
        self._times.append(t_s)
        # `state` is asked for every picture on the screen, perhaps for a moment a little back.
        while self._times[0] < t_s - _RATE_S - _BACK_S:
            self._times.popleft()
        good, lost = self._counted(sequence, stamp_s)
        if good or lost:
            self._count(t_s, good, lost)
        if values == self._values:
            self._run_length += 1
        else:
            self._values, self._run_begins, self._run_length = values, t_s, 1
            self._moved_before = None
        self._recent.append((t_s, values))
        while self._recent[0][0] < min(t_s, self._run_begins) - _BEFORE_S:
            self._recent.popleft()
        if self._moved_before is None and self._lasts():
            self._moved_before = self._had_moved()

    def _count(self, t_s: float, good: int, lost: int) -> None:
        if self._came and 0.0 <= t_s - self._came[-1][0] < _TOGETHER_S:
            since, good_before, lost_before = self._came[-1]
            self._came[-1] = since, good_before + good, lost_before + lost
        else:
            self._came.append((t_s, good, lost))

    def _counted(self, sequence: int | None, stamp_s: float | None) -> tuple[int, int]:
        """How many samples, or packets of several, came and were lost with this one."""
        if sequence is not None:
            last, self._sequence = self._sequence, sequence
            step = 1 if last is None else sequence - last
            # Of a packet the first sample counts; a count that starts anew lost nothing.
            return (0, 0) if step == 0 else (1, step - 1 if 0 < step < _MOST_LOST else 0)
        if stamp_s is None:
            return 1, 0
        last_stamp, self._stamp = self._stamp, stamp_s
        gap = 0.0 if last_stamp is None else stamp_s - last_stamp
        if gap <= 0.0:
            return (0, 0) if gap == 0.0 and last_stamp is not None else (1, 0)
        self._steps.append(gap)
        usual = median(self._steps)
        missing = round(gap / usual) - 1 if len(self._steps) >= _FEWEST_SAME else 0
        return 1, missing if 0 < missing < _MOST_LOST else 0

    def _lasts(self) -> bool:
        long = self._times[-1] - self._run_begins >= FROZEN_S if self._times else False
        return long and self._run_length >= _FEWEST_SAME

    def _had_moved(self) -> bool:
        """Whether the hand moved just before the values began to repeat."""
        before = [v for t, v in self._recent if t <= self._run_begins]
        if len(before) < _FEWEST_SAME:
            return False
        if len(self._values) != 6:
            return any(max(c) - min(c) > _MOVED_DEG for c in zip(*before, strict=True))
        accs = [v[:3] for v in before]
        size = median(math.hypot(*acc) for acc in accs)
        return any(max(c) - min(c) > _MOVED_PART * size for c in zip(*accs, strict=True))
