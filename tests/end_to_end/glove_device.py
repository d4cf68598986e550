"""A glove at the other end of a pseudo-terminal; run as a process of its own.

    python glove_device.py SAMPLES.npz [RATE_HZ]

It writes the name of its port on standard output, waits for a line on standard input, and then
sends `samples` `(N, 12)` (left acceleration and right in g, left rate and right in °/s) in real
time, in our own line protocol. At the end it writes how many lines it sent.
"""

from __future__ import annotations

import os
import sys
import time
import tty

import numpy as np

_HEADER = (
    "#signmirror 1 cols=t:us,seq,lax:g,lay:g,laz:g,lgx:dps,lgy:dps,lgz:dps,"
    "rax:g,ray:g,raz:g,rgx:dps,rgy:dps,rgz:dps\r\n"
)
_HEADER_EVERY_S = 5.0


def main() -> None:
    samples = np.load(sys.argv[1])["samples"]
    rate_hz = float(sys.argv[2]) if len(sys.argv) > 2 else 100.0
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    tty.setraw(ours)
    print(os.ttyname(theirs), flush=True)
    sys.stdin.readline()
    os.write(ours, _HEADER.encode())
    start = time.perf_counter()
    headed = 0.0
    for number, row in enumerate(samples):
        due = number / rate_hz
        while (left := start + due - time.perf_counter()) > 0:
            time.sleep(left)
        if due - headed >= _HEADER_EVERY_S:
            os.write(ours, _HEADER.encode())
            headed = due
        ordered = [*row[:3], *row[6:9], *row[3:6], *row[9:]]
        line = f"{int(due * 1e6)},{number}," + ",".join(f"{value:.4f}" for value in ordered)
        os.write(ours, line.encode() + b"\r\n")
    print(len(samples), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
