"""Time stamps on the device that trains, taken without synchronising with it."""

from __future__ import annotations

import time

import torch

Moment = float | torch.cuda.Event


class StepClock:
    """On a GPU, moments are CUDA events in the stream of the steps: they mark when the GPU got
    there, not when the kernels were queued. On a CPU they are seconds of the system's clock."""

    def __init__(self, device: torch.device) -> None:
        self._device = device

    def now(self) -> Moment:
        if self._device.type != "cuda":
            return time.perf_counter()
        event = torch.cuda.Event(enable_timing=True)
        event.record(torch.cuda.current_stream(self._device))
        return event

    def settle(self) -> None:
        """Wait until the device has finished; only then may `seconds` be called."""
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)

    def seconds(self, start: Moment, end: Moment) -> float:
        if isinstance(start, float) or isinstance(end, float):
            assert isinstance(start, float) and isinstance(end, float)
            return end - start
        return float(start.elapsed_time(end)) / 1e3
