"""Bluetooth devices that say they are there."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import sys
import threading
import time
from concurrent.futures import CancelledError
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from engine.child_process import deaf_to_ctrl_c, end_process, stand_back
from engine.glove.detection.bluetooth_loop import bluetooth_loop, run_in, why_no_bluetooth
from engine.messages import Message

if TYPE_CHECKING:
    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData

_POLL_S = 0.2
_TELL_S = 0.5
_STOP_S = 5.0
_RETRY_S = 5.0
_REMEMBERED_S = 10.0
_MOST_DEVICES = 500


@dataclass(frozen=True, slots=True)
class SeenDevice:
    """`id`: its address (an UUID on macOS). `services`: UUIDs that it advertises. `rssi`: how
    strong it is heard, in dBm. `seen_s`: `time.monotonic()`."""

    id: str
    name: str
    services: tuple[str, ...]
    rssi: int
    seen_s: float


class BleScan:
    """Looks until it is stopped. macOS ends a program that has no leave to use Bluetooth: there a
    process beside this one looks."""

    def __init__(self, backend: Any = None, in_child: bool | None = None) -> None:
        """`backend`: bleak's scanner where it is not the system's. `in_child`: whether another
        process looks; by default, on macOS."""
        self._backend = backend
        self._in_child = sys.platform == "darwin" if in_child is None else in_child
        self._stop = threading.Event()
        self._seen: dict[str, SeenDevice] = {}
        self._lock = threading.Lock()
        self._problem: Message | None = None
        self._thread = threading.Thread(target=self._work, name="signmirror-ble-scan", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Twice, too, and before `start`."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(2 * _STOP_S)

    @property
    def problem(self) -> Message | None:
        """One line where there is no Bluetooth to look with."""
        return self._problem

    def seen(self) -> tuple[SeenDevice, ...]:
        """Within the last ten seconds, the strongest first."""
        oldest = time.monotonic() - _REMEMBERED_S
        with self._lock:
            devices = [device for device in self._seen.values() if device.seen_s > oldest]
        return tuple(sorted(devices, key=lambda device: (-device.rssi, device.id)))

    def _work(self) -> None:
        look = self._look_beside if self._in_child else self._look_here
        while not self._stop.is_set():
            look()
            self._stop.wait(_RETRY_S)

    def _look_here(self) -> None:
        with bluetooth_loop() as loop, contextlib.suppress(CancelledError):
            run_in(loop, self._scan(), self._stop.is_set, _POLL_S)

    async def _scan(self) -> None:
        self._problem = await _scan(self._take, self._backend)

    def _look_beside(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_scan_in_child, args=(theirs,), daemon=True)
        try:
            with deaf_to_ctrl_c():
                process.start()
            theirs.close()
            told = self._listen(ours)
            if not told and not self._stop.is_set():
                # It was ended before it could say anything.
                self._problem = Message("glove.bluetooth-not-allowed")
        finally:
            ours.close()
            end_process(process)
            process.close()

    def _listen(self, ours: Connection) -> bool:
        told = False
        while not self._stop.is_set():
            try:
                if not ours.poll(_POLL_S):
                    continue
                what = ours.recv()
            except (EOFError, OSError):
                return told
            told = True
            self._problem = what if isinstance(what, Message) else None
            if isinstance(what, list):
                for device in what:
                    self._take(device)
        return True

    def _take(self, device: SeenDevice) -> None:
        with self._lock:
            known = self._seen.get(device.id)
            if known is None and len(self._seen) >= _MOST_DEVICES:
                del self._seen[min(self._seen, key=lambda key: self._seen[key].seen_s)]
            if known is not None and not device.name:
                # Names come with every other advertisement only.
                device = SeenDevice(
                    device.id, known.name, known.services, device.rssi, device.seen_s
                )
            self._seen[device.id] = device


async def _scan(take: Any, backend: Any) -> Message | None:
    """Until it is cancelled, or Bluetooth fails: then why."""
    from bleak import BleakScanner

    def heard(device: BLEDevice, told: AdvertisementData) -> None:
        name = told.local_name or device.name or ""
        services = tuple(uuid.lower() for uuid in told.service_uuids)
        take(SeenDevice(device.address, name[:60], services, told.rssi, time.monotonic()))

    try:
        scanner = BleakScanner(heard, backend=backend)
        await asyncio.wait_for(scanner.start(), _STOP_S)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        # D-Bus, Windows and macOS each have errors of their own for a missing radio.
        return why_no_bluetooth(error)
    try:
        await asyncio.Event().wait()
    finally:
        # The radio may have gone before us.
        with contextlib.suppress(Exception):
            await asyncio.wait_for(scanner.stop(), _STOP_S)
    return None


def _scan_in_child(connection: Connection) -> None:
    stand_back()
    # Whoever asked may be gone.
    with contextlib.suppress(OSError):
        asyncio.run(_scan_and_tell(connection))


async def _scan_and_tell(connection: Connection) -> None:
    waiting: dict[str, SeenDevice] = {}

    def take(device: SeenDevice) -> None:
        waiting[device.id] = device

    scanning = asyncio.create_task(_scan(take, None))
    while not scanning.done():
        await asyncio.wait([scanning], timeout=_TELL_S)
        # An empty list says that we are alive.
        connection.send(list(waiting.values()))
        waiting.clear()
    problem = scanning.result()
    if problem is not None:
        connection.send(problem)
