"""Archives of named arrays (`.npz`), read by one thread at a time."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

# numpy reads an array's header with Python's own parser, which before 3.11.8 and 3.12.2 counts its
# depth for all threads together: two that read at once can make it fail on files that are whole.
_one_reads = threading.Lock()
_TRIES = 5


class ArrayFileError(Exception):
    """A file is no archive of arrays, or damaged."""


def read_arrays(file: Path) -> dict[str, NDArray[Any]]:
    """Every array of the archive, by name. Raises OSError for a file that cannot be opened, and
    ArrayFileError for one that is damaged, pickled, or no such archive."""
    # Opened here: numpy would leave a file open that turns out to be damaged.
    with file.open("rb") as stream, _one_reads:
        try:
            return _undisturbed(stream)
        except Exception as error:
            # Damage shows in many ways: of the zip, of what it packs, of a header or of its length.
            raise ArrayFileError(f"{file}: not a readable archive of arrays") from error


def _undisturbed(stream: BinaryIO) -> dict[str, NDArray[Any]]:
    """Another thread may parse something else at the same moment, an import for instance."""
    for _ in range(_TRIES - 1):
        with contextlib.suppress(SystemError):
            return _read(stream)
    return _read(stream)


def _read(stream: BinaryIO) -> dict[str, NDArray[Any]]:
    stream.seek(0)
    with np.load(stream, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}
