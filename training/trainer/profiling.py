"""What the steps of a stage cost: time, arithmetic, waiting for batches, memory.

Training steps are watched, none is added, and nothing random is drawn: the weights are the same
with a profile and without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from engine.benchmark.matrix_peak import matrix_peak_flops
from training.trainer.peak_memory import peak_memory_mib, reset_peak
from training.trainer.step_clock import Moment, StepClock


@dataclass(frozen=True, slots=True)
class Window:
    """Of each stage the first `warm_up` steps are not measured, and the next `steps` are. A stage
    too short for both warms up for at most half of what it has; of one that has a single step, this
    is measured, slow as it is with its arithmetic counted."""

    warm_up: int = 10
    steps: int = 50

    def skipped(self, watched: int) -> int:
        """How many of the first `watched` steps are warm-up."""
        if watched >= self.warm_up + self.steps:
            return self.warm_up
        return min(self.warm_up, watched // 2)


@dataclass(frozen=True, slots=True)
class StageProfile:
    """`batch`, `clips_per_s`: of all `processes` together; the other figures are of one of them.
    `flop_per_clip`: matrix products and convolutions, forwards and backwards. `share_of_peak`: of
    what this machine's matrix multiplication reaches in `precision`. `stall`: the part of the
    measured time in which a step waited for its batch. `peak_memory_mib`: the card's since the
    stage began; without one, the process's since it started."""

    stage: str
    device: str
    precision: str
    processes: int
    warm_up: int
    steps: int
    batch: float
    clips_per_s: float
    step_ms_mean: float
    step_ms_p95: float
    stall: float
    flop_per_clip: float
    flop_per_s: float
    matrix_peak_flop_per_s: float
    share_of_peak: float
    peak_memory_mib: float | None


class StepWatch:
    """Receives the events of a training epoch. This base class records nothing."""

    def begins(self) -> None:
        """The epoch begins: the wait for its first batch counts from here."""

    def batch_arrived(self) -> None:
        """The next step has its batch."""

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Around the forward and backward pass of a step."""
        yield

    def step_ended(self, clips: int) -> None:
        """A step over `clips` clips of this process has ended; the wait for the next batch
        begins."""

    def ends(self) -> None:
        """The epoch has ended; what follows belongs to no step."""


class StageWatch(StepWatch):
    """Records steps until the window is full, over as many epochs as that takes."""

    def __init__(
        self, stage: str, window: Window, device: torch.device, dtype: torch.dtype, processes: int
    ) -> None:
        self.stage, self.device, self.dtype = stage, device, dtype
        self._window, self._processes = window, processes
        self._clock = StepClock(device)
        self._steps: list[tuple[Moment, Moment, Moment]] = []
        self._clips: list[int] = []
        self._flop: int | None = None
        self._began: Moment = 0.0
        self._arrived: Moment = 0.0
        self._memory_mib: float | None = None
        reset_peak(device)

    @property
    def _full(self) -> bool:
        return len(self._steps) >= self._window.warm_up + self._window.steps

    def begins(self) -> None:
        if not self._full:
            self._began = self._clock.now()

    def batch_arrived(self) -> None:
        if not self._full:
            self._arrived = self._clock.now()

    @contextmanager
    def counting(self) -> Iterator[None]:
        if self._flop is not None:
            yield
            return
        # The very first step: it is warm-up, and counting makes it slow.
        with FlopCounterMode(display=False) as counter:
            yield
        self._flop = counter.get_total_flops()

    def step_ended(self, clips: int) -> None:
        if self._full:
            return
        ended = self._clock.now()
        self._steps.append((self._began, self._arrived, ended))
        self._clips.append(clips)
        self._began = ended
        if self._full:
            # The end of the window: the only place where the device is waited for.
            self._clock.settle()
            self._remember_memory()

    def ends(self) -> None:
        if not self._full:
            self._remember_memory()

    def _remember_memory(self) -> None:
        self._memory_mib = peak_memory_mib(self.device)

    def profile(self, matrix_peak: float) -> StageProfile | None:
        """`matrix_peak`: FLOP/s of this machine. None when there was no step."""
        if not self._steps:
            return None
        self._clock.settle()
        skipped = self._window.skipped(len(self._steps))
        measured = self._steps[skipped:]
        took = np.array([self._clock.seconds(began, ended) for began, _, ended in measured])
        waited = np.array([self._clock.seconds(began, arrived) for began, arrived, _ in measured])
        clips = sum(self._clips[skipped:])
        total_s = max(float(took.sum()), 1e-9)
        flop_per_clip = (self._flop or 0) / max(1, self._clips[0])
        flop_per_s = flop_per_clip * clips / total_s
        return StageProfile(
            stage=self.stage,
            device=_name(self.device),
            precision="bf16" if self.dtype == torch.bfloat16 else "fp32",
            processes=self._processes,
            warm_up=skipped,
            steps=len(measured),
            batch=self._processes * clips / len(measured),
            clips_per_s=self._processes * clips / total_s,
            step_ms_mean=float(took.mean()) * 1e3,
            step_ms_p95=float(np.percentile(took, 95)) * 1e3,
            stall=min(1.0, float(waited.sum()) / total_s),
            flop_per_clip=flop_per_clip,
            flop_per_s=flop_per_s,
            matrix_peak_flop_per_s=matrix_peak,
            share_of_peak=flop_per_s / matrix_peak,
            peak_memory_mib=self._memory_mib,
        )


class Profiler:
    """One record a stage, in the order in which stages began. A stage that is run again (for
    another seed or fold) is not recorded again."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self._watches: dict[str, StageWatch] = {}

    def watch(
        self, stage: str, device: torch.device, dtype: torch.dtype, processes: int
    ) -> StageWatch:
        """`dtype`: what matrix products of the steps are computed in."""
        if stage not in self._watches:
            self._watches[stage] = StageWatch(stage, self.window, device, dtype, processes)
        return self._watches[stage]

    def profiles(self, seconds: float = 1.0) -> list[StageProfile]:
        """Measures this machine's matrix multiplication too, for about `seconds`."""
        peaks: dict[tuple[torch.device, torch.dtype], float] = {}
        for watch in self._watches.values():
            key = (watch.device, watch.dtype)
            if key not in peaks:
                with _products_as_in_convolutions(watch.device):
                    peaks[key] = matrix_peak_flops(*key, seconds=seconds)
        found = (w.profile(peaks[w.device, w.dtype]) for w in self._watches.values())
        return [profile for profile in found if profile is not None]


@contextmanager
def _products_as_in_convolutions(device: torch.device) -> Iterator[None]:
    """On a card, convolutions of fp32 use TF32 unless told not to, and plain products do not: the
    share of the peak would be more than all of it."""
    if device.type != "cuda" or not torch.backends.cudnn.allow_tf32:
        yield
        return
    before = torch.get_float32_matmul_precision()
    torch.set_float32_matmul_precision("high")
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(before)


def _name(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"cpu, {torch.get_num_threads()} threads"
