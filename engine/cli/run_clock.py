"""When a run that was given so many seconds is over, whether pictures come or not."""

from __future__ import annotations

GRACE_S = 10.0
"""What a source may take beyond the given seconds until its first picture is there."""


class RunClock:
    """Counts from the first picture; where none comes, from the moment the source was opened."""

    def __init__(self, max_seconds: float | None, grace_s: float = GRACE_S) -> None:
        self._max_seconds, self._grace_s = max_seconds, grace_s
        self._opening_s: float | None = None
        self._first_s: float | None = None

    def is_over(self, now_s: float, *, opening: bool, pictures: bool) -> bool:
        """Asked again and again. `opening`: the source is being opened, or has been; `pictures`:
        one has come."""
        if opening and self._opening_s is None:
            self._opening_s = now_s
        if pictures and self._first_s is None:
            self._first_s = now_s
        if self._max_seconds is None:
            return False
        if self._first_s is not None:
            return now_s - self._first_s > self._max_seconds
        if self._opening_s is not None:
            return now_s - self._opening_s > self._max_seconds + self._grace_s
        return False
