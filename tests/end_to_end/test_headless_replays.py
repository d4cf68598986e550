"""A recording of a glove alone ends by itself, as a film does."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import LONGEST_S, ROOT

pytestmark = pytest.mark.slow

HEADER = "#signmirror 1 id=rec cols=t:ms," + ",".join(["angle"] * 12)
STEP_S = 7 / 48


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            str(ROOT / "main.py"),
            "--headless",
            "--bundle",
            "vsl-letters",
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )


def record(file: Path, angles: np.ndarray) -> str:
    rows = [
        f"{round(number * STEP_S * 1000)}," + ",".join(f"{value:.2f}" for value in row)
        for number, row in enumerate(angles)
    ]
    file.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return f"replay:{file}"


def test_it_ends_when_all_is_played_and_answered(shared_data: Path, tmp_path: Path) -> None:
    found = np.load(shared_data / "glove-letters" / "vsl36_glove.npz", allow_pickle=False)
    labels = [str(label) for label in found["labels"]]
    mine = np.flatnonzero(found["label"] == labels.index("L"))
    last = found["seq"][mine[np.argmax(found["rec"][mine])]]
    glove = record(tmp_path / "L.csv", last)
    begun = time.monotonic()
    done = run("--glove", glove)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - begun < LONGEST_S / 2
    assert [line for line in done.stderr.splitlines() if "is over" not in line] == []
    *answers, summary = [json.loads(line) for line in done.stdout.splitlines()]
    # It began when there was something to recognise it with, short as it is.
    assert len(answers) > 10
    assert "L" in summary["summary"]["transcript"]
    assert summary["summary"]["predictions"] == len(answers)


def test_one_that_cannot_be_played_does_not_keep_the_other_waiting(tmp_path: Path) -> None:
    glove = record(tmp_path / "rest.csv", np.zeros((8, 12)))
    missing = f"replay:{tmp_path / 'none.csv'}"
    done = run("--glove", glove, "--glove", missing)
    assert done.returncode == 0, done.stderr
    assert "none.csv: there is no such recording" in done.stderr
    assert "summary" in json.loads(done.stdout.splitlines()[-1])


def test_nothing_that_can_be_played_is_a_fault(tmp_path: Path) -> None:
    done = run("--glove", f"replay:{tmp_path / 'none.csv'}")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line == "signmirror: none.csv: there is no such recording"
