"""An address that gives single pictures, as many cameras have, is a camera nevertheless."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from engine.frame import Frame
from engine.opencv import cv2
from engine.sources import network_stream
from engine.sources.errors import SourceError
from engine.sources.network_stream import SNAPSHOT_INTERVAL_S, NetworkStreamSource
from engine.sources.reconnecting import ReconnectingSource

pytestmark = pytest.mark.slow


class SnapshotServer:
    """Answers each question with one picture, brighter every time; `answers` are counted. With
    `kind` 'stream' the pictures follow one another on one line, with nothing in between."""

    def __init__(self, *, suffix: str = ".jpg", kind: str = "single") -> None:
        self.answers, self.failing = 0, threading.Event()
        camera = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if camera.failing.is_set():
                    self.send_error(503)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "image/jpeg")
                try:
                    if kind == "stream":
                        self.end_headers()
                        while not camera.failing.wait(0.005):
                            self.wfile.write(camera._picture(suffix))
                        return
                    picture = camera._picture(suffix)
                    self.send_header("Content-Length", str(len(picture)))
                    self.end_headers()
                    self.wfile.write(picture)
                except ConnectionError:
                    return

            def log_message(self, *_: object) -> None:
                return

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/shot"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def _picture(self, suffix: str) -> bytes:
        image = np.full((120, 160, 3), 20 + (self.answers * 3) % 200, np.uint8)
        self.answers += 1
        return cv2.imencode(suffix, image)[1].tobytes()

    def __enter__(self) -> SnapshotServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.failing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[SnapshotServer]:
    with SnapshotServer() as running:
        yield running


def read(source: NetworkStreamSource | ReconnectingSource, count: int) -> list[Frame]:
    return [frame for _ in range(count) if (frame := source.read()) is not None]


@pytest.mark.parametrize(
    ("suffix", "path"),
    [
        (".jpg", ""),
        (".png", ""),
        (".webp", ""),
        (".jpg", ".jpg"),
        (".png", ".png"),
        (".jpg", "%20a%03d.jpg?user=a%20b&shot=1.jpg"),
    ],
)
def test_it_is_asked_again_and_again(suffix: str, path: str) -> None:
    with SnapshotServer(suffix=suffix) as server:
        source = NetworkStreamSource(server.address + path)
        frames = read(source, 6)
        source.close()
        assert source.read() is None
    assert len(frames) == 6
    assert [frame.index for frame in frames] == list(range(6))
    assert all(a.t_s < b.t_s for a, b in pairwise(frames))
    brightness = [int(frame.image.mean()) for frame in frames]
    assert all(a < b for a, b in pairwise(brightness))


def test_it_is_asked_at_a_cameras_pace_not_as_fast_as_it_answers(server: SnapshotServer) -> None:
    source = NetworkStreamSource(server.address)
    started = time.monotonic()
    read(source, 8)
    # A busy machine makes it slower, never faster.
    assert time.monotonic() - started >= 7 * SNAPSHOT_INTERVAL_S
    source.close()


def test_pictures_that_follow_one_another_on_one_line_are_all_shown() -> None:
    with SnapshotServer(kind="stream") as server:
        source = NetworkStreamSource(server.address)
        frames = read(source, 40)
        source.close()
    assert len(frames) == 40


def test_a_camera_that_stops_answering_is_lost_and_found_again(server: SnapshotServer) -> None:
    told: list[str] = []
    source = ReconnectingSource(
        lambda: NetworkStreamSource(server.address),
        on_state=lambda state, _: told.append(state),
        first_wait_s=0.05,
    )
    read(source, 2)
    server.failing.set()
    reader = threading.Thread(target=read, args=(source, 3))
    reader.start()
    deadline = time.monotonic() + 30
    while source.state != "lost" and time.monotonic() < deadline:
        time.sleep(0.01)
    server.failing.clear()
    reader.join(60)
    source.close()
    assert not reader.is_alive()
    assert told[:2] == ["open", "lost"] and told[-1] == "open"


def test_without_a_second_chance_it_is_one_plain_error(server: SnapshotServer) -> None:
    source = NetworkStreamSource(server.address)
    read(source, 1)
    server.failing.set()
    with pytest.raises(SourceError, match=r"127\.0\.0\.1"):
        read(source, 3)
    source.close()


def test_closing_ends_a_reader_that_waits(
    server: SnapshotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_stream, "SNAPSHOT_INTERVAL_S", 600.0)
    source = NetworkStreamSource(server.address)
    read(source, 1)
    reader = threading.Thread(target=source.read)
    reader.start()
    time.sleep(0.1)
    source.close()
    reader.join(20)
    assert not reader.is_alive()
