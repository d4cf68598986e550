"""Overlapping windows made into one trace."""

from __future__ import annotations

import numpy as np
import pytest

from engine.glove.alignment.window_merging import MergedWindows


def add(windows: MergedWindows, end_s: float, error: float = 0.0) -> None:
    t = end_s - np.arange(47, -1, -1) / 16
    windows.add(t, np.stack([np.sin(t), t], axis=1) + error)


def test_what_windows_say_of_a_moment_is_averaged() -> None:
    windows = MergedWindows(2)
    for k in range(60):
        add(windows, 1000 + k * 0.13, 0.5 * (-1) ** k)
    traces = windows.traces()
    inside = (traces.t_s > 1001) & (traces.t_s < 1005)

    assert np.diff(traces.t_s) == pytest.approx(0.02)
    assert np.abs(traces.values[inside, 0] - np.sin(traces.t_s[inside])).max() < 0.1
    assert np.abs(traces.values[inside, 1] - traces.t_s[inside]).max() < 0.1


def test_what_is_old_is_forgotten_and_gaps_stay_gaps() -> None:
    windows = MergedWindows(2, kept_s=12.0)
    add(windows, 10.0)
    add(windows, 16.0)
    assert windows.traces().t_s[0] == pytest.approx(7.08, abs=0.03)
    assert not ((windows.traces().t_s > 10.01) & (windows.traces().t_s < 13.0)).any()

    add(windows, 21.0)
    traces = windows.traces()
    assert traces.t_s[0] == pytest.approx(9.02, abs=0.03)
    assert traces.values[:, 1] == pytest.approx(traces.t_s)
    assert windows.traces(since_s=20.0).t_s[0] == pytest.approx(20.0)


def test_time_that_leaps_begins_anew() -> None:
    windows = MergedWindows(2)
    for end_s in (50.0, 5000.0, 50.0):
        add(windows, end_s)
        t = windows.traces().t_s
        assert (t[0], t[-1]) == pytest.approx((end_s - 2.93, end_s), abs=0.03)


def test_a_window_must_fit() -> None:
    windows = MergedWindows(2)
    with pytest.raises(ValueError, match="window"):
        windows.add(np.arange(4.0), np.zeros((4, 3)))
    windows.add(np.arange(4.0), np.full((4, 2), np.nan))

    assert windows.traces().t_s.size == 0
