"""A glove that sends packets of text. `udp_glove.py PORT HAND`"""

from __future__ import annotations

import socket
import sys

from commands import obey, ready
from motion import HEADER, line


def main() -> None:
    address, hand = ("127.0.0.1", int(sys.argv[1])), sys.argv[2]
    sending = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ready()

    def send(number: int, t_s: float) -> None:
        header = HEADER.format(hand=hand) + "\n" if number % 500 == 0 else ""
        sending.sendto((header + line(number, t_s) + "\n").encode(), address)

    obey(send, lambda number: sending.sendto(f"12,oops,{number}\n".encode(), address))


main()
