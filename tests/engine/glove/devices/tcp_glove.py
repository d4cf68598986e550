"""A glove that waits for a connection. `tcp_glove.py PORT HAND`; port 0 for any."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading

from commands import obey, ready
from motion import HEADER, line


def main() -> None:
    port, hand = int(sys.argv[1]), sys.argv[2]
    listening = socket.create_server(("127.0.0.1", port))
    clients: list[socket.socket] = []
    someone = threading.Event()

    def accept() -> None:
        while True:
            client, _ = listening.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            clients.append(client)
            someone.set()

    threading.Thread(target=accept, daemon=True).start()
    ready(listening.getsockname()[1])

    def write(text: str) -> None:
        someone.wait()
        for client in clients:
            with contextlib.suppress(OSError):
                client.sendall(text.encode())

    def send(number: int, t_s: float) -> None:
        header = HEADER.format(hand=hand) + "\n" if number % 500 == 0 else ""
        write(header + line(number, t_s) + "\n")

    obey(send, lambda number: write(f"12,oops,{number}\n"))


main()
