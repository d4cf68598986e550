"""Files that are whole or not there: what a crash cuts short never stands under the good name."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_TRIES, _BETWEEN_S = 50, 0.02


def unfinished_name(file: Path) -> Path:
    """The name beside `file` under which it is written."""
    return file.with_name(file.name + ".unfinished")


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A path to write to; it becomes `file` at the end, and stays aside when something fails."""
    unfinished = unfinished_name(file)
    yield unfinished
    _replace(unfinished, file)


def _replace(unfinished: Path, file: Path) -> None:
    """At once; on Windows, after whoever is just reading the old file."""
    for _ in range(_TRIES if sys.platform == "win32" else 0):
        try:
            os.replace(unfinished, file)
        except PermissionError:
            time.sleep(_BETWEEN_S)
        else:
            return
    os.replace(unfinished, file)
