"""A glove on a serial port: a pseudo-terminal, under a name that stays when it is plugged again.

`serial_glove.py LINK HAND [SPEEDLESS]`
"""

from __future__ import annotations

import os
import sys
import tty
from pathlib import Path

from commands import obey, ready
from motion import HEADER, line

BOOT = "ets Jul 29 2019 12:21:46\r\nrst:0x1 (POWERON_RESET)\r\n"


def main() -> None:
    link, hand = Path(sys.argv[1]), sys.argv[2]
    master, slave = os.openpty()
    tty.setraw(slave)
    new = link.with_name(f"{link.name}.{os.getpid()}")
    new.symlink_to(os.ttyname(slave))
    new.replace(link)
    ready(os.ttyname(slave))

    def send(number: int, t_s: float) -> None:
        header = HEADER.format(hand=hand) + "\r\n" if number % 500 == 0 else ""
        write((BOOT if number == 0 else "") + header + line(number, t_s) + "\r\n")

    def write(text: str) -> None:
        left = text.encode()
        while left:
            left = left[os.write(master, left) :]

    obey(send, lambda number: write(f"12,oops,{number}\r\n"))


main()
