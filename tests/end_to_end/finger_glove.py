"""The six-sensor finger glove at the other end of a pseudo-terminal, as it sends: twelve angles a
line and nothing else.

    python finger_glove.py ANGLES.npz RATE_HZ

It writes the name of its port and rests: it sends the first of `angles` `(N, 12)` over and over,
until it is given a line. Then it sends all of them in real time, and stays.
"""

from __future__ import annotations

import os
import select
import sys
import time
import tty

import numpy as np
from numpy.typing import NDArray


def main() -> None:
    angles, rate_hz = np.load(sys.argv[1])["angles"], float(sys.argv[2])
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    tty.setraw(ours)
    print(os.ttyname(theirs), flush=True)
    while not select.select([sys.stdin], [], [], 1 / rate_hz)[0]:
        if select.select([], [ours], [], 0)[1]:
            os.write(ours, told(angles[0]))
    sys.stdin.readline()
    start = time.perf_counter()
    for number, row in enumerate(angles):
        while (left := start + number / rate_hz - time.perf_counter()) > 0:
            time.sleep(left)
        os.write(ours, told(row))
    sys.stdin.readline()


def told(row: NDArray[np.float32]) -> bytes:
    return (",".join(f"{value:.2f}" for value in row) + "\r\n").encode()


if __name__ == "__main__":
    main()
