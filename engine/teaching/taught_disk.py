"""What a disk does to taught signs: it is full or protected, or another SignMirror works on it."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from engine.messages import Message, reason_of
from engine.teaching.taught_index import TaughtSignError

LOCK_WAIT_S = 10.0
"""A change takes milliseconds; so long nobody waits but for a copy that hangs."""

_LOOK_AGAIN_S = 0.02
_FULL = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


class FolderLock:
    """One change at a time in `folder`, whichever process makes it.

    The system holds the lock, in a file `….lock` beside the folder, and lets it go when its process
    ends in whatever way. One thread at a time; it may take the lock again while it has it.
    """

    def __init__(self, folder: Path, wait_s: float = LOCK_WAIT_S) -> None:
        # By its true name: two copies may know the folder by different ones.
        true = Path(os.path.realpath(folder))
        self._folder = folder
        self._file = true.with_name(true.name + ".lock")
        self._lock = FileLock(
            self._file, timeout=wait_s, poll_interval=_LOOK_AGAIN_S, thread_local=False
        )

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Raises TaughtSignError when another process keeps it too long, or nothing can be written
        here."""
        locked = True
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise TaughtSignError(Message("teaching.busy"), "busy") from error
        except OSError as error:
            if not is_full(error):
                raise _unwritable(self._folder, error) from error
            # No room even for an empty file: deleting makes room, and must go on.
            locked = False
        try:
            yield
        finally:
            if locked:
                self._lock.release()


@contextlib.contextmanager
def disk(place: Path) -> Iterator[None]:
    """A full disk or a folder that cannot be written, in one sentence."""
    try:
        yield
    except OSError as error:
        raise _unwritable(place, error) from error


def is_full(error: BaseException | None) -> bool:
    """Whether the disk, or the user's share of it, has no room left."""
    return isinstance(error, OSError) and error.errno in _FULL


def flush(file: Path) -> None:
    """Onto the disk itself: a power cut must not leave an empty file under a good name."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def _unwritable(place: Path, error: OSError) -> TaughtSignError:
    said = Message("teaching.cannot-write", place=place, reason=reason_of(error))
    return TaughtSignError(said, "disk")
