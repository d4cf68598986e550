"""When an answer is overdue: late ones, and nights that nobody is to blame for."""

from __future__ import annotations

import threading

import pytest

from engine.worker.request_watch import AnswerClock, OverdueWatch, TimeLimits


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


def overdue_after(clock: AnswerClock, time: Time, most_s: float, step_s: float = 0.5) -> float:
    waited = 0.0
    while waited < most_s:
        time.now += step_s
        waited += step_s
        if clock.is_overdue():
            return waited
    return float("inf")


def test_an_answer_is_overdue_after_its_limit(time: Time) -> None:
    clock = AnswerClock(time)
    clock.asked(30.0)
    assert overdue_after(clock, time, 100.0) == pytest.approx(30.5)


def test_what_is_answered_or_was_never_asked_is_not_overdue(time: Time) -> None:
    clock = AnswerClock(time)
    assert overdue_after(clock, time, 1000.0) == float("inf")
    clock.asked(30.0)
    overdue_after(clock, time, 29.0)
    clock.answered()
    assert overdue_after(clock, time, 1000.0) == float("inf")
    clock.asked(30.0)
    assert overdue_after(clock, time, 29.0) == float("inf")


def test_a_night_asleep_counts_for_a_moment(time: Time) -> None:
    clock = AnswerClock(time)
    clock.asked(30.0)
    for _ in range(5):
        time.now += 8 * 3600.0
        assert not clock.is_overdue()
    assert overdue_after(clock, time, 100.0) < 30.0


def test_being_busy_here_is_not_the_other_side_s_fault(time: Time) -> None:
    clock = AnswerClock(time)
    clock.asked(30.0)
    with clock.not_counting():
        assert overdue_after(clock, time, 1000.0) == float("inf")
    time.now += 0.5
    assert not clock.is_overdue()
    assert overdue_after(clock, time, 100.0) <= 30.5


def test_loading_may_take_longer_than_looking() -> None:
    limits = TimeLimits()
    assert limits.load_s >= 60.0
    assert 10.0 <= limits.observe_s < limits.load_s


def test_the_watch_calls_once_and_ends() -> None:
    clock, called = AnswerClock(), threading.Event()
    clock.asked(0.1)
    watch = OverdueWatch(clock, called.set)
    assert called.wait(20.0)
    watch.close(5.0)
    idle = OverdueWatch(AnswerClock(), called.clear)
    idle.close(5.0)
    assert called.is_set()
