"""A glove, armband or sensor over Bluetooth Low Energy."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

from engine.glove.adapters.threaded import POLL_S, Absent, Refused, ThreadedAdapter
from engine.glove.decoding.ble_decoder import BleDecoder
from engine.glove.detection.ble_profiles import ble_profiles, connected_profile
from engine.glove.detection.bluetooth_loop import bluetooth_loop, run_in, why_no_bluetooth
from engine.glove.reading import Reading
from engine.glove.recipes.recipe import BleProfile, BleWrite, KeepAlive
from engine.messages import Message

if TYPE_CHECKING:
    from bleak import BleakClient
    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData

_SCAN_S = 5.0
_CONNECT_S = 10.0
_ANSWER_S = 5.0
_DISCONNECT_S = 3.0
_GRACE_S = 1.0
_MOST_WAITING = 4096
"""Notifications: some ten seconds of the fastest device."""


class BleAdapter(ThreadedAdapter):
    """Notifications are put in a queue by Bluetooth's own thread and decoded in the adapter's.

    Every try has a client of its own, and whatever is waited for has its time: on some systems an
    answer never comes.
    """

    _reopens_when_silent_s = 6.0

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        device: str,
        *,
        profile: BleProfile | None = None,
        may_write: bool = False,
        backends: tuple[Any, Any] = (None, None),
    ) -> None:
        """`device`: its address (an UUID on macOS) or its name. `profile`: what it sends, where it
        is known; else its services tell. `may_write`: a person agreed to what changes the device's
        settings. `backends`: bleak's client and scanner where they are not the system's.
        """
        super().__init__(on_readings, f"ble:{device}", device)
        self._device = device
        self._given, self._may_write = profile, may_write
        self._client_backend, self._scanner_backend = backends
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: BleakClient | None = None
        self._keeping_alive: list[asyncio.Task[None]] = []
        self._decoder: BleDecoder | None = None
        self._waiting: queue.Queue[tuple[str, bytes, float] | None] = queue.Queue(_MOST_WAITING)
        self._overflows = 0

    def _work(self) -> None:
        with bluetooth_loop() as loop:
            self._loop = loop
            super()._work()

    def _open(self) -> None:
        # What an earlier connection left would come before this one's.
        self._waiting = queue.Queue(_MOST_WAITING)
        self._run(self._connect(self._waiting))

    def _read(self) -> None:
        try:
            first = self._waiting.get(timeout=POLL_S)
        except queue.Empty:
            return
        batch = [first]
        while not self._waiting.empty():
            batch.append(self._waiting.get_nowait())
        readings: list[Reading] = []
        assert self._decoder is not None
        for notification in batch:
            if notification is None:
                self._hand_on(readings)
                raise Absent
            uuid, payload, arrival_s = notification
            self._heard(1)
            readings += self._decoder.feed_from(uuid, payload, arrival_s)
        self._hand_on(readings)

    def _shut(self) -> None:
        client, self._client = self._client, None
        assert self._loop is not None
        work = asyncio.run_coroutine_threadsafe(self._disconnect(client), self._loop)
        try:
            work.result(_DISCONNECT_S + _GRACE_S)
        except TimeoutError:
            work.cancel()

    def _decoders_bad(self) -> dict[str, int]:
        bad = super()._decoders_bad()
        return bad | ({"overflow": self._overflows} if self._overflows else {})

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        assert self._loop is not None
        try:
            run_in(self._loop, work, lambda: self._ending, POLL_S)
        except CancelledError as error:
            raise Absent from error

    # In Bluetooth's thread.

    async def _connect(self, waiting: queue.Queue[tuple[str, bytes, float] | None]) -> None:
        from bleak import BleakClient
        from bleak.exc import BleakError

        device = await self._look_for()
        self._device_id = f"ble:{device.address}"
        self._title = device.name or device.address

        def gone(_: BleakClient) -> None:
            _put(waiting, None)

        client = BleakClient(
            device,
            disconnected_callback=gone,
            timeout=_CONNECT_S,
            backend=self._client_backend,
        )
        self._client = client
        try:
            await asyncio.wait_for(client.connect(), _CONNECT_S)
            profile = self._given or connected_profile(
                device.name or "",
                [service.uuid for service in client.services],
                [c.uuid for c in client.services.characteristics.values()],
                ble_profiles(),
            )
            if profile is None:
                raise Refused(Message("glove.ble-unknown", name=self._title))
            self._begin_decoding(profile)
            await self._subscribe(client, profile, waiting)
        except (BleakError, OSError, EOFError) as error:
            raise Absent(Message("glove.ble-slow", name=self._title)) from error

    async def _look_for(self) -> BLEDevice:
        from bleak import BleakScanner

        wanted = self._device.lower()

        def is_it(device: BLEDevice, told: AdvertisementData) -> bool:
            names = (device.address, device.name, told.local_name)
            return wanted in [name.lower() for name in names if name]

        try:
            device = await asyncio.wait_for(
                BleakScanner.find_device_by_filter(is_it, _SCAN_S, backend=self._scanner_backend),
                _SCAN_S + _GRACE_S,
            )
        except TimeoutError:
            device = None
        except asyncio.CancelledError:
            raise
        except Exception as error:
            # D-Bus, Windows and macOS each have errors of their own for a missing radio.
            raise Refused(why_no_bluetooth(error)) from error
        if device is None:
            raise Absent(Message("glove.ble-not-found", name=self._title))
        return device

    def _begin_decoding(self, profile: BleProfile) -> None:
        if self._decoder is None or self._detail != profile.name:
            self._decoder = BleDecoder(profile)
        self._decoder.reset()
        self._detail = profile.name

    async def _subscribe(
        self,
        client: BleakClient,
        profile: BleProfile,
        waiting: queue.Queue[tuple[str, bytes, float] | None],
    ) -> None:
        for characteristic in profile.characteristics:
            uuid = characteristic.uuid

            def take(_: Any, payload: bytearray, uuid: str = uuid) -> None:
                if not _put(waiting, (uuid, bytes(payload), time.perf_counter())):
                    self._overflows += 1

            await asyncio.wait_for(client.start_notify(uuid, take), _ANSWER_S)
        for write in profile.start:
            if self._may_write or not write.consent:
                await _write(client, write)
        for keep in profile.keep_alive:
            task = asyncio.create_task(self._keep_alive(client, keep, waiting))
            self._keeping_alive.append(task)

    async def _keep_alive(
        self,
        client: BleakClient,
        keep: KeepAlive,
        waiting: queue.Queue[tuple[str, bytes, float] | None],
    ) -> None:
        from bleak.exc import BleakError

        try:
            while True:
                await asyncio.sleep(keep.period_s)
                await _write(client, keep)
        except (BleakError, OSError, EOFError):
            _put(waiting, None)

    async def _disconnect(self, client: BleakClient | None) -> None:
        for task in self._keeping_alive:
            task.cancel()
        await asyncio.gather(*self._keeping_alive, return_exceptions=True)
        self._keeping_alive.clear()
        if client is None:
            return
        from bleak.exc import BleakError

        # It is gone anyway, and the next try has a client of its own.
        with contextlib.suppress(BleakError, OSError, EOFError):
            await asyncio.wait_for(client.disconnect(), _DISCONNECT_S)


async def _write(client: BleakClient, write: BleWrite | KeepAlive) -> None:
    target: Any = write.characteristic
    if isinstance(write, BleWrite) and write.service is not None:
        service = client.services.get_service(write.service)
        target = (service and service.get_characteristic(target)) or target
    data = bytes.fromhex(write.data)
    await asyncio.wait_for(client.write_gatt_char(target, data, write.response), _ANSWER_S)


def _put(
    waiting: queue.Queue[tuple[str, bytes, float] | None],
    what: tuple[str, bytes, float] | None,
) -> bool:
    try:
        waiting.put_nowait(what)
    except queue.Full:
        return False
    return True
