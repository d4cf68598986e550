"""The air between Bluetooth devices, behind bleak's own interface for backends: everything of bleak
runs but the radio."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakError

from tests.engine.glove.devices.motion import HEADER, line

NUS = "6e400001-b5a3-f393-e0a9-e50e24dcca9e"
NUS_WRITE = "6e400002-b5a3-f393-e0a9-e50e24dcca9e"
NUS_NOTIFY = "6e400003-b5a3-f393-e0a9-e50e24dcca9e"
_EVERY_S = 0.02


class Air:
    """`backends`: client and scanner for adapters, which meet the devices in this air alone."""

    def __init__(self) -> None:
        self.devices: dict[str, AirDevice] = {}
        self.backends: tuple[Any, Any] = (
            type("AirClient", (_Client,), {"air": self}),
            type("AirScanner", (_Scanner,), {"air": self}),
        )


class AirDevice:
    """A peripheral. It obeys as a played device does; what it sends is told by `payload_of` a
    number and a time, for its one characteristic that notifies."""

    def __init__(
        self,
        air: Air,
        address: str,
        name: str,
        payload_of: Callable[[int, float], bytes] | None = None,
        service: str = NUS,
        notify: str = NUS_NOTIFY,
        write: str = NUS_WRITE,
    ) -> None:
        self.air, self.address, self.name = air, address, name
        self.service, self.notify, self.write = service, notify, write
        self.payload_of = payload_of or text_payload
        self.written: list[tuple[str, bytes]] = []
        self.clients: list[_Client] = []
        self.subscribed = threading.Event()
        self.slow_s = 0.0
        """How long it takes to answer a connection."""
        air.devices[address] = self
        self.ready_s = time.perf_counter()

    def do(self, command: str) -> None:
        word, *numbers = command.split()
        assert self.subscribed.wait(60)
        if word == "bad":
            for number in range(int(numbers[0])):
                self.notify_with(f"12,oops,{number}\n".encode())
            return
        first, count, rate = int(numbers[0]), int(numbers[1]), float(numbers[2])
        for number in range(first, first + count):
            self.notify_with(self.payload_of(number, time.perf_counter()))
            if rate:
                time.sleep(1 / rate)

    def notify_with(self, payload: bytes) -> None:
        for client in list(self.clients):
            client.call(client.deliver, payload)

    def unplug(self) -> None:
        self.air.devices.pop(self.address, None)
        for client in list(self.clients):
            client.call(client.lose)
        self.clients.clear()


def text_payload(number: int, t_s: float) -> bytes:
    header = HEADER.format(hand="L") + "\n" if number % 500 == 0 else ""
    return (header + line(number, t_s) + "\n").encode()


class _Scanner(BaseBleakScanner):
    air: Air

    def __init__(self, callback: Any, services: Any, mode: str, **_: Any) -> None:
        super().__init__(callback, services)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.seen_devices = {}
        self._task = asyncio.create_task(self._tell())

    async def stop(self) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _tell(self) -> None:
        while True:
            for device in list(self.air.devices.values()):
                told = AdvertisementData(device.name, {}, {}, [device.service], None, -50, ())
                found = self.create_or_update_device(
                    device.address, device.address, device.name, device, told
                )
                self.call_detection_callbacks(found, told)
            await asyncio.sleep(_EVERY_S)


class _Client(BaseBleakClient):
    air: Air

    def __init__(self, device: Any, **kwargs: Any) -> None:
        super().__init__(
            device,
            disconnected_callback=kwargs["disconnected_callback"],
            timeout=kwargs["timeout"],
        )
        self._loop = asyncio.get_running_loop()
        self._device: AirDevice | None = None
        self._taking: Callable[[bytearray], None] | None = None

    def call(self, what: Callable[..., None], *arguments: Any) -> None:
        self._loop.call_soon_threadsafe(what, *arguments)

    def deliver(self, payload: bytes) -> None:
        if self._taking is not None:
            self._taking(bytearray(payload))

    def lose(self) -> None:
        self._device = self._taking = None
        if self._disconnected_callback is not None:
            self._disconnected_callback()

    @property
    def mtu_size(self) -> int:
        return 247

    @property
    def name(self) -> str:
        return self._device.name if self._device else ""

    @property
    def is_connected(self) -> bool:
        return self._device is not None

    async def connect(self, pair: bool, **_: Any) -> None:
        device = self.air.devices.get(self.address)
        if device is None:
            raise BleakError("not in the air")
        await asyncio.sleep(device.slow_s)
        services = BleakGATTServiceCollection()
        service = BleakGATTService(None, 1, device.service)
        services.add_service(service)
        for handle, uuid in ((2, device.notify), (4, device.write)):
            kind = ["notify"] if uuid == device.notify else ["write"]
            services.add_characteristic(
                BleakGATTCharacteristic(None, handle, uuid, kind, lambda: 244, service)
            )
        self.services, self._device = services, device
        device.clients.append(self)

    async def disconnect(self) -> None:
        if self._device is not None and self in self._device.clients:
            self._device.clients.remove(self)
        was, self._device, self._taking = self._device, None, None
        if was is not None and self._disconnected_callback is not None:
            self._disconnected_callback()

    async def start_notify(self, characteristic: Any, callback: Any, **_: Any) -> None:
        if self._device is None:
            raise BleakError("gone")
        self._taking = callback
        self._device.subscribed.set()

    async def stop_notify(self, characteristic: Any) -> None:
        self._taking = None

    async def write_gatt_char(self, characteristic: Any, data: Any, response: bool) -> None:
        if self._device is None:
            raise BleakError("gone")
        self._device.written.append((characteristic.uuid, bytes(data)))

    async def pair(self, *_: Any, **__: Any) -> None:
        raise NotImplementedError

    async def unpair(self) -> None:
        raise NotImplementedError

    async def read_gatt_char(self, characteristic: Any, **_: Any) -> bytearray:
        raise NotImplementedError

    async def read_gatt_descriptor(self, descriptor: Any, **_: Any) -> bytearray:
        raise NotImplementedError

    async def write_gatt_descriptor(self, descriptor: Any, data: Any) -> None:
        raise NotImplementedError
