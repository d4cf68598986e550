"""What is left out when there is no time, in which order, and how it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clips.frame_sampler import LANDMARK_RATE_HZ
from engine.worker.scheduler import (
    BUDGETS,
    MOST_THINNED_S,
    NETWORK_SHARE,
    RATES_HZ,
    SAVING_RATE_HZ,
    Budget,
    Scheduler,
)
from tests.engine.worker.busy_machine import BusyMachine, Speeds

Asked = Literal["video", "landmarks"]

QUICK_S, SLOW_S = 0.02, 0.11
"""A frame's landmarks: with much time to spare, and too slow for any rate but the lowest."""


@dataclass(frozen=True)
class Asking:
    what: Asked
    started_s: float
    ended_s: float


class Machine:
    """A camera, one thread for landmarks and one for the networks, on a clock of their own."""

    def __init__(
        self, scheduler: Scheduler, *, landmarks_s: float, video_s: float, graph_s: float = 0.01
    ) -> None:
        self.scheduler = scheduler
        self.landmarks_s = landmarks_s
        self._takes: dict[Asked, float] = {"video": video_s, "landmarks": graph_s}
        self.now_s = self._due_s = 0.0
        self._asking: Asking | None = None
        self._fresh = False
        self.asked: list[Asking] = []
        self.looked: list[tuple[float, float, bool]] = []
        """Of every frame: when its landmarks were found, the rate, whether pictures are off."""

    def run(self, seconds: float) -> Machine:
        end = self.now_s + seconds
        while self.now_s < end:
            self.look(self.landmarks_s)
        return self

    def look(self, takes_s: float) -> None:
        started = max(self._due_s, self.now_s)
        self.now_s = started + takes_s
        while self._asking and self._asking.ended_s <= self.now_s:
            done, self._asking = self._asking, None
            self.scheduler.predicted(done.what, done.started_s, done.ended_s)
            self._ask(done.ended_s)
        self.scheduler.landmarks_took(takes_s, self.now_s)
        self._fresh = True
        self._ask(self.now_s)
        rate = self.scheduler.landmark_rate_hz
        self.looked.append((self.now_s, rate, self.scheduler.video_stopped))
        self._due_s = max(self._due_s + 1 / rate, started)

    def _ask(self, now_s: float) -> None:
        if self._asking is not None or not self._fresh:
            return
        self._fresh = False
        what = self.scheduler.may_predict(now_s)
        if what is not None:
            self._asking = Asking(what, now_s, now_s + self._takes[what])
            self.asked.append(self._asking)

    def gaps(self, since_s: float = 0.0) -> list[float]:
        """Seconds between one answer with pictures and the next."""
        starts = [one.started_s for one in self.asked if one.what == "video"]
        return [b - a for a, b in pairwise(starts) if a >= since_s]

    def first(self, *, slower: bool = False, stopped: bool = False) -> float:
        """When fewer frames were looked at, or pictures no longer judged, for the first time."""
        return next(
            t
            for t, rate, off in self.looked
            if (slower and rate < LANDMARK_RATE_HZ) or (stopped and off)
        )


def test_with_time_to_spare_every_sampled_frame_is_answered_with_pictures() -> None:
    machine = Machine(
        Scheduler(has_video=True, has_landmarks=True), landmarks_s=QUICK_S, video_s=0.03
    ).run(20)
    assert len(machine.looked) == pytest.approx(20 * LANDMARK_RATE_HZ, abs=2)
    assert [one.what for one in machine.asked] == ["video"] * len(machine.looked)
    assert {rate for _, rate, _ in machine.looked} == {LANDMARK_RATE_HZ}


@pytest.mark.parametrize("budget", BUDGETS)
@pytest.mark.parametrize("has_video", [True, False])
def test_the_networks_are_at_work_for_the_budgets_share_of_the_time(
    budget: Budget, has_video: bool
) -> None:
    scheduler = Scheduler(has_video=has_video, has_landmarks=True, budget=budget)
    machine = Machine(scheduler, landmarks_s=QUICK_S, video_s=0.1, graph_s=0.1).run(30)
    *rested, last = machine.asked
    busy = sum(one.ended_s - one.started_s for one in rested)
    share = busy / (last.started_s - rested[0].started_s)
    assert NETWORK_SHARE[budget] / 2 < share <= NETWORK_SHARE[budget] + 1e-9


def test_a_budget_is_kept_from_the_moment_it_is_chosen() -> None:
    scheduler = Scheduler(has_video=True, has_landmarks=True)
    machine = Machine(scheduler, landmarks_s=QUICK_S, video_s=0.05).run(10)
    scheduler.budget = "saving"
    machine.run(10)
    assert scheduler.landmark_rate_hz == SAVING_RATE_HZ
    assert min(machine.gaps(since_s=10.2)) >= 0.05 / NETWORK_SHARE["saving"] - 1e-9
    scheduler.budget = "full"
    machine.run(10)
    assert scheduler.landmark_rate_hz == LANDMARK_RATE_HZ
    assert max(machine.gaps(since_s=20.5)) == pytest.approx(1 / LANDMARK_RATE_HZ)


def test_pictures_are_thinned_then_stopped_before_fewer_frames_are_looked_at() -> None:
    scheduler = Scheduler(has_video=True, has_landmarks=True)
    machine = Machine(scheduler, landmarks_s=SLOW_S, video_s=0.1).run(90)
    stopped, slower = machine.first(stopped=True), machine.first(slower=True)
    assert stopped < slower
    gaps = machine.gaps()
    # Rarer and rarer, give or take the frame that one has to wait for.
    assert all(b > a - 2 * SLOW_S for a, b in pairwise(gaps))
    assert gaps[0] < 0.3 and MOST_THINNED_S / 2 < max(gaps) < MOST_THINNED_S + 2 * SLOW_S
    assert {one.what for one in machine.asked if one.started_s > stopped} == {"landmarks"}
    assert scheduler.landmark_rate_hz == min(RATES_HZ) == 8.0


