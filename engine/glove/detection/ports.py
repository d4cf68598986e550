"""Serial ports, and what is plugged into them."""

from __future__ import annotations

import os
from dataclasses import dataclass

_BLUETOOTH = ("bluetooth", "bthenum", "rfcomm")


@dataclass(frozen=True, slots=True)
class UsbIdentity:
    """What a USB device is known by, whatever its port is called today.

    `place`: where it is plugged in, told only where it has no serial number of its own: two cheap
    boards of one kind are alike in everything else.
    """

    vendor: int
    product: int
    serial: str = ""
    place: str = ""

    def __str__(self) -> str:
        return f"usb:{self.vendor:04x}:{self.product:04x}:{self.serial or self.place}"


@dataclass(frozen=True, slots=True)
class SerialPort:
    """`path`: what it is opened by, as 'COM3' or '/dev/ttyACM0'; `product`: what the device calls
    itself, or '' ; `identity`: None where the port is not on USB."""

    path: str
    product: str = ""
    identity: UsbIdentity | None = None

    @property
    def title(self) -> str:
        """As 'USB Serial · COM3'."""
        name = os.path.basename(self.path) or self.path
        return f"{self.product} · {name}" if self.product else name


def list_serial_ports() -> tuple[SerialPort, ...]:
    """Ports that something is plugged into or paired with. The system's own that nothing was ever
    plugged into are left out: opening them finds nothing. OSError where they cannot be listed."""
    from serial.tools import list_ports

    found = []
    for port in list_ports.comports():
        identity = None
        if port.vid is not None and port.pid is not None:
            serial = port.serial_number or ""
            place = "" if serial else (port.location or "")
            identity = UsbIdentity(port.vid, port.pid, serial, place)
        words = f"{port.device} {port.hwid} {port.description}".lower()
        if identity is None and not any(word in words for word in _BLUETOOTH):
            continue
        product = port.product or (port.description if port.description != "n/a" else "")
        found.append(SerialPort(port.device, " ".join((product or "").split())[:60], identity))
    return tuple(sorted(found, key=lambda port: port.path))


def identity_of(path: str) -> UsbIdentity | None:
    """Of the device at a port, or at a link to one. None where it is not on USB or not there."""
    real = os.path.realpath(path)
    for port in list_serial_ports():
        if port.path == path or os.path.realpath(port.path) == real:
            return port.identity
    return None


def path_of(identity: UsbIdentity) -> str | None:
    """Where the device is plugged in now; None where it is not."""
    return next((p.path for p in list_serial_ports() if p.identity == identity), None)
