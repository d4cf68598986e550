"""One log file that several processes write to at once, and that never grows large."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from engine.logs.file_lock import lock_at_once, unlock

LARGEST_BYTES = 1_000_000
KEPT_FILES = 3

_PATIENCE_S = 2.0


class LogFile:
    """Appends to `path`. At `largest` bytes its content moves to `path.1`, that to `path.2`, and
    so on; `kept` of them stay. Where the file cannot be written, nothing is kept, without a word.

    Content is copied and the file cut, never renamed: other processes, and native libraries to
    which it is the standard error, have it open and go on writing to it, and Windows renames no
    file that is open. `write` and `rotate` of all processes take turns, so no line of theirs is
    lost or torn; what a native library writes in the very moment of a cut may be.
    """

    def __init__(self, path: Path, *, largest: int = LARGEST_BYTES, kept: int = KEPT_FILES) -> None:
        self.path, self._largest, self._kept = path, largest, kept
        self._turn = threading.Lock()
        self._guard: int | None = None
        flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, flags, 0o600)
        except OSError:
            self._file = os.open(os.devnull, os.O_WRONLY)
            return
        with contextlib.suppress(OSError):
            self._guard = os.open(
                path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600
            )

    def fileno(self) -> int:
        """For whatever writes past Python."""
        return self._file

    def write(self, data: bytes) -> None:
        """At the end, in one piece. Never raises: a full disk stops no work."""
        with self._alone() as alone, contextlib.suppress(OSError):
            if alone:
                self._rotate_if_large(len(data))
            while data:
                data = data[os.write(self._file, data) :]

    def rotate_if_large(self) -> None:
        """For what others than `write` have written."""
        with self._alone() as alone, contextlib.suppress(OSError):
            if alone:
                self._rotate_if_large(0)

    def close(self) -> None:
        for file in (self._file, self._guard):
            if file is not None:
                os.close(file)
        self._guard = None

    def _rotate_if_large(self, more: int) -> None:
        size = os.fstat(self._file).st_size
        if self._guard is None or not size or size + more <= self._largest:
            return
        # A disk that is full takes no copy; the file is cut all the same.
        with contextlib.suppress(OSError):
            copy = self._older(0)
            try:
                shutil.copyfile(self.path, copy)
                for number in range(self._kept - 1, 0, -1):
                    with contextlib.suppress(FileNotFoundError):
                        os.replace(self._older(number), self._older(number + 1))
                os.replace(copy, self._older(1))
            finally:
                copy.unlink(missing_ok=True)
        os.ftruncate(self._file, 0)

    def _older(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether no other thread or process writes or rotates meanwhile. One that is stopped in
        the midst of it is not waited for long."""
        deadline = time.monotonic() + _PATIENCE_S
        if not self._turn.acquire(timeout=_PATIENCE_S):
            yield False
            return
        try:
            while not (alone := self._lock()):
                if self._guard is None or time.monotonic() > deadline:
                    break
                time.sleep(0.002)
            try:
                yield alone
            finally:
                if alone:
                    self._unlock()
        finally:
            self._turn.release()

    def _lock(self) -> bool:
        if self._guard is None:
            return False
        try:
            lock_at_once(self._guard)
        except OSError:
            return False
        return True

    def _unlock(self) -> None:
        if self._guard is not None:
            with contextlib.suppress(OSError):
                unlock(self._guard)
