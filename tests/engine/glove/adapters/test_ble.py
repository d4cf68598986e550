"""Bluetooth: everything of bleak runs but the radio."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from engine.glove.adapters.ble import BleAdapter
from engine.glove.detection import bluetooth_loop
from engine.glove.recipes.recipe import BleProfile, find_recipe
from tests.conftest import LONGEST_S, ROOT
from tests.engine.glove.adapters.rigs import Taken, until
from tests.engine.glove.devices.ble_air import Air, AirDevice

ADDRESS = "AA:BB:CC:00:11:22"
Open = Callable[..., BleAdapter]


@pytest.fixture
def air() -> Air:
    return Air()


@pytest.fixture
def opened(air: Air) -> Iterator[Open]:
    adapters: list[BleAdapter] = []

    def begin(taken: Taken, device: str = ADDRESS, **more: object) -> BleAdapter:
        adapter = BleAdapter(taken, device, backends=air.backends, **more)
        adapters.append(adapter)
        adapter.start()
        return adapter

    yield begin
    for adapter in adapters:
        adapter.close()


def profile(**more: object) -> BleProfile:
    return BleProfile.model_validate(
        {
            "name": "test-band",
            "title": "Test band",
            "characteristics": [
                {
                    "uuid": "ffe4",
                    "packets": [
                        {
                            "layout": "<6h",
                            "fields": [*("ax:/1000", "ay:/1000", "az:/1000"), "gx", "gy", "gz"],
                        }
                    ],
                }
            ],
        }
        | more
    )


def band(air: Air) -> AirDevice:
    def payload(number: int, t_s: float) -> bytes:
        return struct.pack("<6h", number, 0, 1000, 0, 0, 0)

    uuids = [f"0000{short}-0000-1000-8000-00805f9b34fb" for short in ("ffe5", "ffe4", "ffe9")]
    return AirDevice(air, ADDRESS, "Band", payload, *uuids)


def test_a_device_is_found_by_its_name_too(air: Air, opened: Open) -> None:
    device, taken = AirDevice(air, ADDRESS, "SignMirror L"), Taken()
    adapter = opened(taken, "signmirror l")
    device.do("go 0 5 0")
    until(lambda: len(taken) == 5, "nothing came")
    status = adapter.status
    assert status.device_id == f"ble:{ADDRESS}" and status.title == "SignMirror L"


def test_two_gloves_share_one_thread_of_bluetooth(air: Air, opened: Open) -> None:
    devices = [AirDevice(air, f"AA:BB:CC:00:11:0{n}", "SignMirror") for n in (1, 2)]
    takers = [Taken(), Taken()]
    for device, taken in zip(devices, takers, strict=True):
        opened(taken, device.address)
    for device in devices:
        device.do("go 0 50 0")
    until(lambda: all(len(taken) == 50 for taken in takers), "nothing came")
    assert all(taken.numbers() == list(range(50)) for taken in takers)
    names = [thread.name for thread in threading.enumerate()]
    assert names.count("signmirror-bluetooth") == 1


def test_what_starts_a_device_is_written_and_what_changes_it_only_with_consent(
    air: Air, opened: Open
) -> None:
    writes = [
        {"characteristic": "ffe9", "data": "0103"},
        {"characteristic": "ffe9", "data": "ff09", "consent": True, "why": "its rate"},
    ]
    for may_write in (False, True):
        device, taken = band(air), Taken()
        adapter = opened(taken, profile=profile(start=writes), may_write=may_write)
        until(lambda adapter=adapter: adapter.status.opened > 0, "not opened")
        expected = [b"\x01\x03", b"\xff\x09"] if may_write else [b"\x01\x03"]
        assert [data for _, data in device.written] == expected
        adapter.close()
        assert not device.clients


def test_a_device_that_falls_asleep_is_kept_awake_after_every_connection(
    air: Air, opened: Open
) -> None:
    keep = [{"characteristic": "ffe9", "data": "090101", "period_s": 0.02}]
    taken = Taken()
    adapter = opened(taken, profile=profile(keep_alive=keep))
    for times in (1, 2):
        device = band(air)
        until(lambda times=times: adapter.status.opened == times, "not opened")
        until(lambda device=device: len(device.written) >= 3, "not kept awake")
        assert {data for _, data in device.written} == {b"\x09\x01\x01"}
        device.do("go 0 3 0")
        until(lambda times=times: len(taken) == 3 * times, "nothing came")
        device.unplug()
        until(lambda: adapter.status.state == "lost", "not noticed")
    adapter.close()
    written = len(device.written)
    assert bluetooth_loop._LOOP._loop is None and len(device.written) == written


def test_payloads_of_another_shape_are_counted_and_told(air: Air, opened: Open) -> None:
    device, taken = band(air), Taken()
    adapter = opened(taken, profile=profile())
    until(lambda: adapter.status.opened > 0, "not opened")
    until(
        lambda: device.notify_with(b"\x01\x02\x03") or adapter.status.state == "unreadable",
        "not told",
    )
    status = adapter.status
    assert status.message.code == "glove.no-frames" and not taken.readings
    assert sum(status.bad.values()) == status.received


def test_a_device_that_nobody_knows_is_refused_in_one_line(air: Air, opened: Open) -> None:
    unknown = [f"12345678-0000-4000-8000-00000000000{digit}" for digit in "123"]
    AirDevice(air, ADDRESS, "Kettle", None, *unknown)
    adapter = opened(Taken())
    until(lambda: adapter.status.state == "failed", "not refused")
    message = adapter.status.message
    assert message is not None and message.code == "glove.ble-unknown"
    assert message.values == {"name": "Kettle"}


def test_a_connection_that_takes_for_ever_is_given_up_when_closed(air: Air, opened: Open) -> None:
    device = AirDevice(air, ADDRESS, "SignMirror L")
    device.slow_s = LONGEST_S
    adapter = opened(Taken())
    until(lambda: adapter._client is not None, "never tried")
    adapter.close()
    assert not adapter._thread.is_alive() and bluetooth_loop._LOOP._loop is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is Linux's")
def test_without_bluetooth_there_is_one_plain_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    adapter = BleAdapter(Taken(), ADDRESS)
    adapter.start()
    try:
        until(lambda: adapter.status.state == "failed", "not told")
        message = adapter.status.message
        assert message is not None and message.code == "glove.no-bluetooth"
        assert message.values["reason"].code == "system.missing"
    finally:
        adapter.close()


IMPORTS = """
import sys, threading, time
where = []
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "bleak":
            where.append(threading.current_thread().name)
