"""Which speed a serial line has, found by trying."""

from __future__ import annotations

BAUD_RATES = (115200, 9600, 921600, 57600, 38400, 230400)
"""Bits per second, the usual one first."""

_DWELL_S = 2.0
_ENOUGH_BYTES = 200
_PRINTABLE = 0.9
_PLAIN = frozenset(range(0x20, 0x7F)) | {0x09, 0x0A, 0x0D}


class BaudSweep:
    """Told what comes at the present speed, it says when to try the next one.

    Text at the wrong speed is noise: a line that is nearly all printable has the right speed,
    whether its format is known or not. A line that says nothing tells nothing, and stays.
    """

    def __init__(self, fixed: int | None = None) -> None:
        """`fixed`: a speed that is known, and kept."""
        self._rates = (fixed,) if fixed else BAUD_RATES
        self._at = 0
        self._settled = bool(fixed)
        self.rounds = 0
        """How often all speeds were tried in vain."""
        self._since_s: float | None = None
        self._bytes = self._printable = 0

    @property
    def rate(self) -> int:
        return self._rates[self._at]

    @property
    def settled(self) -> bool:
        """What came at this speed could be read."""
        return self._settled

    def readable(self) -> None:
        """Something that came at this speed was understood: it is the right one, for good."""
        self._settled = True

    def opened(self) -> None:
        """The port was opened anew; what is known of its speed stays."""
        self._begin()

    def heard(self, data: bytes, now_s: float) -> bool:
        """True when the port must change to `rate`, which is another one now."""
        if self._settled:
            return False
        if self._since_s is None:
            self._since_s = now_s
        self._bytes += len(data)
        self._printable += sum(byte in _PLAIN for byte in data)
        if self._bytes < _ENOUGH_BYTES or now_s - self._since_s < _DWELL_S:
            return False
        if self._printable >= _PRINTABLE * self._bytes:
            self._begin()
            return False
        self._at = (self._at + 1) % len(self._rates)
        self.rounds += self._at == 0
        self._begin()
        return True

    def _begin(self) -> None:
        self._since_s = None
        self._bytes = self._printable = 0
