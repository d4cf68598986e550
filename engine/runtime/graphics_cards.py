"""Which CUDA cards there are, by the driver itself: torch, which knows too, takes seconds to load.

Only asked for their names, which costs no memory on a card.
"""

from __future__ import annotations

import ctypes
import sys

_LIBRARIES = {"win32": "nvcuda.dll", "linux": "libcuda.so.1"}
_NAME_BYTES = 256


def card_names() -> tuple[str, ...]:
    """Of the cards that a program may use here, in the driver's order; none without a driver."""
    library = _LIBRARIES.get(sys.platform)
    if library is None:
        return ()
    try:
        driver = ctypes.CDLL(library)
    except OSError:
        return ()
    count = ctypes.c_int()
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)):
        return ()
    names = []
    for number in range(count.value):
        device, name = ctypes.c_int(), ctypes.create_string_buffer(_NAME_BYTES)
        if driver.cuDeviceGet(ctypes.byref(device), number):
            continue
        if not driver.cuDeviceGetName(name, _NAME_BYTES, device):
            names.append(name.value.decode(errors="replace"))
    return tuple(names)
