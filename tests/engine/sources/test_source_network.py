"""Network cameras that stop, hang and come back, on a real connection."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest

from engine.frame import Frame
from engine.messages import Message
from engine.sources import network_stream, reconnecting
from engine.sources.errors import SourceError
from engine.sources.network_stream import NetworkStreamSource
from engine.sources.reconnecting import ReconnectingSource
from tests.engine.sources.mjpeg_server import MjpegServer

pytestmark = pytest.mark.slow


def read_until_error(source: NetworkStreamSource) -> int:
    frames: list[Frame | None] = []
    with pytest.raises(SourceError, match=r"127\.0\.0\.1.*the stream stopped"):
        frames.extend(iter(source.read, None))
    return len(frames)


def test_a_stream_that_ends_is_an_error() -> None:
    with MjpegServer(frames=15) as server:
        source = NetworkStreamSource(server.address)
        assert source.is_live
        assert read_until_error(source) >= 14
        source.close()
        source.close()
        assert source.read() is None


def test_a_stream_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_stream, "TIMEOUT_S", 2.0)
    with MjpegServer(frames=15, then_hang=True) as server:
        source = NetworkStreamSource(server.address)
        # Without the limit this would read for ever: the server keeps the line.
        assert read_until_error(source) >= 14
        assert server.hanging.is_set()
        source.close()


def test_closing_does_not_wait_for_a_stream_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_stream, "TIMEOUT_S", 3.0)
    with MjpegServer(frames=15, then_hang=True) as server:
        source = NetworkStreamSource(server.address)
        answers: list[object] = []

        def read_to_the_end() -> None:
            while (frame := source.read()) is not None:
                answers.append(frame)
            answers.append(None)

        reader = threading.Thread(target=read_to_the_end)
        reader.start()
        assert server.hanging.wait(60)
        time.sleep(0.2)
        started = time.monotonic()
        source.close()
        # Reading itself would go on waiting.
        assert time.monotonic() - started < 5.0
        reader.join(60)
        assert not reader.is_alive()
        assert answers[-1] is None


def test_nobody_answering_is_told_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_stream, "TIMEOUT_S", 0.5)
    silent = MjpegServer(frames=0, then_hang=True)
    with silent, pytest.raises(SourceError, match="no answer in time"):
        NetworkStreamSource(silent.address)
    with pytest.raises(SourceError, match="the connection was refused"):
        NetworkStreamSource(silent.address)


def test_a_camera_that_goes_and_comes_back_is_opened_again() -> None:
    told: list[tuple[str, str | None]] = []
    first = MjpegServer(frames=10)
    with first:
        source = ReconnectingSource(
            lambda: NetworkStreamSource(first.address),
            on_state=lambda state, message: told.append((state, message)),
            first_wait_s=0.05,
        )
        before = source.read()
    assert before is not None
    got = threading.Event()
    frames = [before]

    def read_past_the_gap() -> None:
        while (frame := source.read()) is not None:
            frames.append(frame)
            if len(frames) > 14:
                got.set()

    reader = threading.Thread(target=read_past_the_gap)
    reader.start()
    deadline = time.monotonic() + 120
    while source.state != "lost" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert source.state == "lost"
    with MjpegServer(frames=10, port=first.port):
        assert got.wait(120)
        source.close()
        reader.join(60)
    assert not reader.is_alive()
    assert [state for state, _ in told[:2]] == ["open", "lost"]
    assert ("open", None) in told[2:]
    assert all(message for state, message in told if state == "lost")
    assert all(a.t_s < b.t_s and a.index + 1 == b.index for a, b in pairwise(frames))


def test_waits_double_up_to_the_longest_and_end_at_once_on_closing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reconnecting, "LONGEST_WAIT_S", 0.4)
    tried: list[float] = []
    with MjpegServer(frames=3) as server:

        def opener() -> NetworkStreamSource:
            tried.append(time.monotonic())
            return NetworkStreamSource(server.address)

        source = ReconnectingSource(opener, first_wait_s=0.1)
    reader = threading.Thread(target=lambda: [None for _ in iter(source.read, None)])
    reader.start()
    deadline = time.monotonic() + 120
    while len(tried) < 6 and time.monotonic() < deadline:
        time.sleep(0.01)
    source.close()
    reader.join(60)
    assert not reader.is_alive()
    # A busy machine makes waits longer, never shorter.
    waits = [b - a for a, b in pairwise(tried[1:6])]
    assert all(w >= least for w, least in zip(waits, [0.2, 0.4, 0.4, 0.4], strict=True))


def test_closing_ends_a_long_wait_at_once() -> None:
    with MjpegServer(frames=3) as server:
        source = ReconnectingSource(lambda: NetworkStreamSource(server.address), first_wait_s=60)
    reader = threading.Thread(target=lambda: [None for _ in iter(source.read, None)])
    reader.start()
    deadline = time.monotonic() + 120
    while source.state != "lost" and time.monotonic() < deadline:
        time.sleep(0.01)
    source.close()
    reader.join(60)
    assert not reader.is_alive()


def test_a_camera_that_was_never_there_is_not_waited_for() -> None:
    def opener() -> NetworkStreamSource:
        raise SourceError(Message("source.none-given"))

    with pytest.raises(SourceError, match="no source given"):
        ReconnectingSource(opener)
