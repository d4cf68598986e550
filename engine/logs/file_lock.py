"""The system's own lock on an open file, which it takes back when a process ends, however it ends.

For what must hold before libraries load, or must know why a lock is not to be had; everything else
takes turns by `filelock`.
"""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt

    def lock_at_once(handle: int) -> None:
        """Without waiting. Raises BlockingIOError or, on Windows, PermissionError where another
        holds it, and another OSError where no lock can be had at all."""
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def unlock(handle: int) -> None:
        """Raises OSError."""
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def lock_at_once(handle: int) -> None:
        """Without waiting. Raises BlockingIOError or, on Windows, PermissionError where another
        holds it, and another OSError where no lock can be had at all."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(handle: int) -> None:
        """Raises OSError."""
        fcntl.flock(handle, fcntl.LOCK_UN)
