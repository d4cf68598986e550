"""A machine on a virtual clock: camera, landmarks, networks, and other programs beside them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from engine.worker.scheduler import Scheduler

_EPSILON_S = 1e-9


@dataclass(frozen=True)
class Speeds:
    """Seconds of work on an idle machine. `contention`: how many times slower both become while
    landmarks are looked for and a network runs."""

    landmarks_s: float
    video_s: float
    graph_s: float
    contention: float


class BusyMachine:
    """Two threads that share a processor with whatever else runs: `slowdown` of 1 is an idle
    machine, 5 one on which everything takes five times as long. `longest_idle_gap_s` and
    `slowest_return_s` are what the figures are read from.
    """

    def __init__(self, scheduler: Scheduler, speeds: Speeds) -> None:
        self.scheduler, self.speeds = scheduler, speeds
        self.now_s = 0.0
        self._look_left = -1.0
        self._look_began = 0.0
        self._net_left = -1.0
        self._net_began = 0.0
        self._net_kind: Literal["video", "landmarks"] = "landmarks"
        self._due = 0.0
        self._fresh = False
        self._idle_since = 0.0
        self._answered = 0.0
        self._full_since_idle = True
        self.answers = 0
        self.longest_idle_gap_s = 0.0
        self.slowest_return_s = 0.0

    def run(self, seconds: float, slowdown: float) -> None:
        """For so long, at this slowdown."""
        end = self.now_s + seconds
        idle = slowdown <= 1.0
        if idle:
            self._idle_since = self._answered = self.now_s
            self._full_since_idle = False
        while self.now_s < end - _EPSILON_S:
            self._start_what_is_due()
            looking, asking = self._look_left >= 0.0, self._net_left >= 0.0
            slow = slowdown * (self.speeds.contention if looking and asking else 1.0)
            step = end - self.now_s
            if looking:
                step = min(step, self._look_left * slow)
            else:
                step = min(step, max(_EPSILON_S, self._due - self.now_s))
            if asking:
                step = min(step, self._net_left * slow)
            self.now_s += step
            if looking:
                self._look_left -= step / slow
            if asking:
                self._net_left -= step / slow
            if asking and self._net_left <= _EPSILON_S:
                self._answer(idle)
            if looking and self._look_left <= _EPSILON_S:
                self._looked(idle)
        if idle:
            self.longest_idle_gap_s = max(self.longest_idle_gap_s, self.now_s - self._answered)
            if not self._full_since_idle:
                self.slowest_return_s = max(self.slowest_return_s, self.now_s - self._idle_since)

    def _start_what_is_due(self) -> None:
        if self._look_left < 0.0 and self.now_s >= self._due - _EPSILON_S:
            self._look_left, self._look_began = self.speeds.landmarks_s, self.now_s
            self._due = max(self._due, self.now_s - 0.2) + 1.0 / self.scheduler.landmark_rate_hz
        if self._net_left < 0.0 and self._fresh:
            self._fresh = False
            kind = self.scheduler.may_predict(self.now_s)
            if kind is not None:
                self._net_kind, self._net_began = kind, self.now_s
                self._net_left = self.speeds.video_s if kind == "video" else self.speeds.graph_s

    def _looked(self, idle: bool) -> None:
        self._look_left = -1.0
        self._fresh = True
        self.scheduler.landmarks_took(self.now_s - self._look_began, self.now_s)
        if idle and not self._full_since_idle and self.scheduler.is_full:
            self._full_since_idle = True
            self.slowest_return_s = max(self.slowest_return_s, self.now_s - self._idle_since)

    def _answer(self, idle: bool) -> None:
        self._net_left = -1.0
        self.scheduler.predicted(self._net_kind, self._net_began, self.now_s)
        self.answers += 1
        if idle:
            self.longest_idle_gap_s = max(self.longest_idle_gap_s, self.now_s - self._answered)
        self._answered = self.now_s


def capable_speeds(chance: random.Random) -> Speeds:
    """Of a machine that has time for everything while nothing else runs."""
    while True:
        speeds = any_speeds(chance)
        if speeds.landmarks_s * speeds.contention * 15.0 < 0.8:
            return speeds


def any_speeds(chance: random.Random) -> Speeds:
    return Speeds(
        landmarks_s=chance.uniform(0.01, 0.09),
        video_s=chance.uniform(0.01, 0.4),
        graph_s=chance.uniform(0.005, 0.03),
        contention=chance.uniform(1.0, 1.8),
    )


def random_load(machine: BusyMachine, chance: random.Random, seconds: float) -> None:
    """Other programs that take a little, or nearly all, for moments or for minutes."""
    end = machine.now_s + seconds
    while machine.now_s < end:
        longest = chance.choice((3.0, 12.0, 60.0, 300.0))
        machine.run(chance.uniform(0.1, longest), 1.0 + chance.choice((0.5, 2.0, 8.0, 30.0)))
        machine.run(chance.uniform(0.1, chance.choice((3.0, 12.0, 60.0))), 1.0)
