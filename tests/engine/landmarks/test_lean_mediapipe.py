"""MediaPipe works without Matplotlib and sound, and nobody else has to do without them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import LONGEST_S, ROOT

DETECT = """
import sys
import numpy as np
from engine.landmarks.detector import LandmarkDetector
detector = LandmarkDetector()
picture = np.zeros((240, 320, 3), np.uint8)
assert detector.detect(picture, 0.0).pose is None
assert detector.count_people(picture) == 0
detector.close()
print(*sorted({"matplotlib", "sounddevice", "torch", "scipy", "pandas"} & sys.modules.keys()))
import matplotlib.pyplot
assert matplotlib.pyplot.figure and matplotlib.__version__
"""

AFTER_MATPLOTLIB = """
import matplotlib.pyplot as mine
from engine.landmarks.lean_mediapipe import import_mediapipe
import_mediapipe()
import_mediapipe()
import matplotlib.pyplot, mediapipe
assert matplotlib.pyplot is mine
from mediapipe.tasks.python.vision import drawing_utils
assert drawing_utils.plt is mine
"""


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.slow
def test_people_are_looked_for_without_libraries_for_drawing_and_sound() -> None:
    assert run(DETECT) == ""


@pytest.mark.slow
def test_who_has_matplotlib_already_keeps_it() -> None:
    assert run(AFTER_MATPLOTLIB) == ""
