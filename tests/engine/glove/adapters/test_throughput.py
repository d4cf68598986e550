"""Two wrists at 200 samples a second each, for minutes: nothing lost, little work, little delay.

`SIGNMIRROR_GLOVE_MINUTES` says how long; the bar is for ten.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.glove.reading import Reading
from tests.engine.glove.adapters.rigs import RIGS, Rig, Taken, number_of, until
from tests.engine.glove.devices.motion import MANY
from tests.engine.glove.devices.played import PlayedDevice

RATE = 200
MINUTES = float(os.environ.get("SIGNMIRROR_GLOVE_MINUTES", "1"))
MOST_OF_A_CORE = 0.05
P99_S = 0.020


class Timed(Taken):
    """Also how long each sample took, from the device's clock, which is this computer's."""

    def __init__(self) -> None:
        super().__init__()
        self.delays_s: list[float] = []

    def __call__(self, readings: Sequence[Reading]) -> None:
        now_s = time.perf_counter()
        for reading in readings:
            assert reading.stamp_s is not None
            self.delays_s.append(now_s - reading.stamp_s)
        super().__call__(readings)


class BothHands(RIGS["osc"]):  # type: ignore[misc]
    each = 2

    def plug(self) -> PlayedDevice:
        return PlayedDevice("osc_glove", self.port, "left", "right")


@pytest.mark.benchmark
@pytest.mark.parametrize("name", ["serial", "osc", "lsl", "phone"])
def test_two_wrists(name: str, tmp_path: Path) -> None:
    rigs: list[Rig]
    if name == "osc":
        rigs = [BothHands(tmp_path)]
    else:
        folders = [tmp_path / "left", tmp_path / "right"]
        for folder in folders:
            folder.mkdir()
        rigs = [RIGS[name](folder) for folder in folders]
    devices = [rig.plug() for rig in rigs]
    takers = [Timed() for _ in rigs]
    adapters = [rig.adapter(taken) for rig, taken in zip(rigs, takers, strict=True)]
    count = round(MINUTES * 60 * RATE)
    try:
        for adapter, device in zip(adapters, devices, strict=True):
            adapter.start()
            until(lambda adapter=adapter: adapter.status.opened > 0, "never opened")
            # What is loaded and found out once is not what ten minutes cost.
            device.do(f"go 0 {RATE} {RATE}")
        until(lambda: all(len(t) == RATE * r.each for t, r in zip(takers, rigs, strict=True)), "")
        for taken in takers:
            taken.delays_s.clear()
        began_s, work_s = time.perf_counter(), time.process_time()
        for device in devices:
            device.begin(f"go {RATE} {count} {RATE}")
        time.sleep(count / RATE)
        for device in devices:
            device.finish()
        share = (time.process_time() - work_s) / (time.perf_counter() - began_s)
        time.sleep(0.5)
    finally:
        for adapter in adapters:
            adapter.close()
        for device in devices:
            device.unplug()
    delays_ms = 1e3 * np.concatenate([taken.delays_s for taken in takers])
    p50, p99 = np.percentile(delays_ms, [50, 99])
    print(
        f"{name}: {len(delays_ms)} samples in {MINUTES:g} min, {share:.2%} of a core,"
        f" delay p50 {p50:.2f} ms, p99 {p99:.2f} ms, longest {delays_ms.max():.1f} ms"
    )
    for rig, taken in zip(rigs, takers, strict=True):
        for hand in {reading.hand for reading in taken.readings}:
            numbers = [number_of(r) for r in taken.readings if r.hand == hand]
            assert numbers == [number % MANY for number in range(count + RATE)]
        assert len(taken) == (count + RATE) * rig.each
    assert all(adapter.status.bad == {} or "text" in adapter.status.bad for adapter in adapters)
    assert share <= MOST_OF_A_CORE
    assert p99 <= 1e3 * P99_S
