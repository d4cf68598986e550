"""A phone that runs SensorServer. `phone_server.py PORT`; port 0 for any."""

from __future__ import annotations

import contextlib
import json
import math
import sys
import threading
from urllib.parse import parse_qs, urlsplit

from commands import obey, ready
from motion import STANDARD_GRAVITY, values
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve


def main() -> None:
    clients: list[ServerConnection] = []
    someone = threading.Event()

    def handler(client: ServerConnection) -> None:
        asked = urlsplit(client.request.path)
        types = json.loads(parse_qs(asked.query)["types"][0])
        assert asked.path == "/sensors/connect" and len(types) == 2
        clients.append(client)
        someone.set()
        # Nothing is asked of us later; this returns when the client is gone.
        for _ in client:
            pass

    server = serve(handler, "127.0.0.1", int(sys.argv[1]), compression=None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ready(server.socket.getsockname()[1])

    def write(text: str) -> None:
        someone.wait()
        for client in clients:
            with contextlib.suppress(ConnectionClosed):
                client.send(text)

    def send(number: int, t_s: float) -> None:
        told = values(number)
        acc = [value * STANDARD_GRAVITY for value in told[:3]]
        gyro = [math.radians(value) for value in told[3:]]
        for sensor, measured in (("accelerometer", acc), ("gyroscope", gyro)):
            message = {
                "accuracy": 3,
                "timestamp": round(t_s * 1e9),
                "type": f"android.sensor.{sensor}",
                "values": measured,
            }
            write(json.dumps(message))

    obey(send, lambda number: write('{"timestamp":'))


main()
