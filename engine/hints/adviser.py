"""What would let signs be named better: one hint at a time, calm enough to be read."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from engine.hints.presence import FEWEST_PX
from engine.hints.visibility import Visibility
from engine.landmarks.low_light import DIM, TOO_DARK
from engine.messages import Message

_SPAN_S = 1.0
"""A hint is of this long, never of one picture."""

_HANDS_SPAN_S = 3.0
"""Hands are lowered between signs, and may leave the picture then."""

_MOSTLY, _STILL = 0.8, 0.4
_TURNED_DEG = 60.0

HINTS = (
    "hint.too-dark",
    "hint.nobody",
    "hint.two-people",
    "hint.too-far",
    "hint.not-facing",
    "hint.hands-out",
)
"""By weight: of two that hold, the first is said."""


class _Seen(NamedTuple):
    t_s: float
    look: Visibility


class Adviser:
    """Fed with every look; `hint` is what to say. A clock that runs backwards starts anew."""

    def __init__(self) -> None:
        self.hint: Message | None = None
        self._seen: deque[_Seen] = deque()

    def reset(self) -> None:
        self.hint = None
        self._seen.clear()

    def observe(self, t_s: float, look: Visibility) -> None:
        if self._seen and t_s < self._seen[-1].t_s:
            self.reset()
        self._seen.append(_Seen(t_s, look))
        while len(self._seen) > 1 and t_s - self._seen[1].t_s >= _HANDS_SPAN_S:
            self._seen.popleft()
        due = next((code for code in HINTS if self._is_due(code, t_s)), None)
        if due is None:
            self.hint = None
        elif self.hint is None or self.hint.code != due:
            self.hint = Message(due)

    def _is_due(self, code: str, t_s: float) -> bool:
        span = _HANDS_SPAN_S if code == "hint.hands-out" else _SPAN_S
        if t_s - self._seen[0].t_s < span - 1e-6:
            return False
        said = self.hint is not None and self.hint.code == code
        # What is said already is not taken back at once, so that nothing flickers.
        return self._share(code, t_s, span) >= (_STILL if said else _MOSTLY)

    def _share(self, code: str, t_s: float, span_s: float) -> float:
        """In which part of the last seconds this held."""
        lately = [seen.look for seen in self._seen if t_s - seen.t_s <= span_s + 1e-6]
        return sum(_holds(code, look) for look in lately) / len(lately)


def _holds(code: str, look: Visibility) -> bool:
    if code == "hint.too-dark":
        # A dim room in which hands are found is light enough.
        return look.light < TOO_DARK or (look.light < DIM and not look.hands and not look.person)
    if code == "hint.nobody":
        return not look.person
    if code == "hint.two-people":
        return look.people > 1
    if not look.person or look.across_px is None:
        return False
    if code == "hint.too-far":
        return look.across_px < FEWEST_PX
    if code == "hint.not-facing":
        return look.turned_deg > _TURNED_DEG
    return not look.hands
