"""Plugged and unplugged a hundred times: back within two seconds, and nothing is left behind."""

from __future__ import annotations

import asyncio
import gc
import threading
from pathlib import Path

import pytest

from engine.glove.detection import bluetooth_loop
from tests.engine.glove.adapters.rigs import RIGS, Taken, open_files, until

TIMES = 100
BACK_S = 2.0


@pytest.mark.soak
@pytest.mark.parametrize("name", ["serial", "tcp", "ble"])
def test_a_hundred_times(name: str, tmp_path: Path) -> None:
    rig, taken = RIGS[name](tmp_path), Taken()
    adapter = rig.adapter(taken)
    device = rig.plug()
    adapter.start()
    slowest_s, total = 0.0, 0
    try:
        for number in range(TIMES):
            opened = number + 1
            until(lambda opened=opened: adapter.status.opened >= opened, "not opened")
            # From when the device was ready, to when it was opened and had sent its first sample.
            device.do("go 0 5 0")
            total += 5
            until(lambda total=total: len(taken) >= total, "nothing came")
            first_s = taken.readings[total - 5].arrival_s
            slowest_s = max(slowest_s, first_s - device.ready_s)
            if number == 10:
                threads, files, tasks = threading.active_count(), open_files(), bluetooth_tasks()
            if number > 10 and number % 10 == 0:
                gc.collect()
                assert threading.active_count() <= threads
                assert open_files() <= files
                assert bluetooth_tasks() <= tasks
            device.unplug()
            until(lambda: adapter.status.state == "lost", "nobody noticed")
            device = rig.plug()
        until(lambda: adapter.status.opened > TIMES, "not opened")
        adapter.close()
        # While the device is still there: a terminal ends with whoever plays it.
        assert rig.released()
    finally:
        adapter.close()
        # While the device is still there: what is gone cannot be held.
        released = rig.released()
        device.unplug()
    print(f"{name}: {TIMES} times, back within {slowest_s * 1e3:.0f} ms")
    assert taken.numbers() == list(range(5)) * TIMES
    assert slowest_s <= BACK_S
    assert released


def bluetooth_tasks() -> int:
    loop = bluetooth_loop._LOOP._loop
    return len(asyncio.all_tasks(loop)) if loop is not None else 0
