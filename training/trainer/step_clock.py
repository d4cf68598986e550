"""When things happened on the device that trains, without making it wait to be asked."""

from __future__ import annotations

import time

import torch

Moment = float | torch.cuda.Event


class StepClock:
    """On a card, moments are events in the stream of the steps: they cost it nothing, and they tell
    when the card got there, not when it was told to. On the CPU both are the same."""

    def __init__(self, device: torch.device) -> None:
        self._device = device

    def now(self) -> Moment:
        if self._device.type != "cuda":
            return time.perf_counter()
        event = torch.cuda.Event(enable_timing=True)
        event.record(torch.cuda.current_stream(self._device))
        return event

    def settle(self) -> None:
        """Wait for all that the device was told; `seconds` may be asked from then on."""
        if self._device.type == "cuda":
            torch.cuda.synchronize(self._device)

    def seconds(self, start: Moment, end: Moment) -> float:
        if isinstance(start, float) or isinstance(end, float):
            assert isinstance(start, float) and isinstance(end, float)
            return end - start
        return float(start.elapsed_time(end)) / 1e3
