"""When a run that has only recordings of gloves is over."""

from __future__ import annotations

import pytest

from engine.cli.replays import QUIET_S, Replays
from engine.glove.adapters.adapter import LinkState, LinkStatus
from engine.glove.glove_state import GloveState
from engine.glove.spec import GloveSpecError
from engine.live.live_state import LiveState
from engine.messages import Message

ENDED = Message("glove.recording-ended", name="take.csv")


def state(*links: tuple[LinkState, Message | None]) -> LiveState:
    gloves = [GloveState("replay:take.csv", LinkStatus(state, said)) for state, said in links]
    return LiveState(gloves=tuple(gloves))


def test_it_is_over_when_each_has_been_played_and_answered() -> None:
    replays = Replays(["replay:a", "replay:b"], alone=True)
    assert replays.specs == ("replay:a", "replay:b") and replays.others == ()
    assert not replays.are_over(state(), 0.0)
    assert not replays.are_over(state(("live", None), ("silent", ENDED)), 0.0)
    assert not replays.are_over(state(("silent", None), ("silent", ENDED)), 0.0)
    over = state(("silent", ENDED), ("failed", None))
    assert replays.are_over(over, 0.0)
    replays.answered(10.0)
    assert not replays.are_over(over, 10.0 + QUIET_S / 2)
    assert replays.are_over(over, 10.1 + QUIET_S)


def test_it_goes_on_with_anything_else() -> None:
    beside = Replays(["replay:a", "udp:9000"], alone=True)
    assert beside.specs == ("replay:a",) and beside.others == ("udp:9000",)
    pictures = Replays(["replay:a"], alone=False)
    assert pictures.specs == () and pictures.others == ("replay:a",)
    for replays in (beside, pictures, Replays([], alone=True)):
        assert not replays.are_over(state(("silent", ENDED)), 0.0)


def test_a_glove_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(GloveSpecError):
        Replays(["replay:a", "glove"], alone=True)
