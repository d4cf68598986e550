"""A phone that runs Sensor Logger and pushes to a port. `phone_logger.py PORT`"""

from __future__ import annotations

import http.client
import json
import math
import sys
import time

from commands import obey, ready
from motion import STANDARD_GRAVITY, values

BATCH = 10


def main() -> None:
    port = int(sys.argv[1])
    to_epoch_s = time.time() - time.perf_counter()
    waiting: list[dict[str, object]] = []
    pushed = 0
    ready()

    def post(body: bytes) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/data", body, {"Content-Type": "application/json"})
        connection.getresponse().read()
        connection.close()

    def send(number: int, t_s: float) -> None:
        nonlocal pushed
        told = values(number)
        acc = [value * STANDARD_GRAVITY for value in told[:3]]
        gyro = [math.radians(value) for value in told[3:]]
        time_ns = round((t_s + to_epoch_s) * 1e9)
        for name, measured in (("totalacceleration", acc), ("gyroscope", gyro)):
            axes = dict(zip("xyz", measured, strict=True))
            waiting.append({"name": name, "time": time_ns, "values": axes})
        if number % BATCH == BATCH - 1:
            pushed += 1
            batch = {"messageId": pushed, "sessionId": "s", "deviceId": "d", "payload": waiting}
            post(json.dumps(batch).encode())
            waiting.clear()

    obey(send, lambda number: post(b'{"payload": ['))


main()
