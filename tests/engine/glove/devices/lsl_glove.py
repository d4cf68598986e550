"""A stream of the Lab Streaming Layer. `lsl_glove.py NAME SOURCE_ID SHIFT_S`, with `SHIFT_S` added
to its stamps: a source with a clock of its own."""

from __future__ import annotations

import sys
import time

import pylsl
from commands import obey, ready
from motion import values

LABELS = ["ax", "ay", "az", "gx", "gy", "gz"]
UNITS = ["g"] * 3 + ["dps"] * 3


def main() -> None:
    name, source, shift_s = sys.argv[1], sys.argv[2], float(sys.argv[3])
    info = pylsl.StreamInfo(name, "IMU", 6, 200.0, "double64", source)
    info.set_channel_labels(LABELS)
    info.set_channel_units(UNITS)
    outlet = pylsl.StreamOutlet(info)
    ready()

    def send(number: int, t_s: float) -> None:
        push(list(values(number)), t_s)

    def push(sample: list[float], t_s: float) -> None:
        while not outlet.have_consumers():
            outlet.wait_for_consumers(1.0)
        to_lsl_s = pylsl.local_clock() - time.perf_counter()
        outlet.push_sample(sample, t_s + to_lsl_s + shift_s)

    obey(send, lambda number: push([float("nan")] * 6, time.perf_counter()))


main()
