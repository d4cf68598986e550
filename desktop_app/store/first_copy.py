"""Which of several open copies of SignMirror keeps its choices: the first."""

from __future__ import annotations

import os
from pathlib import Path

from engine.logs.file_lock import lock_at_once

_NAME = "open.lock"


class FirstCopy:
    """A lock beside the settings, held while a window is open.

    The system itself takes it back when a process ends, however it ends: a file that a crash left
    behind holds nobody up. Where no lock can be had at all (a folder that cannot be written, a
    network drive without locks), nobody is told of another copy that may not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / _NAME
        self._handle: int | None = None

    def claim(self) -> bool:
        """Whether this is the first copy; asked again, it stays what it was."""
        if self._handle is not None:
            return True
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            lock_at_once(handle)
        except (BlockingIOError, PermissionError):
            os.close(handle)
            return False
        except OSError:
            os.close(handle)
            return True
        self._handle = handle
        return True

    def release(self) -> None:
        """The file stays: deleting it could take away another copy's lock."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)
