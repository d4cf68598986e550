"""Keeps the window alive on Python 3.11 with a PySide6 that loses references to None and to bools.

PySide6 6.12.0 behaves as if None, True and False were immortal, as they are from Python 3.12 on.
On 3.11 nearly every Qt method that returns nothing takes one reference to None away and gives none
back, and sending a signal does it with True. A window that paints loses some two thousand a second,
and Python would abort it ('deallocating None') within a minute. Python 3.12 gives these three a
count that never ends; this does the same on 3.11.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 60
_SLACK = 1000


def make_constants_last() -> None:
    """Give None, True and False more references than a window can ever lose.

    Does nothing where they are immortal, and nothing where their counts are not where expected.
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    if ctypes.sizeof(ctypes.c_ssize_t) < 8:
        return
    for constant in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(constant))
        # An interpreter built for debugging keeps other things in front of the count.
        known = abs(count.value - sys.getrefcount(constant)) <= _SLACK
        if known and count.value < _PLENTY // 2:
            count.value += _PLENTY
