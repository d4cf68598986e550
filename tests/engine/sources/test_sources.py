"""Sources, on real files and a real server."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.opencv import cv2
from engine.sources.base import FrameSource
from engine.sources.errors import SourceError
from engine.sources.motion.references import list_references
from engine.sources.network_stream import NetworkStreamSource
from engine.sources.opening import open_source
from engine.sources.pacing import Paced
from engine.sources.reconnecting import ReconnectingSource
from tests.engine.sources.test_source_spec import is_address
from tests.videos import write_video


def read_all(source: FrameSource) -> list[float]:
    times = []
    while (frame := source.read()) is not None:
        assert frame.image.dtype == np.uint8
        assert frame.image.ndim == 3
        times.append(frame.t_s)
    source.close()
    return times


def test_a_file_gives_every_frame_at_its_own_time(tmp_path: Path) -> None:
    times = read_all(open_source(str(write_video(tmp_path / "clip.mp4", frames=45))))
    assert len(times) == 45
    assert times[0] == 0.0
    assert np.allclose(np.diff(times), 1 / 30, atol=2e-3)


def test_a_looped_file_goes_on_with_growing_times(tmp_path: Path) -> None:
    source = open_source(str(write_video(tmp_path / "clip.mp4", frames=5)), loop=True)
    times = [frame.t_s for _ in range(23) if (frame := source.read()) is not None]
    source.close()
    assert len(times) == 23
    assert all(a < b for a, b in pairwise(times))


@pytest.mark.parametrize(
    ("size", "grey", "codec", "suffix"),
    [
        ((160, 120), True, "ffv1", "mkv"),
        ((3840, 2160), False, "mpeg4", "mp4"),
        ((16, 16), False, "mpeg4", "mp4"),
    ],
)
def test_grey_huge_and_tiny_clips_play(
    tmp_path: Path, size: tuple[int, int], grey: bool, codec: str, suffix: str
) -> None:
    path = write_video(tmp_path / f"clip.{suffix}", frames=2, size=size, grey=grey, codec=codec)
    assert len(read_all(open_source(str(path)))) == 2


@pytest.mark.parametrize("content", [b"", b"these are words, not pictures\n" * 50, b"\x00" * 4096])
def test_what_is_no_video_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"broken\.mp4") as caught:
        open_source(str(path))
    assert "\n" not in str(caught.value)


def test_a_truncated_file_plays_what_is_there(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.avi", frames=60)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 0 < len(read_all(open_source(str(path)))) < 60


def test_a_paced_file_takes_its_own_time(tmp_path: Path) -> None:
    source = Paced(open_source(str(write_video(tmp_path / "clip.mp4", frames=16))))
    started = time.monotonic()
    read_all(source)
    assert time.monotonic() - started >= 0.45


def test_closing_wakes_a_paced_reader(tmp_path: Path) -> None:
    source = Paced(open_source(str(write_video(tmp_path / "slow.mp4", frames=4, rate=1))))
    got: list[object] = []
    reader = threading.Thread(target=lambda: got.extend([source.read(), source.read()]))
    reader.start()
    time.sleep(0.2)
    source.close()
    reader.join(60)
    assert not reader.is_alive()
    assert got[1] is None


def test_every_reference_motion_opens_and_rests_after_its_sign() -> None:
    glosses = list_references()
    assert len(glosses) == 20
    source = open_source("reference:good night")
    frame = source.read()
    assert frame is not None
    assert frame.landmarks is not None
    assert frame.landmarks.pose is not None
    assert frame.landmarks.pose.shape == (33, 4)
    # 3 s of motion and 1 s of rest, at 30 frames a second.
    assert len(read_all(source)) + 1 == 121


def test_an_unknown_reference_names_those_there_are() -> None:
    with pytest.raises(SourceError, match="father"):
        open_source("reference:nothing like it")


def test_a_missing_camera_is_told_in_one_line() -> None:
    with pytest.raises(SourceError, match="camera") as caught:
        open_source("63")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=40).filter(lambda text: not is_address(text.strip())))
def test_any_text_is_a_source_or_an_error(text: str) -> None:
    try:
        source = open_source(text)
    except SourceError:
        return
    source.close()


class _Mjpeg(http.server.BaseHTTPRequestHandler):
    frames_before_death = 20

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        try:
            for i in range(self.frames_before_death):
                image = np.full((120, 160, 3), 20 + i * 5, np.uint8)
                jpeg = cv2.imencode(".jpg", image)[1].tobytes()
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                self.wfile.write(head.encode() + jpeg + b"\r\n")
                time.sleep(0.02)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def mjpeg_address() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Mjpeg)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_network_stream_that_stops_is_opened_again(mjpeg_address: str) -> None:
    told: list[str] = []
    source = ReconnectingSource(
        lambda: NetworkStreamSource(mjpeg_address),
        on_state=lambda state, message: told.append(state),
        first_wait_s=0.1,
    )
    for _ in range(_Mjpeg.frames_before_death + 8):
        assert source.read() is not None
    source.close()
    assert source.read() is None
    assert told[:3] == ["open", "lost", "open"]


def test_nobody_answering_is_an_error_that_hides_the_password() -> None:
    with pytest.raises(SourceError) as caught:
        open_source("http://someone:secret@127.0.0.1:9/video")
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)
