"""The window opens whole on its screen, at every scale; each screen has a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.window.first_size import dialog_size, first_size, keep_on_screen, place_window
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def probe(
    folder: Path,
    pixels: tuple[int, int],
    scale: float,
    *,
    language: str = "en",
    theme: str = "light",
    letters: float = 1.0,
) -> dict[str, Any]:
    """What a window says of itself on a screen of so many `pixels`, at `scale`."""
    screen = folder / "screen.json"
    one = {"name": "one", "x": 0, "y": 0, "width": pixels[0], "height": pixels[1], "dpr": 1}
    one |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    screen.write_text(
        json.dumps(
            {
                "synchronousWindowSystemEvents": False,
                "windowFrameMargins": True,
                "screens": [one],
            }
        )
    )
    settings = folder / "settings.ini"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.desktop_app.window_probe"),
            *(settings, language, theme, str(letters)),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={os.path.relpath(screen, ROOT)}",
            "QT_SCALE_FACTOR": str(scale),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


# Pixels of the screen, its scale, language, and how large the letters are.
@pytest.mark.parametrize(
    ("pixels", "scale", "language", "letters"),
    [
        ((1024, 640), 1.0, "vi", 1.0),
        ((1366, 768), 1.5, "en", 1.0),
        ((1366, 768), 1.5, "vi", 1.5),
        ((1920, 1080), 1.75, "vi", 1.0),
        ((3840, 2160), 2.0, "vi", 1.5),
        ((2400, 1500), 3.0, "vi", 1.5),
    ],
    ids=lambda value: str(value).replace(" ", ""),
)
def test_the_first_window_is_whole_on_its_screen(
    tmp_path: Path, pixels: tuple[int, int], scale: float, language: str, letters: float
) -> None:
    found = probe(tmp_path, pixels, scale, language=language, letters=letters)
    assert found["scale"] == pytest.approx(scale)
    free = QRect(*found["free"])
    assert (free.width(), free.height()) == tuple(round(p / scale) for p in pixels)
    assert free.contains(QRect(*found["window"])), found
    assert found["faults"] == []
    assert len(found["buttons"]) == 5, found["buttons"]


def test_a_window_of_a_large_screen_fits_a_small_one(tmp_path: Path) -> None:
    first = probe(tmp_path, (3840, 2160), 1.0)
    settings = (tmp_path / "settings.ini").read_text("utf-8")
    assert "geometry" in settings
    assert first["inside"][2:] == [1280, 720]
    again = probe(tmp_path, (1366, 768), 1.5)
    assert QRect(*again["free"]).contains(QRect(*again["window"])), again
    assert again["faults"] == []


def test_the_first_size_leaves_room_for_the_frame() -> None:
    frame = QSize(16, 40)
    assert first_size(QSize(3840, 2160), frame) == QSize(1280, 720)
    assert first_size(QSize(911, 472), frame) == QSize(895, 432)
    assert first_size(QSize(1280, 720), frame) == QSize(1264, 680)


def test_a_window_that_is_too_large_or_beside_the_screen_comes_back(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    place_window(window, None)
    window.show()
    free = window.screen().availableGeometry()
    window.resize(free.width() + 500, free.height() + 300)
    window.move(free.right() - 40, free.bottom() - 40)
    keep_on_screen(window)
    qtbot.waitUntil(lambda: free.contains(window.frameGeometry()))


def test_a_dialog_is_no_larger_than_the_screen_nor_as_small_as_a_small_window(
    qtbot: QtBot,
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1200, 800)
    assert dialog_size(parent, QSize(1480, 940)) == QSize(1140, 760)
    parent.resize(600, 330)
    assert dialog_size(parent, QSize(1480, 940)) == QSize(800, 500)
    free = parent.screen().availableGeometry()
    parent.resize(5000, 4000)
    size = dialog_size(parent, QSize(9000, 9000))
    assert size.width() < free.width() and size.height() < free.height()
