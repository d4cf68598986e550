"""A glove on a serial port: USB, or Bluetooth's serial port profile."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from engine.glove.adapters.format_wait import FormatWait, StreamRecipe
from engine.glove.adapters.threaded import POLL_S, Absent, Refused, ThreadedAdapter
from engine.glove.detection.baud import BaudSweep
from engine.glove.detection.ports import UsbIdentity, identity_of, path_of
from engine.glove.reading import Reading
from engine.messages import Message, reason_of
from engine.messages.system_reasons import number_of

if TYPE_CHECKING:
    import serial

_WRITE_TIMEOUT_S = 1.0
_CHUNK = 16384
_BUSY = (errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK)


class SerialAdapter(ThreadedAdapter):
    """Reads all that comes, so that no board ever waits for us.

    Opening resets many boards: boot text and a clock that starts anew are nothing out of order.
    Whatever is plugged in again is found by its USB identity, under whatever name it has then.
    """

    def __init__(
        self,
        on_readings: Callable[[Sequence[Reading]], None],
        path: str,
        *,
        recipe: StreamRecipe | None = None,
        baud: int | None = None,
    ) -> None:
        """`path`: 'COM3', '/dev/ttyACM0', a link to one. `recipe`: what it sends, where that is
        known; else it is found out, and so is the speed where there is no `baud`."""
        super().__init__(on_readings, f"serial:{path}", os.path.basename(path) or path)
        self._path = path
        self._sweep = BaudSweep(baud)
        self._decoder: FormatWait = FormatWait(recipe, name=self._title)
        self._identity: UsbIdentity | None = None
        self._serial: serial.Serial | None = None

    def _open(self) -> None:
        import serial

        path = self._path_now()
        port = serial.Serial()
        port.port = path
        port.baudrate = self._sweep.rate
        port.timeout = POLL_S
        port.write_timeout = _WRITE_TIMEOUT_S
        port.exclusive = True
        # A board with USB of its own sends nothing until somebody is there.
        port.dtr = True
        try:
            port.open()
        except (OSError, ValueError) as error:
            raise self._why(error, path) from error
        except _TERMINAL_ERRORS as error:
            raise Absent(Message("glove.no-port", name=self._title)) from error
        self._serial = port
        self._decoder.reset()
        self._sweep.opened()
        self._recognise(path)

    def _read(self) -> None:
        port = self._serial
        assert port is not None
        data = _take_all(port)
        arrival_s = time.perf_counter()
        if not data:
            if not _is_there(port.port):
                raise Absent
            return
        self._heard(len(data))
        readings = self._decoder.feed(data, arrival_s)
        if readings:
            if not self._sweep.settled:
                self._sweep.readable()
            self._describe()
            self._hand_on(readings)
        elif not self._sweep.settled and self._sweep.heard(data, arrival_s):
            port.baudrate = self._sweep.rate
            self._decoder.reset()

    def _shut(self) -> None:
        port, self._serial = self._serial, None
        if port is not None:
            with contextlib.suppress(*_TERMINAL_ERRORS):
                port.close()

    def _path_now(self) -> str:
        if self._identity is not None:
            path = path_of(self._identity)
            if path is not None:
                return path
        if not _is_there(self._path):
            raise Absent(Message("glove.no-port", name=self._title))
        return self._path

    def _recognise(self, path: str) -> None:
        if self._identity is None:
            try:
                self._identity = identity_of(path)
            except OSError:
                return
            if self._identity is not None:
                self._device_id = str(self._identity)

    def _describe(self) -> None:
        self._detail = f"{self._sweep.rate} baud"
        if self._decoder.device_id:
            self._device_id = f"glove:{self._decoder.device_id}"
        if self._decoder.title:
            name = os.path.basename(self._path) or self._path
            self._title = f"{self._decoder.title} · {name}"

    def _illegible(self) -> Message:
        return self._decoder.reason or super()._illegible()

    def _why(self, error: Exception, path: str) -> Absent:
        number = number_of(error)
        if number in _BUSY or (sys.platform == "win32" and "PermissionError" in str(error)):
            return Refused(Message("glove.port-busy", name=self._title))
        if number in (errno.EACCES, errno.EPERM):
            return Refused(Message("glove.port-denied", name=self._title))
        if number in (errno.ENOENT, errno.ENXIO, errno.ENODEV, errno.EIO) or not _is_there(path):
            return Absent(Message("glove.no-port", name=self._title))
        return Absent(Message("glove.port-failed", name=self._title, reason=reason_of(error)))


def _take_all(port: serial.Serial) -> bytes:
    """Waits `POLL_S` for something, and takes everything that is there. The library would wait for
    one byte, ask how many there are, and wait again: three times the work of its own two calls."""
    if sys.platform == "win32":
        data = port.read(1)
        waiting = port.in_waiting if data else 0
        return data + port.read(waiting) if waiting else data
    if not select.select([port.fd], [], [], POLL_S)[0]:
        return b""
    try:
        data = os.read(port.fd, _CHUNK)
    except BlockingIOError:
        return b""
    if not data:
        # Ready, and nothing to read: that is how a port says that it is gone.
        raise Absent
    return data


def _is_there(path: str) -> bool:
    """Windows tells only by opening."""
    return sys.platform == "win32" or os.path.exists(path)


def _terminal_errors() -> tuple[type[Exception], ...]:
    # What pyserial lets through on Linux and macOS when a port vanishes while it is being opened.
    try:
        import termios
    except ImportError:
        return ()
    return (termios.error,)


_TERMINAL_ERRORS = _terminal_errors()
