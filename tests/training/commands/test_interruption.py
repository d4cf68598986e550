"""Ctrl+C ends a command in one plain line; checkpoints stay and the run goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.training.recordings import write_set
from tests.videos import write_video
from training.commands.shared.interruption import Interruptible

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent otherwise there"),
]
PATIENCE_S = 240.0


def interrupted(command: list[str], ready: Path, sign: str = "") -> subprocess.CompletedProcess:
    """The command, interrupted as a terminal does it, every process of it at once, as soon as the
    file `ready` is there and holds `sign`."""
    run = subprocess.Popen(
        [sys.executable, "-m", "training", *command],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + PATIENCE_S
    while not (ready.exists() and (not sign or sign in ready.read_text("utf-8"))):
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    out, said = run.communicate(timeout=PATIENCE_S)
    return subprocess.CompletedProcess(command, run.returncode, out, said)


def test_a_training_run_stops_plainly_and_goes_on(tmp_path: Path) -> None:
    data, out = write_set(tmp_path / "set.parquet", signers=8, takes=4), tmp_path / "bundle"
    command = [
        *("fit", "asl20", "--data", str(data), "--out", str(out), "--recipe", "smoke"),
        *("--test-signers", "2", "--validation-signers", "2", "--set", "video_epochs=400"),
    ]
    stopped = interrupted(command, out / "checkpoints/log.jsonl", '"stage": "video", "epoch": 1')
    assert stopped.returncode == 130, stopped.stderr
    assert stopped.stdout == ""
    last = stopped.stderr.strip().splitlines()[-1]
    assert last.startswith("training: stopped") and "--resume" in last
    assert "Traceback" not in stopped.stderr and "Aborted" not in stopped.stderr
    assert (out / "checkpoints" / "video.safetensors").exists()
    assert not list(out.rglob("*.unfinished"))
    lines = (out / "checkpoints/log.jsonl").read_text("utf-8").splitlines()
    begun = json.loads(lines[-1])["epoch"]
    again = interrupted(
        [*command, "--resume"], out / "checkpoints/log.jsonl", f'"epoch": {begun + 1},'
    )
    assert again.returncode == 130, again.stderr
    lines = (out / "checkpoints/log.jsonl").read_text("utf-8").splitlines()
    numbers = [one["epoch"] for one in map(json.loads, lines) if one["stage"] == "video"]
    assert numbers == list(range(1, len(numbers) + 1))


def test_processes_that_prepare_say_nothing_either(tmp_path: Path) -> None:
    (tmp_path / "set" / "a").mkdir(parents=True)
    for number in range(60):
        write_video(tmp_path / "set" / "a" / f"s_{number}.mp4", frames=60, size=(640, 480))
    out = tmp_path / "out"
    command = ["prepare", "folder", "--data", str(tmp_path / "set"), "--out", str(out)]
    done = interrupted([*command, "--crop", "centre", "--workers", "2"], out / "clips")
    assert done.returncode == 130, done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("training: stopped")
    assert "Traceback" not in done.stderr


def test_only_what_can_go_on_is_said_to() -> None:
    app = typer.Typer(cls=Interruptible)

    @app.command()
    def look() -> None:
        raise KeyboardInterrupt

    @app.command()
    def learn(resume: bool = False) -> None:
        raise KeyboardInterrupt

    for name, goes_on in (("look", False), ("learn", True)):
        done = CliRunner().invoke(app, [name])
        assert done.exit_code == 130
        assert len(done.stderr.strip().splitlines()) == 1
        assert ("--resume" in done.stderr) is goes_on
