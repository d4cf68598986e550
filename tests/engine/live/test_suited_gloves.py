"""A glove that is of no use to the vocabulary says so, and what to do."""

from __future__ import annotations

import pytest

from engine.bundle import load_bundle
from engine.glove.adapters.adapter import LinkStatus
from engine.glove.glove_state import FingersState, GloveState, WristState
from engine.live.suited_gloves import suited
from engine.messages import Message

LIVE = LinkStatus("live", title="a glove")
WRIST = GloveState("udp:9000", LIVE, wrists=(WristState("left"),), fitted=True)
TWELVE = GloveState("udp:9001", LIVE, fingers=FingersState(12))
FIVE = GloveState("udp:9002", LIVE, fingers=FingersState(5))


@pytest.mark.parametrize(
    ("bundle", "glove", "code"),
    [
        ("vsl-letters", TWELVE, None),
        ("vsl-letters", FIVE, "glove.other-fingers"),
        ("vsl-letters", WRIST, "glove.needs-fingers"),
        ("asl20", WRIST, None),
        ("asl20", TWELVE, "glove.no-use-of-fingers"),
    ],
)
def test_what_a_vocabulary_cannot_hear_is_told(
    bundle: str, glove: GloveState, code: str | None
) -> None:
    (told,) = suited(load_bundle(bundle).card, (glove,))
    assert (None if told.note is None else told.note.code) == code


def test_what_a_glove_says_of_itself_comes_first() -> None:
    said = Message("glove.frozen", name="a glove")
    glove = GloveState("udp:9000", LIVE, wrists=(WristState("left"),), note=said)
    (told,) = suited(load_bundle("vsl-letters").card, (glove,))
    assert told.note == said
    assert suited(None, (TWELVE,)) == (TWELVE,)
