"""Where OpenVINO runs the networks, nobody waits for torch to load, nor pays its memory for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.bundle import load_bundle
from engine.runtime.backend import PLAIN, Choice, can_run
from engine.runtime.network_cache import Measured, NetworkCache
from tests.conftest import LONGEST_S, ROOT

INT8 = Choice("openvino", "int8")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(can_run(INT8) is not None, reason="this processor does not compute in int8"),
]

TELLS_WHO_ASKS = """
import os, traceback
with open(os.environ["ASKED_FOR_TORCH"], "a", encoding="utf-8") as file:
    traceback.print_stack(file=file)
raise ImportError("no torch in this test")
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """There once anybody has asked for torch, in a program started now or in one that it starts:
    they find another one, which cannot be imported."""
    (tmp_path / "instead").mkdir()
    (tmp_path / "instead" / "torch.py").write_text(TELLS_WHO_ASKS, "utf-8")
    paths = (str(tmp_path / "instead"), str(ROOT))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setenv("ASKED_FOR_TORCH", str(tmp_path / "asked"))
    return tmp_path / "asked"


def run(*arguments: str) -> tuple[list[str], str]:
    """Signs that are over, and what was said beside them."""
    done = subprocess.run(
        [sys.executable, "main.py", "--headless", "--bundle", "asl20", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    last = json.loads(done.stdout.splitlines()[-1])
    return last["summary"]["transcript"], done.stderr


def remember_int8() -> None:
    """As once everything has been measured on this machine."""
    bundle, int8 = load_bundle("asl20"), Measured(chosen=str(INT8), figures=(), refused={})
    NetworkCache().remember(bundle, {"video": int8})


@pytest.mark.parametrize("runtime", ["auto", "openvino-int8"])
def test_a_file_is_read_without_torch(asked: Path, runtime: str) -> None:
    """Even the first time, when nothing has been measured."""
    signs, said = run("--source", "reference:father", "--runtime", runtime)
    assert signs == ["father"]
    assert said == ""
    assert not asked.exists(), asked.read_text("utf-8")


@pytest.mark.parametrize("runtime", ["auto", "openvino-int8"])
def test_live_the_process_next_door_does_without_torch(asked: Path, runtime: str) -> None:
    """Drawn people have to be found in their pictures, so MediaPipe is at work as well."""
    remember_int8()
    seconds = ("--realtime", "--max-seconds", "8")
    signs, said = run("--source", "drawn:father", *seconds, "--runtime", runtime)
    assert signs.count("father") == len(signs) > 0
    assert said == ""
    assert not asked.exists(), asked.read_text("utf-8")


def test_who_asks_would_be_noticed(asked: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "main.py",
            "--headless",
            "--runtime",
            str(PLAIN),
            "--source",
            "reference:*",
        ],
        cwd=ROOT,
        capture_output=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode != 0
    assert asked.exists()
