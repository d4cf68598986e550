"""Lines out of bytes that may be cut anywhere."""

from __future__ import annotations

from engine.glove.decoding.decoder import Counts

LONGEST_LINE = 1024
"""Bytes. Whatever is longer is no line of a glove."""


class LineSplitter:
    """Lines end with LF, CR or both; empty ones are left out. One that is too long is counted as
    'too-long' and dropped to its end."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self.rest = b""
        """What came of a line that is not complete yet; at most `LONGEST_LINE` bytes."""
        self._dropping = False

    def feed(self, data: bytes) -> list[bytes]:
        if b"\r" in data:
            data = data.replace(b"\r", b"\n")
        lines = data.split(b"\n")
        lines[0] = self.rest + lines[0]
        if len(lines) > 1 and self._dropping:
            self._dropping = False
            lines[0] = b""
        rest = lines.pop()
        if self._dropping:
            rest = b""
        elif len(rest) > LONGEST_LINE:
            self._counts.note("too-long")
            self._dropping, rest = True, b""
        self.rest = rest
        return [line for line in lines if line and self._short(line)]

    def take_rest(self) -> bytes:
        """What there is of the incomplete line, which is complete after all."""
        rest, self.rest = self.rest, b""
        return rest

    def reset(self) -> None:
        self.rest, self._dropping = b"", False

    def _short(self, line: bytes) -> bool:
        if len(line) <= LONGEST_LINE:
            return True
        self._counts.note("too-long")
        return False
