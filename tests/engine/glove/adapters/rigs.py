"""Each adapter with a device that plays its part, for what all of them must do."""

from __future__ import annotations

import os
import socket
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from engine.glove.adapters.adapter import GloveAdapter
from engine.glove.adapters.opening import open_adapter
from engine.glove.reading import Reading
from engine.glove.spec import parse_spec
from tests.conftest import LONGEST_S
from tests.engine.glove.devices.ble_air import Air, AirDevice
from tests.engine.glove.devices.motion import values
from tests.engine.glove.devices.played import PlayedDevice

Take = Callable[[Sequence[Reading]], None]


class Device(Protocol):
    ready_s: float

    def do(self, command: str) -> None: ...

    def unplug(self) -> None: ...


class Rig(ABC):
    """`close` lets go of what the rig itself holds."""

    each = 1
    """Readings a sample."""
    batch = 1
    """Samples that are sent at once."""

    @abstractmethod
    def plug(self) -> Device: ...

    @abstractmethod
    def adapter(self, take: Take) -> GloveAdapter: ...

    def released(self) -> bool:
        """Nobody holds what the adapter held."""
        return True


class Serial(Rig):
    def __init__(self, folder: Path) -> None:
        self.link = folder / "glove-port"

    def plug(self) -> Device:
        return PlayedDevice("serial_glove", self.link, "L", bare=True)

    def adapter(self, take: Take) -> GloveAdapter:
        return open_adapter(parse_spec(f"serial:{self.link}"), take)

    def released(self) -> bool:
        import serial

        try:
            serial.Serial(str(self.link), exclusive=True).close()
        except OSError:
            return False
        return True


class Tcp(Rig):
    def __init__(self, folder: Path) -> None:
        self.port = free_port(socket.SOCK_STREAM)

    def plug(self) -> Device:
        return PlayedDevice("tcp_glove", self.port, "L", bare=True)

    def adapter(self, take: Take) -> GloveAdapter:
        return open_adapter(parse_spec(f"tcp:127.0.0.1:{self.port}"), take)


class Udp(Rig):
    def __init__(self, folder: Path) -> None:
        self.port = free_port(socket.SOCK_DGRAM)

    def plug(self) -> Device:
        return PlayedDevice("udp_glove", self.port, "L", bare=True)

    def adapter(self, take: Take) -> GloveAdapter:
        return open_adapter(parse_spec(f"udp:{self.port}"), take)

    def released(self) -> bool:
        return can_bind(socket.SOCK_DGRAM, self.port)


class Osc(Udp):
    def plug(self) -> Device:
        return PlayedDevice("osc_glove", self.port, "left")

    def adapter(self, take: Take) -> GloveAdapter:
        return open_adapter(parse_spec(f"osc:{self.port}"), take)


class Lsl(Rig):
    def __init__(self, folder: Path) -> None:
        self.source = f"glove-{uuid.uuid4().hex}"

    def plug(self) -> Device:
        return PlayedDevice("lsl_glove", "left glove", self.source, 0)

    def adapter(self, take: Take) -> GloveAdapter:
        return open_adapter(parse_spec(f"lsl:{self.source}"), take)


class Ble(Rig):
    def __init__(self, folder: Path) -> None:
        self.air = Air()

    def plug(self) -> Device:
        return AirDevice(self.air, "AA:BB:CC:00:11:22", "SignMirror L")

    def adapter(self, take: Take) -> GloveAdapter:
        from engine.glove.adapters.ble import BleAdapter

        return BleAdapter(take, "AA:BB:CC:00:11:22", backends=self.air.backends)

    def released(self) -> bool:
        return not any(device.clients for device in self.air.devices.values())


class Phone(Rig):
    def __init__(self, folder: Path) -> None:
        self.port = free_port(socket.SOCK_STREAM)

    def plug(self) -> Device:
        return PlayedDevice("phone_server", self.port)

    def adapter(self, take: Take) -> GloveAdapter:
        return open_adapter(parse_spec(f"phone:127.0.0.1:{self.port}"), take)


class Logger(Rig):
    batch = 10

    def __init__(self, folder: Path) -> None:
        self.port = free_port(socket.SOCK_STREAM)

    def plug(self) -> Device:
        return PlayedDevice("phone_logger", self.port)

    def adapter(self, take: Take) -> GloveAdapter:
        return open_adapter(parse_spec(f"logger:{self.port}"), take)

    def released(self) -> bool:
        return can_bind(socket.SOCK_STREAM, self.port)


RIGS: dict[str, Callable[[Path], Rig]] = {
    "serial": Serial,
    "tcp": Tcp,
    "udp": Udp,
    "osc": Osc,
    "lsl": Lsl,
    "ble": Ble,
    "phone": Phone,
    "logger": Logger,
}


class Taken:
    """What an adapter handed on, and when."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.last_s = 0.0

    def __call__(self, readings: Sequence[Reading]) -> None:
        self.last_s = time.perf_counter()
        self.readings.extend(readings)

    def __len__(self) -> int:
        return len(self.readings)

    def numbers(self) -> list[int]:
        """Which samples of `motion.values` these are; -1 for what is none of them."""
        return [number_of(reading) for reading in self.readings]


def number_of(reading: Reading) -> int:
    if reading.acc is None or reading.gyro is None:
        return -1
    number = round((reading.gyro[0] + 200) * 10)
    sent = values(number)
    measured = (*reading.acc, *reading.gyro)
    same = all(abs(a - b) <= 1e-4 + 1e-6 * abs(b) for a, b in zip(measured, sent, strict=True))
    return number if same and reading.acc_known and reading.gyro_known else -1


def until(condition: Callable[[], bool], what: str, longest_s: float = LONGEST_S / 10) -> float:
    """When it was so, on `time.perf_counter()`."""
    deadline = time.perf_counter() + longest_s
    while not condition():
        assert time.perf_counter() < deadline, what
        time.sleep(0.005)
    return time.perf_counter()


def free_port(kind: socket.SocketKind) -> int:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def can_bind(kind: socket.SocketKind, port: int) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            # Connections that were answered and are over hold the port for a while all the same.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def open_files() -> int:
    folder = "/proc/self/fd"
    return len(os.listdir(folder)) if os.path.isdir(folder) else 0
