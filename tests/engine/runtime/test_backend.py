"""A runtime and a precision, as they are written on command lines and in settings."""

from __future__ import annotations

import pytest

from engine.runtime.backend import AUTOMATIC, EVERY, Choice, check_wanted


@pytest.mark.parametrize("choice", EVERY, ids=str)
def test_a_choice_is_read_as_it_is_written(choice: Choice) -> None:
    assert Choice.parse(str(choice)) == choice
    assert check_wanted(str(choice)) == str(choice)


@pytest.mark.parametrize("text", ["", "openvino", "OpenVINO fp32", "torch-int8", "fp32-torch"])
def test_an_unknown_choice_is_answered_with_those_that_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="no such runtime") as caught:
        check_wanted(text)
    assert all(str(choice) in str(caught.value) for choice in EVERY)
    assert AUTOMATIC in str(caught.value)