sys.meta_path.insert(0, Watch())
import engine.glove.adapters.opening, engine.glove.detection.listing
from engine.glove.adapters.opening import open_adapter
from engine.glove.spec import parse_spec
adapter = open_adapter(parse_spec("ble:AA"), print)
finder = engine.glove.detection.listing.GloveFinder(places=["ble"])
assert not where, where
adapter.start()
finder.start()
while not (adapter.status.message and finder.problems()):
    time.sleep(0.01)
adapter.close()
finder.stop()
print(*where)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="says so without any radio")
def test_bleak_is_never_loaded_in_the_window_s_thread() -> None:
    """Loaded there, it spoils Bluetooth on Windows: the thread becomes one that waits for Qt."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS],
        cwd=ROOT,
        env=os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/at/all"},
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["signmirror-bluetooth"]


@pytest.mark.parametrize("name", ["myo", "xsens-dot"])
def test_what_the_shipped_profiles_write_reaches_the_device(
    air: Air, opened: Open, name: str
) -> None:
    shipped = find_recipe(name)
    assert isinstance(shipped, BleProfile) and shipped.start
    start = [write for write in shipped.start if not write.consent]
    notify = shipped.characteristics[0].uuid
    one = shipped.model_copy(
        update={"characteristics": shipped.characteristics[:1], "keep_alive": ()}
    )
    write_to = start[0].characteristic
    device = AirDevice(air, ADDRESS, "any", None, str(shipped.service), notify, write_to)
    adapter = opened(Taken(), profile=one)
    until(lambda: adapter.status.opened > 0, "not opened")
    assert [data.hex() for _, data in device.written] == [write.data for write in start]
