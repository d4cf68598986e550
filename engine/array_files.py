"""NumPy's archives, read by any thread.

NumPy reads the header of each array through Python's own parser, and that of CPython 3.11 to 3.13
keeps one count for all threads: two that parse at the same moment can end in "SystemError: AST
constructor recursion depth mismatch". The window lists recorded motions while a camera's thread
opens one, so archives are read one at a time, and once more where something else was parsing.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ONE_AT_A_TIME = threading.Lock()
_TRIES = 5


def read_archive(file: Path) -> dict[str, NDArray[Any]]:
    """Every array of an `.npz` by its name; nothing is ever unpickled. Raises OSError, ValueError,
    KeyError, EOFError or BadZipFile for what is no such archive."""
    for _ in range(_TRIES - 1):
        try:
            return _read(file)
        except SystemError:
            continue
    return _read(file)


def _read(file: Path) -> dict[str, NDArray[Any]]:
    # Opened here: NumPy leaves a file open that turns out to be no archive.
    with (
        _ONE_AT_A_TIME,
        file.open("rb") as stream,
        np.load(stream, allow_pickle=False) as archive,
    ):
        return {name: archive[name] for name in archive.files}
