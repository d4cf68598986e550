"""The person's standard error: our own lines, and nobody else's."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TextIO, cast

_kept: TextIO | None = None
"""Once the log has begun, a file number that no library knows; 2 and `sys.stderr` are the log's."""


def keep_standard_error() -> None:
    """What is standard error now stays the person's, whatever happens to file number 2."""
    global _kept
    old = sys.stderr
    encoding = getattr(old, "encoding", None) or "utf-8"
    try:
        old.flush()
        # Not inherited: what runs next door has nothing to say to the person.
        number = os.dup(2)
    except (OSError, AttributeError, ValueError):
        # Started without one, as from an icon.
        number = os.open(os.devnull, os.O_WRONLY)
    _kept = open(  # noqa: SIM115
        number, "w", buffering=1, encoding=encoding, errors="backslashreplace", closefd=False
    )


def tell(line: str) -> None:
    """One line on the person's standard error; nobody may be there to read it."""
    with contextlib.suppress(OSError, ValueError):
        print(line, file=person_stream(), flush=True)


def person_stream() -> TextIO:
    """The person's standard error, as a stream: `sys.stderr` where the log has not begun, asked for
    anew at each line."""
    return cast(TextIO, _PERSON)


class _Person(io.TextIOBase):
    """Whatever is the person's standard error at the moment."""

    def write(self, text: str) -> int:
        stream = self._stream()
        return len(text) if stream is None else stream.write(text)

    def flush(self) -> None:
        if (stream := self._stream()) is not None:
            stream.flush()

    def isatty(self) -> bool:
        stream = self._stream()
        return stream is not None and stream.isatty()

    def fileno(self) -> int:
        stream = self._stream()
        if stream is None:
            raise io.UnsupportedOperation("there is no standard error")
        return stream.fileno()

    def writable(self) -> bool:
        return True

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return getattr(self._stream(), "encoding", None) or "utf-8"

    @staticmethod
    def _stream() -> TextIO | None:
        return _kept if _kept is not None else sys.stderr


_PERSON = _Person()
