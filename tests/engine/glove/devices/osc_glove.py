"""Gloves that send OSC, by python-osc's client. `osc_glove.py PORT HAND [HAND]`"""

from __future__ import annotations

import socket
import sys

from commands import obey, ready
from motion import values
from pythonosc.osc_message_builder import OscMessageBuilder


def main() -> None:
    address, hands = ("127.0.0.1", int(sys.argv[1])), sys.argv[2:]
    sending = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ready()

    def send(number: int, t_s: float) -> None:
        for hand in hands:
            message = OscMessageBuilder(f"/signmirror/{hand}/imu")
            message.add_arg(t_s, OscMessageBuilder.ARG_TYPE_DOUBLE)
            for value in values(number):
                message.add_arg(value, OscMessageBuilder.ARG_TYPE_FLOAT)
            sending.sendto(message.build().dgram, address)

    obey(send, lambda number: sending.sendto(b"/signmirror/left/imu", address))


main()
