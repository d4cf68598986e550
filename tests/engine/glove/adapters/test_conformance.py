"""What every adapter does, with a second process as its device."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.glove.adapters.rigs import RIGS, Rig, Taken, until


@pytest.fixture(params=sorted(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    return RIGS[request.param](tmp_path)


def test_what_is_sent_arrives_in_order_and_nothing_after_it_was_closed(rig: Rig) -> None:
    threads, taken = set(threading.enumerate()), Taken()
    device = rig.plug()
    adapter = rig.adapter(taken)
    try:
        adapter.start()
        until(lambda: adapter.status.opened > 0, "never opened")
        device.do("go 0 60 400")
        until(lambda: len(taken) >= 60, f"only {len(taken)} came")

        assert taken.numbers() == list(range(60))
        arrivals = [reading.arrival_s for reading in taken.readings]
        assert arrivals == sorted(arrivals)
        stamps = [r.stamp_s for r in taken.readings if r.stamp_s is not None]
        assert len(stamps) == 60 and stamps == sorted(set(stamps))
        status = adapter.status
        assert status.readings == 60 and status.received > 0 and status.opened == 1
        assert status.title and status.device_id

        before = sum(status.bad.values())
        device.do("bad 3")
        until(lambda: sum(adapter.status.bad.values()) >= before + 3, "bad ones are not counted")
        assert sum(adapter.status.bad.values()) == before + 3
        device.do("go 60 20 400")
        until(lambda: len(taken) >= 80, "bad ones ended it")
        assert taken.numbers() == list(range(80))
        until(lambda: adapter.status.state == "live", "not live")

        adapter.close()
        adapter.close()
        assert adapter.status.state == "closed"
        assert not [t for t in threading.enumerate() if t not in threads and "glove" in t.name]
        assert rig.released()
        count = len(taken)
    finally:
        adapter.close()
        device.unplug()
    assert len(taken) == count


def test_a_device_that_went_away_comes_back_by_itself(rig: Rig) -> None:
    taken = Taken()
    device = rig.plug()
    adapter = rig.adapter(taken)
    try:
        adapter.start()
        until(lambda: adapter.status.opened > 0, "never opened")
        device.do("go 0 20 400")
        until(lambda: len(taken) >= 20, "nothing came")
        device.unplug()
        until(lambda: adapter.status.state == "lost", "nobody noticed")
        message = adapter.status.message
        assert message is not None and message.code.startswith("glove.")

        opened = adapter.status.opened
        device = rig.plug()
        if not adapter._listens:  # type: ignore[attr-defined]
            until(lambda: adapter.status.opened > opened, "not opened again")
        device.do("go 0 20 400")
        until(lambda: len(taken) >= 40, "did not come back")
        assert taken.numbers() == [*range(20), *range(20)]
        assert adapter.status.state == "live"
    finally:
        adapter.close()
        device.unplug()


def test_an_adapter_waits_for_a_device_that_is_not_there_yet(rig: Rig) -> None:
    taken = Taken()
    adapter = rig.adapter(taken)
    adapter.start()
    try:
        until(lambda: adapter.status.state in ("opening", "failed", "silent"), "no state")
        device = rig.plug()
        try:
            until(lambda: adapter.status.opened > 0, "never opened")
            device.do("go 0 10 400")
            until(lambda: len(taken) >= 10, "nothing came")
        finally:
            device.unplug()
    finally:
        adapter.close()


def test_closing_before_starting_and_without_a_device_is_nothing_special(rig: Rig) -> None:
    never = rig.adapter(Taken())
    never.close()
    never.start()
    assert never.status.state == "closed"
    adapter = rig.adapter(Taken())
    adapter.start()
    adapter.close()
    assert adapter.status.state == "closed" and adapter.status.readings == 0
