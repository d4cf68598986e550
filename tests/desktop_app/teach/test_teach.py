"""Teaching a sign in the real window, on a real source, with the real engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import make_window
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.teach.teach_dialog import TeachDialog
from engine.landmarks.recording import load_recording

pytestmark = pytest.mark.slow

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def opened(application: QApplication, settings: Settings, qtbot: QtBot) -> Iterator[MakeWindow]:
    windows: list[MainWindow] = []

    def make(
        source: str = "reference:about", language: str = "en", bundle: str = "ksl13"
    ) -> MainWindow:
        window = make_window(application, settings, source=source, language=language, bundle=bundle)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        windows.append(window)
        qtbot.waitUntil(lambda: window.engine.latest().ready, timeout=60_000)
        return window

    yield make
    for window in windows:
        window.close()
        assert window.engine.stop(60)


def teaching(window: MainWindow, qtbot: QtBot) -> TeachDialog:
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = window.teach
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.taking.timer.setInterval(30)
    dialog.parts.length.set_seconds(1.0)
    qtbot.waitUntil(dialog.parts.record.isEnabled, timeout=30_000)
    return dialog


def press(dialog: TeachDialog, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(dialog.focusWidget() or dialog, key)


def recorded(dialog: TeachDialog, qtbot: QtBot) -> None:
    """Enter, and wait for the take."""
    press(dialog, qtbot, Qt.Key.Key_Return)
    assert dialog.phase == "counting"
    assert dialog.parts.stage.count == 3
    qtbot.waitUntil(lambda: dialog.phase == "recording", timeout=10_000)
    qtbot.waitUntil(lambda: dialog.phase == "review", timeout=30_000)


def test_a_sign_is_taught_with_the_keyboard_alone(opened: MakeWindow, qtbot: QtBot) -> None:
    window = opened()
    dialog = teaching(window, qtbot)
    assert dialog.focusWidget() is dialog.parts.name
    qtbot.keyClicks(dialog.focusWidget(), "Cam on")
    recorded(dialog, qtbot)
    player = dialog.parts.stage.player
    assert player is not None and player.pictures
    assert max(picture.image.shape[1] for picture in player.pictures) <= 320
    assert window.taught.signs() == ()
    press(dialog, qtbot, Qt.Key.Key_Return)
    (sign,) = window.taught.signs()
    assert (sign.gloss, len(sign.takes)) == ("Cam on", 1)
    assert "1 of 3" in dialog.parts.hint.text()
    kept = load_recording(sign.takes[0].file)
    # A second of the source, and what a busy machine made of it.
    assert 1.0 <= kept.t_s[-1] - kept.t_s[0] < 3.0
    assert not np.isnan(kept.pose).any()
    recorded(dialog, qtbot)
    # Not good: once more. Then Esc gives that one up, and another Esc closes.
    dialog.parts.again.click()
    qtbot.waitUntil(lambda: dialog.phase == "recording", timeout=10_000)
    press(dialog, qtbot, Qt.Key.Key_Escape)
    assert (dialog.phase, window.engine.takes.state().phase) == ("live", "idle")
    assert dialog.isVisible()
    press(dialog, qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.teach is None
    assert len(window.taught.signs()[0].takes) == 1
    # Nothing but landmarks is on the disk.
    files = [p for p in window.taught.folder.rglob("*") if p.is_file()]
    assert sorted(p.suffix for p in files) == [".json", ".npz"]
    assert sum(p.stat().st_size for p in files) < 200_000


def test_a_camera_that_is_lost_in_a_take(opened: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened()
    dialog = teaching(window, qtbot)
    dialog.parts.name.setText("tree")
    dialog.parts.length.set_seconds(10.0)
    dialog.record()
    qtbot.waitUntil(lambda: dialog.phase == "recording", timeout=10_000)
    window.choose_source(str(tmp_path / "gone.mp4"))
    qtbot.waitUntil(lambda: dialog.phase == "live", timeout=10_000)
    assert "Check the camera" in dialog.parts.banner.label.text()
    assert not dialog.parts.record.isEnabled()
    window.choose_source("reference:day")
    qtbot.waitUntil(dialog.parts.record.isEnabled, timeout=10_000)
    assert window.taught.signs() == ()


def test_closing_the_window_in_the_middle_of_a_take(opened: MakeWindow, qtbot: QtBot) -> None:
    window = opened()
    dialog = teaching(window, qtbot)
    dialog.parts.name.setText("tree")
    dialog.record()
    qtbot.waitUntil(lambda: dialog.phase == "recording", timeout=10_000)
    window.close()
    assert window.engine.takes.state().phase == "idle"


def test_from_the_default_vocabulary_to_a_take_without_leaving(
    opened: MakeWindow, qtbot: QtBot
) -> None:
    window = opened(bundle="asl20")
    qtbot.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = window.teach
    assert dialog is not None
    qtbot.waitUntil(dialog.parts.teachable.isVisible, timeout=10_000)
    dialog.taking.timer.setInterval(30)
    assert not dialog.parts.record.isEnabled()
    button = dialog.parts.teachable.buttons[-1]
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.parts.record.isEnabled, timeout=60_000)
    assert not dialog.parts.teachable.isVisible()
    assert window.page.bundle_chooser.currentText() == button.text()
    dialog.parts.length.set_seconds(1.0)
    qtbot.keyClicks(dialog.focusWidget(), "tree")
    recorded(dialog, qtbot)
    press(dialog, qtbot, Qt.Key.Key_Return)
    assert [sign.gloss for sign in window.taught.signs()] == ["tree"]
    assert window.settings.text("bundle") == "vsl3161"


def test_the_left_hand_is_one_setting(opened: MakeWindow, qtbot: QtBot) -> None:
    window = opened()
    dialog = teaching(window, qtbot)
    dialog.parts.left_handed.click()
    assert window.actions_by_name["left_handed"].isChecked()
    assert window.settings.flag("left_handed", False)
    dialog.parts.name.setText("tree")
    dialog.record()
    qtbot.waitUntil(lambda: dialog.phase == "review", timeout=30_000)
    dialog.keep()
    assert [take.left_handed for take in window.taught.signs()[0].takes] == [True]
