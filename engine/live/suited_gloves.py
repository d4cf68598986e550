"""Whether a glove tells what the vocabulary that was chosen can hear."""

from __future__ import annotations

from dataclasses import replace

from engine.bundle import BundleCard
from engine.glove.glove_state import GloveState
from engine.messages import Message


def suited(card: BundleCard | None, gloves: tuple[GloveState, ...]) -> tuple[GloveState, ...]:
    """The same, with a note on each that works and is of no use to this vocabulary."""
    if card is None:
        return gloves
    return tuple(
        glove if (note := _unsuited(card, glove)) is None else replace(glove, note=note)
        for glove in gloves
    )


def _unsuited(card: BundleCard, glove: GloveState) -> Message | None:
    if glove.note is not None or glove.link.state != "live":
        return None
    title = glove.link.title or glove.spec
    wanted = card.sensor.angles if card.sensor is not None else None
    if not wanted:
        if glove.fingers is not None and not glove.wrists:
            return Message("glove.no-use-of-fingers", name=title)
        return None
    if glove.fingers is None:
        return Message("glove.needs-fingers", name=title, count=wanted) if glove.wrists else None
    if glove.fingers.angles != wanted:
        found = glove.fingers.angles
        return Message("glove.other-fingers", name=title, count=wanted, found=found)
    return None
