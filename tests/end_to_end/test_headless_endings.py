"""How a run without a window ends: nobody reads any more, no room, Ctrl+C, no pictures."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from engine.cli.headless import HeadlessOptions, run_headless
from engine.cli.interruption import Interruption
from engine.cli.line_printer import LinePrinter
from engine.cli.run_clock import GRACE_S, RunClock
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

LONGEST_S = 120.0
AT_ONCE_S = 30.0
"""Many times what it takes; what this is about took for ever, or as long as loading all over."""

no_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@contextmanager
def start(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "--headless", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.parametrize("pace", [[], ["--realtime"]], ids=["file", "realtime"])
def test_a_pipe_that_is_closed_early_ends_it_quietly(pace: list[str]) -> None:
    with start("--source", "reference:*", *pace) as process:
        assert json.loads(first_line(process))["sign"] is not None
        assert process.stdout is not None and process.stderr is not None
        next_door = {child.pid for child in psutil.Process(process.pid).children()}
        closed = time.monotonic()
        process.stdout.close()
        # No other process is started again and again, as if recognition had failed.
        while process.poll() is None and time.monotonic() - closed < AT_ONCE_S:
            now_there = {child.pid for child in psutil.Process(process.pid).children()}
            assert now_there <= next_door
            time.sleep(0.02)
        assert process.poll() == 0, "it goes on though nobody reads"
        assert "Error" not in process.stderr.read()


def test_a_pipe_that_is_closed_before_the_first_line_ends_it_quietly() -> None:
    with start("--source", "reference:father", "--max-seconds", "0.2") as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.wait(LONGEST_S) == 0
        assert process.stderr.read() == ""


def test_a_pipe_that_is_closed_before_the_summary() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        printer = LinePrinter(stream)
        printer.line("a prediction")
        os.close(reading)
        printer.line("the summary")
        assert printer.stopped
        assert printer.problem is None
        printer.line("nothing")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("pace", [[], ["--realtime"]], ids=["file", "realtime"])
def test_a_full_disk_is_one_line_and_status_2(pace: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, ROOT / "main.py", "--headless", "--source", "reference:*", *pace],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "standard output" in line and "No space left" in line


@no_signals
def test_a_standard_output_that_is_closed_ends_it_quietly() -> None:
    command = f'exec "{sys.executable}" "{ROOT / "main.py"}" --headless --source "reference:*" >&-'
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, timeout=LONGEST_S, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@no_signals
@pytest.mark.parametrize(
    ("pace", "sent", "status"),
    [
        ([], signal.SIGINT, 130),
        ([], signal.SIGTERM, 143),
        (["--realtime"], signal.SIGINT, 130),
        (["--realtime"], signal.SIGTERM, 143),
    ],
)
def test_the_summary_so_far_is_printed(pace: list[str], sent: signal.Signals, status: int) -> None:
    with start("--source", "reference:*", *pace) as process:
        lines = [first_line(process) for _ in range(3)]
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(sent)
        for child in children if sent == signal.SIGINT else ():
            # A terminal tells all of them.
            child.send_signal(sent)
        rest, errors = process.communicate(timeout=LONGEST_S)
    assert process.returncode == status
    assert errors == ""
    lines += rest.splitlines()
    summary = json.loads(lines[-1])["summary"]
    assert 0 < summary["frames"] < 1500
    assert summary["predictions"] == len(lines) - 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has loaded")
def test_ctrl_c_while_libraries_load_is_no_traceback() -> None:
    with start("--source", "reference:*") as process:
        deadline = time.monotonic() + LONGEST_S
        while "libopenvino" not in Path(f"/proc/{process.pid}/maps").read_text("utf-8"):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=LONGEST_S)
    assert (process.returncode, errors) == (130, "")
    assert "summary" in json.loads(out.splitlines()[-1])


def test_who_asks_twice_waits_for_nothing() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interruption() as interruption:
        assert not interruption.wait(0.0)
        assert interruption.status == 0
        signal.raise_signal(signal.SIGINT)
        assert interruption.asked and interruption.wait(0.0)
        assert interruption.status == 130
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


class Snapshots(BaseHTTPRequestHandler):
    """One picture an address, as the apps of some network cameras offer."""

    picture = cv2.imencode(".jpg", np.full((120, 160, 3), 90, np.uint8))[1].tobytes()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(self.picture)))
        self.end_headers()
        self.wfile.write(self.picture)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def snapshots() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Snapshots)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/shot.jpg"
    server.shutdown()
    thread.join()
    server.server_close()


def test_max_seconds_ends_it_though_no_film_comes(snapshots: str) -> None:
    with start("--source", snapshots, "--max-seconds", "1") as process:
        process.communicate(timeout=LONGEST_S)
    assert process.returncode in (0, 2)


def test_the_seconds_count_from_the_first_picture_or_with_grace_from_the_opening() -> None:
    clock = RunClock(5.0)
    assert not clock.is_over(0.0, opening=False, pictures=False)
    assert not clock.is_over(500.0, opening=False, pictures=False)
    assert not clock.is_over(600.0, opening=True, pictures=False)
    assert not clock.is_over(600.0 + 5.0 + GRACE_S, opening=True, pictures=False)
    assert clock.is_over(600.1 + 5.0 + GRACE_S, opening=True, pictures=False)
    clock = RunClock(5.0)
    assert not clock.is_over(0.0, opening=True, pictures=False)
    assert not clock.is_over(9.0, opening=True, pictures=True)
    assert not clock.is_over(14.0, opening=True, pictures=True)
    # Whatever becomes of the pictures then.
    assert clock.is_over(14.1, opening=True, pictures=True)
    assert not RunClock(None).is_over(1e9, opening=True, pictures=True)


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1", "0", "soon"])
def test_seconds_that_never_end_are_refused(seconds: str) -> None:
    with start("--source", "reference:father", "--max-seconds", seconds) as process:
        out, errors = process.communicate(timeout=LONGEST_S)
    assert process.returncode == 2
    assert out == ""
    assert seconds in errors.splitlines()[-1]


def test_a_cache_that_takes_nothing_is_said_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "a file, no folder"
    nowhere.write_bytes(b"")
    monkeypatch.setenv("SIGNMIRROR_CACHE", str(nowhere))
    options = HeadlessOptions("reference:father", runtime="openvino-fp32", max_seconds=1.5)
    assert run_headless(options) == 0
    said = capsys.readouterr()
    assert f"{nowhere}: faster networks cannot be kept here" in said.err
    assert all(line.startswith("signmirror: ") for line in said.err.splitlines())
    assert "summary" in json.loads(said.out.splitlines()[-1])
