"""How a glove is, at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from engine.glove.adapters.adapter import LinkStatus
from engine.glove.calibration.calibration import Calibration
from engine.glove.calibration.fitting_state import FittingState
from engine.glove.sample import Hand
from engine.messages import Message


@dataclass(frozen=True, slots=True)
class WristState:
    """`sensor`: which of its device's, to name it by. `calibration`: how it is worn, None while
    that is not known. `rate_hz` as measured; `loss`: share of samples that did not come, 0..1;
    `latency_ms`: from the moment of measuring to the sample's being here, over the fastest that was
    seen; `offset_ms`: what is added to its time so that it fits the pictures, None until found;
    `correlation` with the generated trace, -1..1; `fresh`: it tells what the hand does now;
    `frozen`: it repeats itself.
    """

    hand: Hand
    sensor: str = ""
    calibration: Calibration | None = None
    rate_hz: float = 0.0
    loss: float = 0.0
    latency_ms: float = 0.0
    offset_ms: float | None = None
    correlation: float | None = None
    fresh: bool = False
    frozen: bool = False
    samples: int = 0


@dataclass(frozen=True, slots=True)
class FingersState:
    """Of a glove that tells `angles` of fingers; the rest as in `WristState`."""

    angles: int
    rate_hz: float = 0.0
    loss: float = 0.0
    latency_ms: float = 0.0
    fresh: bool = False
    frozen: bool = False
    samples: int = 0


@dataclass(frozen=True, slots=True)
class GloveState:
    """`spec`: as it was asked for. `fitted`: it was calibrated, or needs not be. `fingers`: of one
    that tells their angles. `note`: one line that says what to do, where there is anything."""

    spec: str
    link: LinkStatus
    wrists: tuple[WristState, ...] = ()
    fitted: bool = False
    fingers: FingersState | None = None
    fitting: FittingState | None = None
    note: Message | None = None

    @property
    def is_fresh(self) -> bool:
        return any(wrist.fresh for wrist in self.wrists)
