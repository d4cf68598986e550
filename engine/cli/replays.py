"""Recordings of gloves in a run without a window: when they begin, and when all is over."""

from __future__ import annotations

from collections.abc import Sequence

from engine.glove.glove_state import GloveState
from engine.glove.spec import parse_spec
from engine.live.live_state import LiveState

QUIET_S = 1.0
"""So long after the last answer there is none on its way."""


class Replays:
    """Of the gloves that are worn, `specs` are recordings that wait until there is something to
    recognise them with: what is played once shall not be half over by then. `others` do not."""

    def __init__(self, gloves: Sequence[str], *, alone: bool) -> None:
        """`alone`: nothing but gloves is recognised. Beside pictures a recording goes on with them.
        Raises GloveSpecError."""
        recorded = {spec for spec in gloves if parse_spec(spec).transport == "replay"}
        self.specs = tuple(spec for spec in gloves if alone and spec in recorded)
        self.others = tuple(spec for spec in gloves if spec not in self.specs)
        self._answered_s: float | None = None

    def answered(self, now_s: float) -> None:
        """A prediction came; from any thread."""
        self._answered_s = now_s

    def are_over(self, state: LiveState, now_s: float) -> bool:
        """Whether there is nothing else, each has been played or cannot be, and all that they told
        has been answered."""
        if not self.specs or self.others or not state.gloves:
            return False
        quiet = self._answered_s is None or now_s - self._answered_s > QUIET_S
        return quiet and all(_is_over(glove) for glove in state.gloves)


def _is_over(glove: GloveState) -> bool:
    message = glove.link.message
    ended = message is not None and message.code == "glove.recording-ended"
    return ended or glove.link.state == "failed"
