"""The six-sensor finger glove at the other end of a pseudo-terminal, as it sends: twelve angles a
line and nothing else.

    python finger_glove.py ANGLES.npz RATE_HZ

It writes the name of its port, waits for a line, sends `angles` `(N, 12)` in real time, and stays.
"""

from __future__ import annotations

import os
import sys
import time
import tty

import numpy as np


def main() -> None:
    angles, rate_hz = np.load(sys.argv[1])["angles"], float(sys.argv[2])
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    tty.setraw(ours)
    print(os.ttyname(theirs), flush=True)
    sys.stdin.readline()
    start = time.perf_counter()
    for number, row in enumerate(angles):
        while (left := start + number / rate_hz - time.perf_counter()) > 0:
            time.sleep(left)
        os.write(ours, (",".join(f"{value:.2f}" for value in row) + "\r\n").encode())
    sys.stdin.readline()


if __name__ == "__main__":
    main()
