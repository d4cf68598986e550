"""Addresses as people write them, on real files and a real server; no password is shown."""

from __future__ import annotations

import base64
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cli.headless import HeadlessOptions, run_headless
from engine.live.live_engine import LiveEngine
from engine.messages import Message
from engine.sources.address import (
    AddressError,
    FileAddress,
    StreamAddress,
    complete_address,
    read_address,
    without_password,
)
from engine.sources.errors import SourceError
from engine.sources.opening import open_source, shown_name
from tests.engine.sources.fake_cameras import FakeCameras
from tests.engine.sources.mjpeg_server import MjpegServer
from tests.videos import write_video


def code_of(spec: str) -> str:
    with pytest.raises(SourceError) as caught:
        open_source(spec)
    assert isinstance(caught.value.message, Message)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.message.code


@pytest.mark.parametrize("name", ["clip.mp4", "một clip 100 %.mp4", "a#b?c=d&e.mp4", "clip.mp4 "])
@pytest.mark.parametrize("host", ["", "localhost"])
def test_a_file_by_its_address(tmp_path: Path, name: str, host: str) -> None:
    path = write_video(tmp_path / "clip.mp4", frames=3)
    path = path.rename(tmp_path / name)
    for spec in (f"file://{host}{quote(str(path))}", f"FILE:{quote(str(path))}"):
        source = open_source(spec)
        assert source.name == name
        assert source.read() is not None
        source.close()


def test_a_name_that_ends_in_a_space(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", frames=3).rename(tmp_path / "clip.mp4 ")
    open_source(str(path)).close()
    # Blanks around a name that has none are those of a careless hand.
    path.rename(tmp_path / "clip.mp4")
    open_source(f" {tmp_path / 'clip.mp4'} ").close()


def test_a_folder_is_told_as_one(tmp_path: Path) -> None:
    assert code_of(str(tmp_path)) == "source.folder"
    assert code_of(f"file://{quote(str(tmp_path))}") == "source.folder"


@pytest.mark.skipif(os.name == "nt", reason="cameras are listed as Linux does")
def test_a_file_hides_no_camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cameras = FakeCameras(tmp_path / "computer", monkeypatch)
    cameras.plug_in(0, "USB Camera")
    monkeypatch.chdir(tmp_path)
    clip = write_video(tmp_path / "clip.mp4", frames=3)
    for name in ("0", "USB Camera"):
        (tmp_path / name).write_bytes(clip.read_bytes())
        source = open_source(name)
        assert source.name == "USB Camera"
        source.close()
        source = open_source(f"./{name}")
        assert source.name == name
        assert source.read() is not None
        source.close()
    assert cameras.opened == [0, 0]


def test_a_scheme_in_large_letters() -> None:
    with MjpegServer(frames=5) as server:
        source = open_source(server.address.replace("http", "HTTP"))
        assert source.read() is not None
        source.close()


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("htp://192.168.1.5/video", "address.scheme"),
        ("ftp://host/clip.mp4", "address.scheme"),
        ("http:/host/video", "address.slashes"),
        ("rtsp:host", "address.slashes"),
        ("http:///video", "address.no-host"),
        ("http://host:99999/", "address.port"),
        ("http://host:0/", "address.port"),
        ("http://[::", "address.damaged"),
        ("file://server/clip.mp4", "address.file-elsewhere"),
        ("http://no-such-host.invalid/video", "address.unknown-host"),
        ("rtsp://no-such-host.invalid/video", "address.unknown-host"),
        ("http://127.0.0.1:9/video", "address.refused"),
        ("rtsp://127.0.0.1:9/video", "address.refused"),
    ],
)
def test_what_is_wrong_with_an_address(spec: str, code: str) -> None:
    assert code_of(spec) == code


