"""A landmark model is damaged: pictures cannot be looked at, and everything else goes on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.paths import ASSETS, LANDMARK_MODELS
from tests.conftest import ROOT
from tests.videos import write_video

pytestmark = pytest.mark.slow

MODEL = "pose_landmarker.task"

CHANGES = """
import json, sys, time
from engine.live.live_engine import LiveEngine

def wait(condition):
    deadline = time.monotonic() + 90
    while not condition(state := engine.latest()):
        assert time.monotonic() < deadline, (state.source_state, state.bundle_error)
        time.sleep(0.02)
    return state

def said(state):
    message = state.sight_error
    return {
        "sight": message and [message, message.code],
        "bundle": state.bundle_error,
        "restarting": state.restarting,
        "ready": state.ready,
    }

if __name__ == "__main__":
    film, told = sys.argv[1], []
    engine = LiveEngine("reference:father", "ksl13", runtime="torch-fp32")
    engine.start()
    told.append(said(wait(lambda state: state.landmarks is not None)))
    engine.set_source(film)
    told.append(said(wait(lambda state: state.sight_error or state.restarting)))
    seen = engine.latest().frames
    told.append(said(wait(lambda state: state.frames > seen + 20)))
    engine.set_source("reference:cat")
    told.append(said(wait(lambda state: state.landmarks is not None)))
    engine.set_source(film)
    told.append(said(wait(lambda state: state.sight_error or state.restarting)))
    assert engine.stop()
    print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as it is installed, with one damaged file."""
    place = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "engine", place / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "main.py", place)
    (place / "desktop_app").mkdir()
    for file in ("__init__.py", "command.py"):
        shutil.copy(ROOT / "desktop_app" / file, place / "desktop_app")
    shutil.copytree(LANDMARK_MODELS, place / "assets" / "landmarks")
    for part in ("models", "references"):
        shutil.copytree(ASSETS / part, place / "assets" / part)
    model = place / "assets" / "landmarks" / MODEL
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    return place


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_video(tmp_path_factory.mktemp("film") / "room.mp4", frames=60)


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=program,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.parametrize("pace", [[], ["--realtime"]], ids=["file", "realtime"])
def test_it_is_one_line_that_names_the_file(program: Path, film: Path, pace: list[str]) -> None:
    done = run(program, "main.py", "--headless", "--source", str(film), *pace)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert MODEL in line and "damaged" in line


def test_recorded_motions_need_no_landmark_model(program: Path) -> None:
    done = run(
        program, "main.py", "--headless", "--source", "reference:father", "--max-seconds", "2"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_engine_goes_on_beside_a_window(program: Path, film: Path) -> None:
    (program / "changes.py").write_text(CHANGES, "utf-8")
    done = run(program, "changes.py", str(film))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    well, blind, still_blind, well_again, blind_again = json.loads(done.stdout)
    for state in (well, well_again):
        assert state == {"sight": None, "bundle": None, "restarting": None, "ready": True}
    for state in (blind, still_blind, blind_again):
        message, code = state.pop("sight")
        assert code == "sight.damaged" and MODEL in message
        assert state == {"bundle": None, "restarting": None, "ready": True}
