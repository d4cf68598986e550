"""The clip window: by time stamp, at any frame rate."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clips.clip_buffer import ClipBuffer
from engine.live.latest_slot import LatestSlot


@given(rate=st.floats(4, 120), seconds=st.floats(3.5, 8))
def test_the_sampled_moments_do_not_depend_on_the_frame_rate(rate: float, seconds: float) -> None:
    window: ClipBuffer[float] = ClipBuffer(3.0, 24)
    for i in range(int(rate * seconds) + 1):
        window.append(i / rate, i / rate)
    moments = window.sample_times()
    assert len(moments) == 24 and moments[-1] == window.newest_s
    assert np.allclose(np.diff(moments), 3.0 / 23)
    assert np.abs(np.array(window.nearest()) - moments).max() <= 0.5 / rate + 1e-9


@given(st.lists(st.floats(0, 100), max_size=60))
def test_any_time_stamps_are_taken(times: list[float]) -> None:
    window: ClipBuffer[float] = ClipBuffer(3.0, 24)
    for t_s in times:
        window.append(t_s, t_s)
        kept, _ = window.items()
        assert all(a < b for a, b in pairwise(kept))
        assert len(window.nearest()) == 24


def test_a_clock_that_jumps_back_starts_a_new_window() -> None:
    window: ClipBuffer[str] = ClipBuffer(3.0)
    window.append(10.0, "old")
    window.append(0.0, "new")
    assert window.nearest() == ["new"] * 24


def test_an_empty_window_says_so() -> None:
    with pytest.raises(IndexError, match="empty"):
        ClipBuffer[int](3.0).nearest()


def test_in_the_slot_the_newest_wins_and_the_lost_are_counted() -> None:
    slot: LatestSlot[int] = LatestSlot()
    for i in range(5):
        slot.put(i)
    assert slot.take(0.0) == 4
    assert slot.dropped == 4
    assert slot.take(0.0) is None