class _Guarded(http.server.BaseHTTPRequestHandler):
    """Wants a password, forbids, has nothing there, is out of order, or shows a page of text."""

    def do_GET(self) -> None:
        right = "Basic " + base64.b64encode(b"admin:right").decode()
        status = {"/forbidden": 403, "/nothing": 404, "/broken": 503}.get(self.path, 200)
        if self.path == "/locked" and self.headers.get("Authorization") != right:
            status = 401
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
        self.send_header("Content-Type", "application/octet-stream")
        self.end_headers()
        self.wfile.write(b"\x00" * 3000)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def guarded() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Guarded)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("user", "path", "code"),
    [
        ("", "locked", "address.password-missing"),
        ("admin:wrong@", "locked", "address.password-wrong"),
        ("", "forbidden", "address.forbidden"),
        ("admin:right@", "nothing", "address.not-found"),
        ("", "broken", "address.trouble"),
        ("", "else", "address.no-pictures"),
    ],
)
def test_what_a_camera_answers(guarded: str, user: str, path: str, code: str) -> None:
    assert code_of(f"http://{user}{guarded}/{path}") == code


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://admin:Secret1@127.0.0.1:8752", "http://127.0.0.1:8752"),
        ("rtsp://admin:S@cret1@host/live", "rtsp://host/live"),
        ("http://admin:Secret1/2@host/", "http://host/"),
        ("htp:/admin:Secret1@host", "htp:/host"),
        ("admin:Secret1@host/x", "host/x"),
        ("see http://a:Secret1@b and rtsp://c:Secret1@d!", "see http://b and rtsp://d!"),
        ("http://h/v.cgi?user=a&pwd=Secret1&x=1", "http://h/v.cgi?user=a&pwd=…&x=1"),
        ("http://h/v?access_token=Secret1", "http://h/v?access_token=…"),
        ("http://host:80/clip@2x.jpg", "http://host:80/clip@2x.jpg"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("12:30 at home@work", "12:30 at home@work"),
    ],
)
def test_an_address_without_its_password(text: str, shown: str) -> None:
    assert without_password(text) == shown


words = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=8)


@given(words, words, st.sampled_from(["http", "rtsp", "HTTPS", "htp", "xyz"]), words)
def test_no_error_of_any_address_shows_its_password(
    user: str, host: str, scheme: str, path: str
) -> None:
    spec = f"{scheme}://{user}:Secr3t@{host}.invalid:99999/{path}"
    assert "Secr3t" not in shown_name(spec)
    with pytest.raises(SourceError) as caught:
        open_source(spec)
    assert "Secr3t" not in repr(caught.value.message.values)  # type: ignore[attr-defined]


def test_neither_headless_nor_the_engine_shows_a_password(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for spec in ("http://admin:Secret1@127.0.0.1:9/", "htp://admin:Secret1@127.0.0.1/"):
        assert run_headless(HeadlessOptions(source=spec)) == 2
    told = capsys.readouterr()
    assert "127.0.0.1:9: the connection was refused" in told.err
    assert "Secret1" not in told.out + told.err
    with MjpegServer(frames=500) as server:
        engine = LiveEngine(server.address.replace("//", "//admin:Secret1@"), str(tmp_path))
        engine.start()
        names = set()
        try:
            while engine.latest().frames < 3 and not engine._stop.wait(0.001):
                names.add(engine.latest().source_name)
        finally:
            assert engine.stop()
    assert names <= {"", f"127.0.0.1:{server.port}"}


def test_what_a_person_types_for_a_network_camera() -> None:
    assert complete_address(" 192.168.1.5:8080/video ") == "http://192.168.1.5:8080/video"
    assert complete_address("admin:pw@cam.local") == "http://admin:pw@cam.local"
    assert complete_address("RTSP://cam/1") == "rtsp://cam/1"
    for text in ("đ", "", "my camera", "htp://x", "file:///x"):
        with pytest.raises(AddressError):
            complete_address(text)


def test_what_is_no_address() -> None:
    for text in ("0", "reference:*", "C:\\clips\\a.mp4", "clip: one.mp4", "/tmp/x", "camera:a##"):
        assert read_address(text) is None
    assert read_address("HTTP://Host/Y") == StreamAddress("http://Host/Y")
    assert read_address("file:///a%20b") == FileAddress(Path("/a b"))


def test_a_message_within_an_error_stays_one() -> None:
    inner = Message("source.no-file", name="clip.mp4")
    error = SourceError(Message("camera.absent", name=inner))
    assert isinstance(error.message, Message)
    assert isinstance(error.message.values["name"], Message)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_or_a_device_is_there_but_no_video(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    assert code_of(str(pipe)) == code_of(os.devnull) == "source.file-no-video"
    assert code_of(str(tmp_path / "none.mp4")) == "source.no-file"