def test_landmarks_that_are_never_in_time_are_still_looked_for_8_times_a_second() -> None:
    scheduler = Scheduler(has_video=False, has_landmarks=True)
    machine = Machine(scheduler, landmarks_s=0.4, video_s=0.0).run(200)
    rates = [rate for _, rate, _ in machine.looked]
    assert rates == sorted(rates, reverse=True)
    assert set(rates) == set(RATES_HZ)


def test_where_only_pictures_can_answer_they_are_never_stopped() -> None:
    scheduler = Scheduler(has_video=True, has_landmarks=False)
    machine = Machine(scheduler, landmarks_s=SLOW_S, video_s=0.3).run(90)
    assert not any(off for _, _, off in machine.looked)
    assert max(machine.gaps()) < MOST_THINNED_S + 2 * SLOW_S
    assert len([one for one in machine.asked if one.started_s > 80]) >= 4
    assert scheduler.landmark_rate_hz == 8.0


@pytest.mark.parametrize("slow_s", [0.5, 2.0, 10.0])
def test_one_slow_first_picture_changes_nothing(slow_s: float) -> None:
    # Pictures that were thinned would be judged in every second frame alone.
    machine = Machine(
        Scheduler(has_video=True, has_landmarks=True), landmarks_s=QUICK_S, video_s=0.06
    )
    machine.look(slow_s)
    machine.run(20)
    assert {(rate, off) for _, rate, off in machine.looked} == {(LANDMARK_RATE_HZ, False)}
    assert max(machine.gaps(since_s=slow_s + 0.1)) == pytest.approx(1 / LANDMARK_RATE_HZ)


def test_each_change_has_time_to_show_before_the_next() -> None:
    machine = Machine(Scheduler(has_video=False, has_landmarks=True), landmarks_s=0.13, video_s=0.0)
    machine.run(30)
    changes = [b[0] for a, b in pairwise(machine.looked) if a[1] != b[1]]
    assert len(changes) == len(RATES_HZ) - 1
    assert all(later - earlier >= 2.0 for earlier, later in pairwise(changes))


def test_when_there_is_time_again_everything_is_back_within_two_seconds() -> None:
    scheduler = Scheduler(has_video=True, has_landmarks=True)
    machine = Machine(scheduler, landmarks_s=SLOW_S, video_s=0.1).run(90)
    assert scheduler.video_stopped and scheduler.landmark_rate_hz < LANDMARK_RATE_HZ
    since = machine.now_s
    machine.landmarks_s = QUICK_S
    machine.run(30)
    returning = [(rate, off) for t, rate, off in machine.looked if t > since + 2.0]
    assert set(returning) == {(LANDMARK_RATE_HZ, False)}
    assert max(machine.gaps(since_s=since + 2.0)) < 0.1 + 2 / LANDMARK_RATE_HZ


def test_what_networks_take_from_landmarks_is_not_taken_back_at_once() -> None:
    # Alone they are in time, beside the networks they are not: room for both there is none.
    speeds = Speeds(landmarks_s=0.045, video_s=0.25, graph_s=0.01, contention=1.8)
    scheduler = Scheduler(has_video=True, has_landmarks=True)
    machine = BusyMachine(scheduler, speeds)
    machine.run(60.0, 1.0)
    full = 0
    for _ in range(120):
        machine.run(1.0, 1.0)
        full += scheduler.is_full
    assert full < 40


def test_a_rate_that_would_be_lost_again_at_once_is_not_taken_back() -> None:
    scheduler = Scheduler(has_video=False, has_landmarks=True)
    machine = Machine(scheduler, landmarks_s=SLOW_S, video_s=0.0).run(60)
    settled = {rate for t, rate, _ in machine.looked if t > 30}
    # 0.11 s is 0.88 of the time at 8 Hz, which is time to spare, but more than all of it at 10.
    assert settled == {8.0}


SECONDS = st.floats(0, 3, allow_nan=False)
STEP = st.tuples(SECONDS, SECONDS, SECONDS, st.sampled_from(BUDGETS))


@given(
    has=st.sampled_from([(True, True), (True, False), (False, True)]),
    steps=st.lists(STEP, min_size=1, max_size=40),
    each=st.integers(1, 40),
)
def test_whatever_things_take_nothing_is_asked_that_is_not_there(
    has: tuple[bool, bool], steps: list[tuple[float, float, float, Budget]], each: int
) -> None:
    has_video, has_landmarks = has
    scheduler = Scheduler(has_video=has_video, has_landmarks=has_landmarks)
    there = {
        what for what, is_there in (("video", has_video), ("landmarks", has_landmarks)) if is_there
    }
    now = 0.0
    for landmarks_s, network_s, rest_s, budget in steps:
        scheduler.budget = budget
        for _ in range(each):
            now += landmarks_s
            scheduler.landmarks_took(landmarks_s, now)
            what = scheduler.may_predict(now)
            assert what is None or what in there
            if what is not None:
                scheduler.predicted(what, now, now + network_s)
                # Not before the rest that the budget wants; of what takes no time, none is left.
                rested = now + 0.99 * network_s / NETWORK_SHARE[budget]
                assert network_s < 1e-6 or scheduler.may_predict(rested) is None
            now += network_s + rest_s
            assert scheduler.landmark_rate_hz in RATES_HZ
            assert budget != "saving" or scheduler.landmark_rate_hz <= SAVING_RATE_HZ
            assert not scheduler.video_stopped or has_landmarks
