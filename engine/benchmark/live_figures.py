"""The whole engine at work: what comes in, what comes out, how late, and what it takes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import psutil

from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.prediction import Prediction

SETTLED_S = 3.0
"""After the first prediction, before anything is counted."""

LONGEST_START_S = 120.0
_SAMPLE_S = 0.5
_MINUTE_S = 60.0


class MeasurementError(Exception):
    """Nothing could be measured; one line that says why."""


@dataclass(frozen=True, slots=True)
class LiveTask:
    """A run of the whole engine. `bundle`: by name or folder."""

    source: str
    bundle: str
    runtime: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute of a long run. `handles`: open files and pipes; all over every process."""

    predictions_per_s: float
    frame_to_label_p95_ms: float
    memory_mb: float
    threads: int
    handles: int


@dataclass(frozen=True, slots=True)
class LiveFigures:
    """`first_prediction_s`: since the engine was made; its window of frames must fill meanwhile.
    `dropped`: frames a second that were shown and not looked at, for want of time. `cpu_percent`:
    100 is one core. `peak_memory_mb`: all processes together, what they share counted once where
    the system tells."""

    runtime: str
    seconds: float
    first_prediction_s: float
    camera_fps: float
    predictions_per_s: float
    frame_to_label_p50_ms: float
    frame_to_label_p95_ms: float
    frame_to_label_max_ms: float
    landmarks_ms: float
    networks_ms: float
    dropped_per_s: float
    video_stopped_share: float
    cpu_percent: float
    peak_memory_mb: float
    longest_stall_ms: float | None = None
    minutes: tuple[Minute, ...] = ()
    memory_growth: float | None = None
    """Of the last minute over the second, which is the first that nothing is loaded in."""


class LiveMeasurement:
    """Watches an engine from its making on. Its `on_prediction` is to be the engine's."""

    def __init__(self) -> None:
        self._made_s = time.perf_counter()
        self._first_s: float | None = None
        self._told: list[tuple[float, float, float]] = []

    def on_prediction(self, prediction: Prediction, state: LiveState) -> None:
        """Called by the engine's thread."""
        if prediction.sign_span_s is not None:
            return
        now = time.perf_counter()
        if self._first_s is None:
            self._first_s = now - self._made_s
        self._told.append((now, prediction.timing.frame_to_label, prediction.timing.network))

    def measure(
        self,
        engine: LiveEngine,
        seconds: float,
        wait: Callable[[float], object] = time.sleep,
        longest_stall_ms: Callable[[], float] | None = None,
    ) -> LiveFigures:
        """Of an engine that has been started. `wait` lets that many seconds pass, as a window does
        with its events. Raises MeasurementError when nothing is recognised at all."""
        deadline = time.perf_counter() + LONGEST_START_S
        while self._first_s is None:
            state = engine.latest()
            problem = state.bundle_error or state.sight_error
            if problem or state.source_state == "failed":
                raise MeasurementError(problem or state.source_message or "")
            if time.perf_counter() > deadline:
                raise MeasurementError("nothing was recognised")
            wait(0.02)
        wait(SETTLED_S)
        return self._watched(engine, seconds, wait, longest_stall_ms)

    def _watched(
        self,
        engine: LiveEngine,
        seconds: float,
        wait: Callable[[float], object],
        longest_stall_ms: Callable[[], float] | None,
    ) -> LiveFigures:
        before, began = engine.latest(), time.perf_counter()
        processes = _Processes()
        cpu = processes.cpu_s()
        samples: list[_Sample] = []
        while (now := time.perf_counter()) - began < seconds:
            state = engine.latest()
            samples.append(_Sample(now, state.video_stopped, state.landmark_ms, processes.usage()))
            wait(_SAMPLE_S)
        spent = time.perf_counter() - began
        after = engine.latest()
        told = [one for one in self._told if one[0] >= began]
        late = [one[1] for one in told] or [float("nan")]
        minutes = _minutes(samples, told, began, spent)
        memory = [sample.usage.memory_mb for sample in samples]
        return LiveFigures(
            runtime=after.runtime,
            seconds=round(spent, 1),
            first_prediction_s=round(self._first_s or 0.0, 2),
            camera_fps=round((after.frames - before.frames) / spent, 2),
            predictions_per_s=round(len(told) / spent, 2),
            frame_to_label_p50_ms=_quantile(late, 0.5),
            frame_to_label_p95_ms=_quantile(late, 0.95),
            frame_to_label_max_ms=_quantile(late, 1.0),
            landmarks_ms=_quantile([sample.landmarks_ms for sample in samples], 0.5),
            networks_ms=_quantile([one[2] for one in told] or [float("nan")], 0.5),
            dropped_per_s=round((after.dropped - before.dropped) / spent, 2),
            video_stopped_share=round(float(np.mean([s.video_stopped for s in samples])), 3),
            cpu_percent=round(100 * (processes.cpu_s() - cpu) / spent, 1),
            peak_memory_mb=round(max(memory), 1),
            longest_stall_ms=round(longest_stall_ms(), 1) if longest_stall_ms else None,
            minutes=minutes,
            memory_growth=round(minutes[-1].memory_mb / minutes[1].memory_mb - 1, 4)
            if len(minutes) > 2
            else None,
        )


@dataclass(frozen=True, slots=True)
class _Usage:
    memory_mb: float
    threads: int
    handles: int


@dataclass(frozen=True, slots=True)
class _Sample:
    t_s: float
    video_stopped: bool
    landmarks_ms: float
    usage: _Usage


@dataclass(slots=True)
class _Processes:
    """This one and those that it started."""

    _cpu: dict[int, float] = field(default_factory=dict)

    def _all(self) -> list[psutil.Process]:
        own = psutil.Process()
        return [own, *own.children(recursive=True)]

    def cpu_s(self) -> float:
        """Processor seconds so far."""
        for process in self._all():
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                self._cpu[process.pid] = times.user + times.system
        return sum(self._cpu.values())

    def usage(self) -> _Usage:
        memory, threads, handles = 0.0, 0, 0
        for process in self._all():
            with contextlib.suppress(psutil.Error):
                memory += _memory_mb(process)
                threads += process.num_threads()
                handles += (
                    process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
                )
        return _Usage(memory, threads, handles)


def _memory_mb(process: psutil.Process) -> float:
    try:
        told = process.memory_full_info()
        return float(getattr(told, "pss", told.rss)) / 2**20
    except psutil.AccessDenied:
        return float(process.memory_info().rss) / 2**20


def _minutes(
    samples: list[_Sample], told: list[tuple[float, float, float]], began: float, spent: float
) -> tuple[Minute, ...]:
    minutes = []
    for number in range(int(spent // _MINUTE_S)):
        start, end = began + number * _MINUTE_S, began + (number + 1) * _MINUTE_S
        within = [sample.usage for sample in samples if start <= sample.t_s < end]
        late = [one[1] for one in told if start <= one[0] < end]
        if not within or not late:
            continue
        minutes.append(
            Minute(
                predictions_per_s=round(len(late) / _MINUTE_S, 2),
                frame_to_label_p95_ms=_quantile(late, 0.95),
                memory_mb=round(float(np.median([usage.memory_mb for usage in within])), 1),
                threads=int(np.median([usage.threads for usage in within])),
                handles=int(np.median([usage.handles for usage in within])),
            )
        )
    return tuple(minutes)


def _quantile(values: list[float], q: float) -> float:
    return round(float(np.quantile(values, q)), 1)
