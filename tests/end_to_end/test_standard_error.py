"""Standard error is the person's: our own lines stand there, and nothing that a library says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.conftest import LONGEST_S, ROOT
from tests.noisy_library import SAID, noisy_environment
from tests.training.recordings import write_set
from tests.videos import write_video

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="the stand-in library talks through the C library of Unix"
    ),
]


def run(
    folder: Path, *arguments: str, program: tuple[str, ...] = ("main.py",)
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=ROOT,
        env=noisy_environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )


def log_of(folder: Path) -> str:
    return (folder / "logs" / "signmirror.log").read_text("utf-8")


def test_a_real_detector_says_nothing_to_the_person(tmp_path: Path) -> None:
    done = run(tmp_path, "--headless", "--source", "drawn:father", "--max-seconds", "2")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "summary" in json.loads(done.stdout.splitlines()[-1])
    log = log_of(tmp_path)
    for said in SAID:
        assert said in log


def test_nor_does_the_process_next_door(tmp_path: Path) -> None:
    live = ("--headless", "--source", "drawn:father", "--realtime", "--max-seconds", "2")
    done = run(tmp_path, *live)
    assert (done.returncode, done.stderr) == (0, "")
    log = log_of(tmp_path)
    assert "signmirror-networks[" in log
    # One library here and one next door.
    assert log.count("NOISE at import") >= 2


def test_a_refusal_is_one_line_all_the_same(tmp_path: Path) -> None:
    done = run(tmp_path, "--headless", "--source", str(tmp_path / "none.mp4"))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("signmirror: ") and "none.mp4" in line


def test_the_window_too(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "main.py", "--source", "reference:father", "--runtime", "torch-fp32"],
        cwd=ROOT,
        env=noisy_environment(tmp_path) | {"SIGNMIRROR_CONFIG": str(tmp_path / "config")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        deadline = time.monotonic() + LONGEST_S
        # It is open, and has begun next door, once both have begun the log.
        while not (tmp_path / "logs").is_dir() or "signmirror-networks[" not in log_of(tmp_path):
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.1)
        time.sleep(1.0)
    finally:
        process.send_signal(signal.SIGTERM)
        out, said = process.communicate(timeout=LONGEST_S)
    assert (out, said) == (b"", b"")
    assert all(noise in log_of(tmp_path) for noise in SAID[:-1])


def test_a_window_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "main.py"],
        cwd=ROOT,
        env=noisy_environment(tmp_path) | {"QT_QPA_PLATFORM": "no-such-screen"},
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode != 0
    (line,) = done.stderr.splitlines()
    assert "cannot be opened" in line and str(tmp_path / "logs" / "signmirror.log") in line
    assert "no-such-screen" in log_of(tmp_path)


def test_training_says_its_own_lines_alone(tmp_path: Path) -> None:
    data = write_set(tmp_path / "set.parquet", signers=3, takes=1)
    program = ("-m", "training")
    out = str(tmp_path / "references")
    done = run(tmp_path, "references", "--data", str(data), "--out", out, program=program)
    assert done.returncode == 0, done.stderr
    assert "NOISE" not in done.stderr
    assert all(line.strip().startswith("mean motions") for line in done.stderr.splitlines())
    assert all(said in log_of(tmp_path) for said in SAID)


def test_training_refuses_a_command_line_in_one_line(tmp_path: Path) -> None:
    done = run(tmp_path, "fit", "asl20", "--no-such-option", program=("-m", "training"))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("training: ") and "--no-such-option" in line


def test_workers_of_training_write_to_the_log(tmp_path: Path) -> None:
    """Several processes look at clips; each has the library."""
    for signer in ("ana", "bao"):
        for sign in ("go", "stop"):
            folder = tmp_path / "set" / sign
            folder.mkdir(parents=True, exist_ok=True)
            write_video(folder / f"{signer}_1.mp4", frames=12)
    arguments = ("--data", str(tmp_path / "set"), "--out", str(tmp_path / "out"))
    done = run(
        tmp_path,
        *("prepare", "folder", *arguments, "--workers", "2", "--crop", "centre"),
        program=("-m", "training"),
    )
    assert done.returncode == 0, done.stderr
    assert "NOISE" not in done.stderr
    log = log_of(tmp_path)
    assert log.count("NOISE at import") >= 3
    assert "SpawnProcess-" in log


CRASHING = """
import sys, threading
from engine.logs import start_log
start_log("signmirror")
def fail():
    raise ValueError("rtsp://eve:secret@camera/1 is odd")
{how}
"""


@pytest.mark.parametrize(
    "how",
    [
        "fail()",
        "t = threading.Thread(target=fail); t.start(); t.join(); fail()",
        "class X:\n    def __del__(self): fail()\nx = X(); del x",
    ],
    ids=["program", "thread", "unraisable"],
)
def test_what_nobody_caught_is_one_sentence_and_a_traceback_in_the_log(
    tmp_path: Path, how: str
) -> None:
    done = run(tmp_path, program=("-c", CRASHING.format(how=how)))
    (line,) = done.stderr.splitlines()
    assert "unexpectedly" in line and str(tmp_path / "logs" / "signmirror.log") in line
    assert "Traceback" not in line
    log = log_of(tmp_path)
    assert "Traceback (most recent call last)" in log and "in fail" in log
    assert "ValueError: rtsp://***@camera/1 is odd" in log
    assert "secret" not in log


def test_a_missing_library_is_named(tmp_path: Path) -> None:
    how = "raise ImportError('libEGL.so.1: cannot open shared object file')"
    done = run(tmp_path, program=("-c", CRASHING.format(how=how)))
    (line,) = done.stderr.splitlines()
    assert "libEGL.so.1" in line and done.returncode == 1


def test_ctrl_c_says_nothing(tmp_path: Path) -> None:
    done = run(tmp_path, program=("-c", CRASHING.format(how="raise KeyboardInterrupt")))
    assert done.stderr == "" and done.returncode != 0


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    environment = noisy_environment(tmp_path)
    (tmp_path / "logs").write_text("a file where the folder should be", "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "main.py", "--headless", "--source", "reference:father"),
            *("--realtime", "--max-seconds", "1"),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_crash_next_door_leaves_its_trace(tmp_path: Path) -> None:
    """Of a native fault Python's own stack is what can be had."""
    process = subprocess.Popen(
        # By plain torch: nothing else runs next door.
        [
            *(sys.executable, "main.py", "--headless", "--source", "reference:*", "--realtime"),
            *("--runtime", "torch-fp32"),
        ],
        cwd=ROOT,
        env=noisy_environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stdout is not None and process.stdout.readline()
        (victim,) = (
            child
            for child in psutil.Process(process.pid).children()
            if "spawn_main" in " ".join(child.cmdline())
        )
        os.kill(victim.pid, signal.SIGSEGV)
        victim.wait(LONGEST_S)
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=LONGEST_S)
    assert said == b""
    assert "Segmentation fault" in log_of(tmp_path)


def test_the_log_is_where_no_test_could_reach_the_persons(tmp_path: Path) -> None:
    from platformdirs import user_log_path

    from engine.logs import log_file

    assert not log_file().is_relative_to(user_log_path("SignMirror", appauthor=False))
