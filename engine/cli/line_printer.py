"""Lines on standard output, until nobody takes them any more."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from typing import TextIO

# What Windows says of a pipe that nobody reads is 'invalid argument'.
_NOBODY_READS = (errno.EPIPE, errno.EINVAL)


class LinePrinter:
    """Prints lines from any thread, each whole and at once.

    When that fails, nothing more is printed, nothing is raised, and `stopped` says so: whoever has
    closed the other end of a pipe (as `head` does) has seen enough. `problem` is one line for what
    is a fault, such as a full disk.
    """

    def __init__(self, stream: TextIO | None) -> None:
        """`stream` None: standard output was closed from the start."""
        self._stream = stream
        self._printing = threading.Lock()
        self.stopped = stream is None
        self.problem: str | None = None

    def line(self, text: str) -> None:
        with self._printing:
            if self.stopped or self._stream is None:
                return
            try:
                print(text, file=self._stream, flush=True)
            except (OSError, ValueError) as error:
                # ValueError: closed on this side.
                self.stopped = True
                reads_nobody = not isinstance(error, OSError) or error.errno in _NOBODY_READS
                if not reads_nobody:
                    reason = getattr(error, "strerror", None) or type(error).__name__
                    self.problem = f"standard output: nothing more can be written ({reason})"
                _forget_what_is_left(self._stream)


def _forget_what_is_left(stream: TextIO) -> None:
    """Python would try once more at its end, and complain."""
    with contextlib.suppress(OSError, ValueError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
