"""Letters by a glove of fingers, from its serial line, without any camera."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import LONGEST_S, ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here"),
]

RATE_HZ = 48 / 7
"""The recordings are 48 steps of 7 s."""

WANTED = ("B", "L", "Y")


def test_letters_are_written_down_one_by_one(shared_data: Path, tmp_path: Path) -> None:
    found = np.load(shared_data / "glove-letters" / "vsl36_glove.npz", allow_pickle=False)
    labels = [str(label) for label in found["labels"]]
    played = []
    for letter in WANTED:
        mine = np.flatnonzero(found["label"] == labels.index(letter))
        played.append(found["seq"][mine[np.argmax(found["rec"][mine])]])
    angles = tmp_path / "angles.npz"
    np.savez(angles, angles=np.concatenate(played))
    device = subprocess.Popen(
        [
            sys.executable,
            str(Path(__file__).with_name("finger_glove.py")),
            str(angles),
            str(RATE_HZ),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert device.stdin is not None and device.stdout is not None
    port = device.stdout.readline().strip()
    program = subprocess.Popen(
        [
            sys.executable,
            "main.py",
            "--headless",
            "--bundle",
            "vsl-letters",
            "--glove",
            f"serial:{port}",
            "--max-seconds",
            "45",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # It may take long to start; what was signed before it listened, nobody wrote down.
        assert program.stdout is not None
        first = program.stdout.readline()
        device.stdin.write("\n")
        device.stdin.flush()
        out, told = program.communicate(timeout=LONGEST_S)
    finally:
        program.kill()
        device.kill()
        device.communicate()
    assert program.returncode == 0, told
    lines = [json.loads(line) for line in (first + out).splitlines()]
    answers, summary = lines[:-1], lines[-1]["summary"]
    assert {line["trace_kind"] for line in answers} == {"measured"}
    assert answers[-1]["glove"]["state"] == ["live"]
    written = summary["transcript"]
    # In their order; what lies between two of them may be taken for something else.
    places = [written.index(letter) for letter in WANTED if letter in written]
    assert len(places) == len(WANTED) and places == sorted(places), written
