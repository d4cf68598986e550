"""Events a second, over the last few seconds."""

from __future__ import annotations

from collections import deque


class RateMeter:
    """`tick(now_s)` on each event; `rate_hz(now_s)` falls to 0 when events stop."""

    def __init__(self, span_s: float = 3.0) -> None:
        self._span_s = span_s
        self._ticks: deque[float] = deque()

    def tick(self, now_s: float) -> None:
        self._ticks.append(now_s)
        self._forget(now_s)

    def rate_hz(self, now_s: float) -> float:
        self._forget(now_s)
        if len(self._ticks) < 2:
            return 0.0
        # Up to 'now' once the next event is overdue, so that a stopped source is seen to slow down.
        between = (self._ticks[-1] - self._ticks[0]) / (len(self._ticks) - 1)
        late = max(0.0, now_s - self._ticks[-1] - 2 * between)
        return (len(self._ticks) - 1) / max(1e-6, self._ticks[-1] - self._ticks[0] + late)

    def _forget(self, now_s: float) -> None:
        while self._ticks and self._ticks[0] < now_s - self._span_s:
            self._ticks.popleft()
