"""Where PyTorch is not installed, OpenVINO runs what bundles bring, and what is missing is said."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import LONGEST_S, ROOT

pytestmark = pytest.mark.slow

WITHOUT = """
import runpy, sys
sys.modules["torch"] = None
sys.argv[:] = ["main.py", *sys.argv[1:]]
runpy.run_path("main.py", run_name="__main__")
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    motion = ("--headless", "--source", "reference:father", "--max-seconds", "3")
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *motion, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )


def named(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    transcript: list[str] = json.loads(done.stdout.splitlines()[-1])["summary"]["transcript"]
    return transcript


def test_signs_are_named_all_the_same() -> None:
    done = run()
    assert named(done) == ["father"]
    assert done.stderr == ""


@pytest.mark.parametrize("runtime", ["torch-fp32", "cuda-bf16", "openvino-fp32"])
def test_what_needs_it_is_said_and_what_is_there_runs(runtime: str) -> None:
    done = run("--runtime", runtime)
    assert named(done) == ["father"]
    (line,) = done.stderr.splitlines()
    assert "PyTorch, which this needs, is not installed" in line
    assert 'pip install "signmirror[torch]"' in line
    assert line.endswith("OpenVINO int8 is used instead")
