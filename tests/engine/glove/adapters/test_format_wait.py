"""What comes before anybody knows what is sent."""

from __future__ import annotations

import pytest

from engine.glove.adapters.format_wait import FormatWait
from tests.engine.glove.devices.motion import HEADER, line


@pytest.mark.parametrize("rest", [1, 7, 30])
def test_the_first_line_after_our_header_may_come_in_two_parts(rest: int) -> None:
    wait = FormatWait()
    whole = (HEADER.format(hand="L") + "\r\n").encode()
    first = (line(0, 1.0) + "\r\n").encode()
    assert wait.feed(whole + first[:rest], 0.0) == []
    (reading,) = wait.feed(first[rest:], 0.01)
    assert reading.hand == "left" and wait.counts.snapshot() == {}


def test_a_header_of_another_version_is_not_understood_by_another_way() -> None:
    wait = FormatWait()
    whole = HEADER.format(hand="L").replace("#signmirror 1", "#signmirror 2").encode() + b"\n"
    for number in range(10):
        assert wait.feed(whole + (line(number, 1.0 + number / 100) + "\n").encode(), 0.0) == []
    assert wait.title == ""


def test_reasons_name_the_device() -> None:
    wait = FormatWait(name="ttyUSB0")
    for _ in range(10):
        wait.feed(bytes(range(128, 256)) * 8, 0.0)
    assert wait.reason is not None
    assert wait.reason.code == "glove.format-unreadable" and "ttyUSB0" in wait.reason
