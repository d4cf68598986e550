"""Cameras that come and go, what was remembered of them, and how their picture is shown."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.app import make_window
from desktop_app.choices.address_dialog import AddressDialog
from desktop_app.choices.source_chooser import SourceChooser
from desktop_app.live.live_page import LivePage
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.widgets.mirror_view import MirrorView
from engine.frame import Frame
from engine.live.live_state import LiveState
from engine.sources.cameras.camera_listing import CameraInfo
from engine.sources.live_opening import NO_CAMERA_SOURCE
from tests.engine.sources.fake_cameras import FakeCameras, as_on_windows
from tests.engine.sources.mjpeg_server import MjpegServer
from tests.videos import write_video

pytestmark = pytest.mark.slow

MakeWindow = Callable[..., MainWindow]
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="lists as Linux does")
LONG_MS = 60_000


@pytest.fixture
def cameras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCameras:
    return FakeCameras(tmp_path / "computer", monkeypatch)


@pytest.fixture
def opened(application: QApplication, settings_file: Path, qtbot: QtBot) -> Iterator[MakeWindow]:
    windows: list[MainWindow] = []

    def make(source: str | None = None, **given: str) -> MainWindow:
        settings = Settings(Path(given.pop("settings", settings_file)))
        window = make_window(application, settings, source=source, language="en", **given)
        qtbot.addWidget(window)
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        assert window.engine.stop(60)


def listed(window: MainWindow) -> list[str]:
    chooser = window.page.source_chooser
    return [chooser.itemText(i) for i in range(chooser.count())]


def banner(window: MainWindow) -> str:
    return window.page.banner.label.text() if window.page.banner.isVisible() else ""


def test_what_was_chosen_while_no_camera_stands_stays_chosen(qtbot: QtBot) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    standing = LiveState(no_camera=True, source_spec=NO_CAMERA_SOURCE, source_state="open")
    page.show_state(standing, 0.0)
    assert page.source_chooser.currentText() == "All recorded motions"
    page.source_chooser.set_current("reference:cat")
    # The engine has not come to it yet.
    page.show_state(standing, 0.0)
    assert page.source_chooser.currentData() == "reference:cat"
    page.show_state(LiveState(source_spec="reference:cat", source_state="open"), 0.0)
    assert page.source_chooser.currentData() == "reference:cat"


@linux_only
def test_a_camera_that_is_plugged_in_is_used_when_there_was_none(
    opened: MakeWindow, cameras: FakeCameras, qtbot: QtBot
) -> None:
    window = opened()
    qtbot.waitUntil(lambda: "No camera found" in banner(window), timeout=LONG_MS)
    assert "No camera found" in listed(window)
    cameras.plug_in(3, "USB Camera")
    qtbot.waitUntil(lambda: window.last_state.camera is not None, timeout=LONG_MS)
    assert window.page.source_chooser.currentText() == "USB Camera"
    qtbot.waitUntil(lambda: banner(window) == "", timeout=LONG_MS)
    assert "No camera found" not in listed(window)
    # Another one is listed, and takes nothing away.
    cameras.plug_in(4, "USB Camera")
    qtbot.waitUntil(lambda: "USB Camera (2)" in listed(window), timeout=LONG_MS)
    assert window.page.source_chooser.currentIndex() == 0
    assert cameras.opened == [3]
    # It goes away and stays away: one that comes takes its place.
    cameras.unplug(4)
    cameras.unplug(3)
    qtbot.waitUntil(lambda: "Trying again" in banner(window), timeout=LONG_MS)
    qtbot.waitUntil(lambda: listed(window)[0] == "USB Camera", timeout=LONG_MS)
    cameras.plug_in(6, "Other Camera")
    qtbot.waitUntil(lambda: window.last_state.source_name == "Other Camera", timeout=LONG_MS)


@linux_only
def test_a_camera_is_remembered_whatever_its_number_is(
    opened: MakeWindow, cameras: FakeCameras, qtbot: QtBot, settings_file: Path
) -> None:
    cameras.plug_in(0, "Other Camera")
    cameras.plug_in(2, "USB Camera", serial="8A21", port="1-2:1.0")
    window = opened()
    window.choose_source("2")
    qtbot.waitUntil(lambda: "USB Camera" in window.settings.text("source"), timeout=LONG_MS)
    window.close()
    cameras.unplug(2)
    cameras.plug_in(5, "USB Camera", serial="8A21", port="1-4:1.0")
    again = opened()
    qtbot.waitUntil(lambda: again.last_state.frames > 2, timeout=LONG_MS)
    assert again.last_state.camera == CameraInfo(5, "USB Camera", "8A21", "1-4:1.0")
    assert again.page.source_chooser.currentText() == "USB Camera"
    again.close()
    # Not connected today: another one is taken, which is said once, and it is taken when it comes.
    cameras.unplug(5)
    third = opened()
    qtbot.waitUntil(lambda: third.last_state.frames > 2, timeout=LONG_MS)
    assert third.last_state.source_name == "Other Camera"
    assert "USB Camera: this camera is not connected" in banner(third)
    assert listed(third)[:2] == ["USB Camera", "Other Camera"]
    assert third.page.source_chooser.currentText() == "Other Camera"
    third.page.banner.button.click()
    qtbot.waitUntil(lambda: banner(third) == "", timeout=LONG_MS)
    assert "USB Camera" in Settings(settings_file).text("source")


def test_where_cameras_must_be_opened_to_be_listed_the_one_in_use_is_listed(
    opened: MakeWindow, cameras: FakeCameras, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cv2_enumerate_cameras", None)
    as_on_windows(monkeypatch)
    cameras.plug_in(0, "never read")
    window = opened()
    qtbot.waitUntil(lambda: window.last_state.frames > 10, timeout=LONG_MS)
    assert cameras.asked == [0]
    assert window.page.source_chooser.currentText() == "Camera 1"
    assert "No camera found" not in listed(window)
    cameras.plug_in(1, "never read")
    window.page.open_sources()
    qtbot.waitUntil(lambda: "Camera 2" in listed(window), timeout=LONG_MS)
    window.page.source_chooser.hidePopup()
    assert cameras.opened.count(0) == 1


def test_what_was_removed_does_not_stop_the_next_start(
    opened: MakeWindow, cameras: FakeCameras, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = tmp_path / "my clip.mp4"
    file = tmp_path / "removed.ini"
    file.write_text(f"[General]\nruntime=torch-fp32\nsource={clip}\nbundle=gone\n", "utf-8")
    window = opened(settings=str(file))
    qtbot.waitUntil(lambda: window.last_state.ready, timeout=LONG_MS)
    qtbot.waitUntil(lambda: window.last_state.frames > 2, timeout=LONG_MS)
    assert (window.last_state.bundle, window.last_state.no_camera) == ("asl20", True)
    assert window.page.bundle_chooser.currentData() == "asl20"
    told = []
    for _ in range(2):
        told.append(banner(window))
        window.page.banner.button.click()
        window.show_latest()
    assert any("my clip.mp4: there is no such file" in text for text in told)
    assert any("gone: no such bundle" in text for text in told)
    qtbot.waitUntil(lambda: "No camera found" in banner(window), timeout=LONG_MS)
    window.close()
    again = Settings(file)
    assert (again.text("source"), again.text("bundle")) == ("", "")


def test_what_was_asked_for_is_not_replaced(
    opened: MakeWindow, cameras: FakeCameras, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(str(tmp_path / "no.mp4"))
    qtbot.waitUntil(lambda: "no.mp4: there is no such file" in banner(window), timeout=LONG_MS)
    qtbot.wait(200)
    assert window.last_state.source_state == "failed"


def test_choices_that_cannot_be_written_down_are_told_once(
    opened: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "no folder").write_text("a file where a folder should be")
    window = opened("reference:cat", settings=str(tmp_path / "no folder" / "settings.ini"))
    qtbot.waitUntil(lambda: "will not be remembered" in banner(window), timeout=LONG_MS)
    assert "no folder" in banner(window)
    window.page.banner.button.click()
    window.set_theme("dark")
    window.settings.save()
    qtbot.wait(1500)
    assert "remembered" not in banner(window)
    assert window.settings.text("theme") == "dark"


def test_what_nobody_can_help_leaves_when_it_was_heard(qtbot: QtBot) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    page.show()
    state = LiveState(
        taught_error="taught.json: cannot be read", runtime_note="bf16: not here", ready=True
    )
    for words in ("taught.json: cannot be read", "bf16: not here"):
        page.show_state(state, 0.0)
        assert words in page.banner.label.text()
        page.banner.button.click()
    page.show_state(state, 0.0)
    assert not page.banner.isVisible()
    # Something new is said again.
    page.show_state(replace(state, taught_error="taught.json: altered"), 0.0)
    assert "altered" in page.banner.label.text()


def texts_of(window: QWidget) -> str:
    """Every text that can be read, seen or heard in a window."""
    found: list[str] = [window.windowTitle()]
    for widget in [window, *window.findChildren(QWidget)]:
        found += [widget.toolTip(), widget.statusTip(), widget.accessibleName()]
        found += [widget.accessibleDescription(), widget.whatsThis()]
        if isinstance(widget, QLabel | QLineEdit):
            found.append(widget.text())
        if isinstance(widget, QListWidget):
            found += [widget.item(i).text() for i in range(widget.count())]
        if isinstance(widget, SourceChooser):
            for i in range(widget.count()):
                found += [widget.itemText(i), str(widget.itemData(i, Qt.ItemDataRole.ToolTipRole))]
    return "\n".join([*found, QToolTip.text()])


def test_no_password_on_the_screen(opened: MakeWindow, qtbot: QtBot, settings_file: Path) -> None:
    with MjpegServer(frames=80) as server:
        address = server.address.replace("//", "//admin:Secret1@") + "?pwd=Secret1"
        window = opened("reference:cat")
        window.choose_source(address)
        seen = []

        def remembered() -> bool:
            seen.append(texts_of(window))
            return window.settings.text("source") == address

        qtbot.waitUntil(remembered, timeout=LONG_MS)
    # It hung up, and now it is gone.
    qtbot.waitUntil(lambda: "Trying again" in banner(window), timeout=LONG_MS)
    seen.append(texts_of(window))
    window.choose_source("http://admin:Secret1@127.0.0.1:9/")
    qtbot.waitUntil(lambda: "refused" in banner(window), timeout=LONG_MS)
    seen.append(texts_of(window))
    window.close()
    assert f"127.0.0.1:{server.port}" in seen[-3]
    assert not any("Secret1" in text for text in seen)
    # It is needed to open the camera again, and nobody else may read it.
    assert Settings(settings_file).text("source") == address
    if os.name != "nt":
        assert stat.S_IMODE(settings_file.stat().st_mode) == 0o600


def test_the_address_dialog_lets_go_of_nothing_that_works(qtbot: QtBot) -> None:
    dialog = AddressDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    for text, problem in (
        ("đ", "this is no address"),
        ("htp://x", "no such kind of address"),
        ("http://127.0.0.1:9/video", "refused"),
    ):
        dialog.field.setText(text)
        dialog.open_button.click()
        qtbot.waitUntil(lambda problem=problem: problem in dialog.problem.text(), timeout=LONG_MS)
        assert dialog.isVisible()
        assert dialog.open_button.isEnabled()
    with MjpegServer(frames=300) as server:
        dialog.field.setText(server.address.removeprefix("http://"))
        with qtbot.waitSignal(dialog.accepted, timeout=LONG_MS):
            qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        assert dialog.address == server.address


def test_an_address_dialog_that_is_closed_hears_no_more(qtbot: QtBot) -> None:
    with MjpegServer(frames=0, then_hang=True) as silent:
        dialog = AddressDialog()
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.field.setText(silent.address)
        dialog.open_button.click()
        assert dialog.problem.text() == "Connecting…"
        dialog.cancel_button.click()
        assert not dialog.isVisible()
    thread = dialog._thread
    assert thread is not None
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=LONG_MS)
    qtbot.wait(50)
    assert dialog.result() == AddressDialog.DialogCode.Rejected


def test_the_picture_can_be_shown_unmirrored(qtbot: QtBot) -> None:
    view = MirrorView()
    qtbot.addWidget(view)
    view.resize(320, 180)
    image = np.zeros((90, 160, 3), np.uint8)
    image[:, :80] = 255
    for mirrored, bright in ((True, 240), (False, 80)):
        view.mirrored = mirrored
        view.show_frame(Frame(image, 0.0, 0), None)
        shown = view.grab().toImage()
        assert QColor(shown.pixel(bright, 90)).lightness() > 200
        assert QColor(shown.pixel(320 - bright, 90)).lightness() < 50


@linux_only
def test_mirror_turn_and_resolution_are_remembered_for_each_camera(
    opened: MakeWindow, cameras: FakeCameras, qtbot: QtBot, tmp_path: Path
) -> None:
    cameras.plug_in(0, "Treo ngang/1", serial="8A", port="1-2:1.0")
    window = opened()
    qtbot.waitUntil(lambda: window.last_state.frames > 0, timeout=LONG_MS)
    shape = window.last_state.frame.image.shape  # type: ignore[union-attr]
    assert shape == (36, 64, 3)
    assert window.page.mirror.mirrored
    window.picture.mirror.trigger()
    window.picture.turns["90"].trigger()

    def picture() -> np.ndarray:
        assert window.last_state.frame is not None
        return window.last_state.frame.image

    qtbot.waitUntil(lambda: picture().shape == (64, 36, 3), timeout=LONG_MS)
    # The left half was white; a quarter to the right brings it up.
    assert picture()[:32].min() == 255 and picture()[32:].max() == 0
    window.picture.sizes["640x480"].trigger()
    qtbot.waitUntil(lambda: picture().shape == (32, 24, 3), timeout=LONG_MS)
    # Another source hangs as it hangs.
    window.choose_source("reference:cat")
    qtbot.waitUntil(lambda: window.last_state.source_spec == "reference:cat", timeout=LONG_MS)
    qtbot.waitUntil(window.picture.turns["0"].isChecked, timeout=LONG_MS)
    assert not window.picture.size_menu.isEnabled()
    window.choose_source("0")
    qtbot.waitUntil(lambda: picture().shape == (32, 24, 3), timeout=LONG_MS)
    window.close()
    again = opened()
    qtbot.waitUntil(lambda: again.last_state.frames > 5, timeout=LONG_MS)
    assert not again.page.mirror.mirrored
    again.open_teach()
    assert again.teach is not None and not again.teach.parts.stage.mirrored
    again.picture.mirror.trigger()
    assert again.teach.parts.stage.mirrored and again.page.mirror.mirrored
    assert again.picture.turns["90"].isChecked()
    assert again.picture.sizes["640x480"].isChecked()
    assert cameras.sizes[-1] == (640, 480)


def test_a_video_file_can_be_turned(opened: MakeWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(str(write_video(tmp_path / "clip.mp4", frames=30, size=(64, 48))))

    def shape() -> tuple[int, ...]:
        frame = window.last_state.frame
        return () if frame is None else frame.image.shape

    qtbot.waitUntil(lambda: shape() == (48, 64, 3), timeout=LONG_MS)
    window.picture.turns["270"].trigger()
    qtbot.waitUntil(lambda: shape() == (64, 48, 3), timeout=LONG_MS)
