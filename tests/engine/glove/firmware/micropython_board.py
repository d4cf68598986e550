"""Runs the MicroPython program in a board of known registers: `machine` and the clock are the
board's, everything else is Python's own.

    python micropython_board.py MAIN.py SECONDS
"""

from __future__ import annotations

import struct
import sys
import time
import types

ACC_COUNTS, GYRO_COUNTS = (410, -983, 8028), (410, -98, 4592)
_WRAP = 1 << 30
_BEGIN_US = _WRAP - 3_000_000
"""The board's count wraps three seconds after the start."""


class Over(BaseException):
    """The board is switched off."""


class Board:
    def __init__(self, seconds: float) -> None:
        self.now_us, self.end_us = _BEGIN_US, _BEGIN_US + int(seconds * 1e6)
        self.reads = 0

    def ticks_us(self) -> int:
        self.now_us += 30
        if self.now_us > self.end_us:
            raise Over
        return self.now_us % _WRAP

    def ticks_ms(self) -> int:
        return self.now_us // 1000 % _WRAP

    def sleep_us(self, us: int) -> None:
        self.now_us += us


class Bus:
    def __init__(self, *_: object, **__: object) -> None: ...

    def writeto_mem(self, *_: object) -> None: ...

    def readfrom_mem(self, address: int, register: int, count: int) -> bytes:
        board.reads += 1
        if board.reads % 50 == 0:
            raise OSError("no answer")
        assert (address, register, count) == (0x68, 0x3B, 14)
        return struct.pack(">7h", *ACC_COUNTS, 0, *GYRO_COUNTS)


def _difference(a: int, b: int) -> int:
    return (a - b + _WRAP // 2) % _WRAP - _WRAP // 2


board = Board(float(sys.argv[2]))
machine = types.ModuleType("machine")
machine.I2C, machine.Pin = Bus, lambda number: number  # type: ignore[attr-defined]
sys.modules["machine"] = machine
time.ticks_us, time.ticks_ms = board.ticks_us, board.ticks_ms  # type: ignore[attr-defined]
time.ticks_diff, time.sleep_us = _difference, board.sleep_us  # type: ignore[attr-defined]
time.ticks_add = lambda a, b: (a + b) % _WRAP  # type: ignore[attr-defined]

with open(sys.argv[1], encoding="utf-8") as file:
    program = compile(file.read(), sys.argv[1], "exec")
try:
    exec(program, {"__name__": "__main__"})
except Over:
    sys.stdout.flush()
