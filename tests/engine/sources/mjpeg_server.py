"""A small network camera on this computer, for tests."""

from __future__ import annotations

import http.server
import threading
import time
from types import TracebackType

import numpy as np

from engine.opencv import cv2


class MjpegServer:
    """Sends `frames` pictures to each who asks, then hangs up, or with `then_hang` falls silent.

    `hanging` is set once it is silent on an open line. `port` 0 takes a free one.
    """

    def __init__(self, *, frames: int, then_hang: bool = False, port: int = 0) -> None:
        self.hanging, self._stopped = threading.Event(), threading.Event()
        self.visits = 0
        camera = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.visits += 1
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                try:
                    for i in range(frames):
                        self.wfile.write(_part(i))
                        time.sleep(0.01)
                except (BrokenPipeError, ConnectionResetError):
                    return
                if then_hang:
                    camera.hanging.set()
                    camera._stopped.wait()

            def log_message(self, *_: object) -> None:
                return

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/video"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> MjpegServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _part(i: int) -> bytes:
    image = np.full((120, 160, 3), 20 + (i * 5) % 200, np.uint8)
    jpeg = cv2.imencode(".jpg", image)[1].tobytes()
    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    return head.encode() + jpeg + b"\r\n"
