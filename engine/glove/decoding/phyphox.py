"""What the app phyphox answers."""

from __future__ import annotations

import math
from typing import Any

from engine.glove.decoding.forms.json_parts import (
    LONGEST_BATCH_S,
    JsonDecoder,
    android_part,
    time_s,
)
from engine.glove.reading import Reading


class PhyphoxDecoder(JsonDecoder):
    """phyphox.org: arrays since the last question, in m/s² and rad/s, stamped in s since its start.

    Arrays of unequal lengths are cut to the shortest; `query` asks for the rest again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.session = ""
        self.measuring = False
        self._newest = {"acc": -math.inf, "gyr": -math.inf}

    def query(self) -> str:
        """What comes after the host in the next question, as
        `/get?acc_time=3.02&accX=3.02%7Cacc_time`."""
        asked: list[str] = []
        for name, newest in self._newest.items():
            since = "full" if newest == -math.inf else repr(newest)
            asked.append(f"{name}_time={since}")
            # A bar must be written so: the phone's server takes no other.
            rest = since if since == "full" else f"{since}%7C{name}_time"
            asked.extend(f"{name}{axis}={rest}" for axis in "XYZ")
        return "/get?" + "&".join(asked)

    def reset(self) -> None:
        super().reset()
        self._newest = dict.fromkeys(self._newest, -math.inf)

    def parts(self, content: Any, arrival_s: float) -> list[Reading]:
        buffers = content.get("buffer") if isinstance(content, dict) else None
        if not isinstance(buffers, dict):
            self.counts.note("unknown-packet")
            return []
        status = content.get("status")
        status = status if isinstance(status, dict) else {}
        self.measuring = status.get("measuring") is True
        session = str(status.get("session", ""))[:64]
        if session != self.session:
            # The clock of another session starts anew.
            self.session = session
            self.reset()
        rows = [row for name in self._newest for row in self._rows(name, buffers)]
        rows.sort(key=lambda row: (row[0], row[1] == "gyr"))
        last = rows[-1][0] if rows else 0.0
        found: list[Reading] = []
        for stamp, name, numbers in rows:
            came = arrival_s - min(last - stamp, LONGEST_BATCH_S)
            kind = "gyro" if name == "gyr" else "unsure"
            found.append(android_part(came, "", kind, numbers, stamp))
        return found

    def _rows(self, name: str, buffers: dict[str, Any]) -> list[tuple[float, str, list[float]]]:
        arrays = [_buffer(buffers, f"{name}_time")]
        arrays += [_buffer(buffers, f"{name}{axis}") for axis in "XYZ"]
        if len({len(array) for array in arrays}) > 1:
            self.counts.note("unequal")
        rows: list[tuple[float, str, list[float]]] = []
        for time, *values in zip(*arrays, strict=False):
            stamp = time_s(time, 1.0)
            numbers = self.numbers(values, 3)
            if stamp is None or not math.isfinite(stamp) or numbers is None:
                continue
            if stamp > self._newest[name]:
                self._newest[name] = stamp
                rows.append((stamp, name, numbers))
        return rows


def _buffer(buffers: dict[str, Any], name: str) -> list[Any]:
    told = buffers.get(name)
    values = told.get("buffer") if isinstance(told, dict) else None
    return values if isinstance(values, list) else []
