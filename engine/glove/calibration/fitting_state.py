"""What is asked of a person while a glove is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.messages import Message

FittingStep = Literal["still", "palm-down", "circle", "done", "failed"]


@dataclass(frozen=True, slots=True)
class FittingState:
    """`progress` 0..1 of this step; `message`: what to do, or what is wrong; `found`: what was
    found, one line each, once it is done."""

    step: FittingStep
    progress: float
    message: Message
    found: tuple[Message, ...] = ()
