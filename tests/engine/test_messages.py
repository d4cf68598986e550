"""What the engine says to people: one line, whose code survives the way to the window."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from engine.messages import Message
from engine.sources.errors import SourceError
from engine.sources.opening import open_source


def test_a_message_is_its_english_sentence() -> None:
    said = Message("source.no-file", name=Path("clip.mp4"))

    assert said == "clip.mp4: there is no such file"
    assert (said.code, said.values) == ("source.no-file", {"name": "clip.mp4"})


def test_a_message_stays_what_it_is_on_its_way_to_another_process() -> None:
    said = pickle.loads(pickle.dumps(Message("source.no-file", name="a b")))  # noqa: S301

    assert (said.code, said.values) == ("source.no-file", {"name": "a b"})


def test_a_name_with_a_line_break_stays_on_one_line() -> None:
    assert "\n" not in Message("source.no-file", name="a\nb.mp4")


def test_an_unknown_code_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Message("source.nothing")


def test_an_error_hands_its_message_on(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(str(tmp_path / "none.mp4"))

    assert isinstance(caught.value.message, Message)
    assert caught.value.message.code == "source.no-file"
