"""What the process next door does with a bundle that is refused, and leaves behind when it ends."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.landmarks.detector import LandmarkDetector
from engine.paths import BUNDLES
from engine.worker.messages import Load, Loaded, Refused
from engine.worker.server import _Server
from tests.conftest import ROOT

ENDED = """
import multiprocessing, sys
from engine.child_process import end_process, stand_back

def work(pipe):
    stand_back()
    # As a progress bar of a library does.
    lock = multiprocessing.RLock()
    pipe.send("ready")
    pipe.recv()

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=work, args=(there,), daemon=True)
    process.start()
    there.close()
    assert here.recv() == "ready"
    end_process(process)
    print(process.exitcode)
"""


def test_a_refused_bundle_leaves_no_detector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[LandmarkDetector] = []
    closed: list[LandmarkDetector] = []
    make, close = LandmarkDetector.__init__, LandmarkDetector.close

    def count_made(self: LandmarkDetector, **options: object) -> None:
        make(self, **options)  # type: ignore[arg-type]
        made.append(self)

    def count_closed(self: LandmarkDetector) -> None:
        close(self)
        closed.append(self)

    monkeypatch.setattr(LandmarkDetector, "__init__", count_made)
    monkeypatch.setattr(LandmarkDetector, "close", count_closed)
    bad = Path(shutil.copytree(BUNDLES / "ksl13", tmp_path / "bad"))
    card = json.loads((bad / "card.json").read_text("utf-8"))
    # Every file is whole, and yet the weights are those of another network.
    card["networks"]["landmarks"]["width"] = card["networks"]["landmarks"].get("width", 1.0) * 2
    (bad / "card.json").write_text(json.dumps(card), "utf-8")
    here, there = multiprocessing.get_context("spawn").Pipe()
    server = _Server(there)
    try:
        assert isinstance(server.load(Load("ksl13", "torch-fp32", looks=True)), Loaded)
        refused = server.load(Load(str(bad), "torch-fp32", looks=True))
        assert isinstance(refused, Refused)
        assert len(made) == 2
        assert closed == [made[1]]
    finally:
        server.close()
        here.close()
        there.close()


def test_a_process_that_is_ended_leaves_no_lock_behind(tmp_path: Path) -> None:
    script = tmp_path / "ended.py"
    script.write_text(ENDED, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() not in ("", "None")
    assert done.stderr == ""
