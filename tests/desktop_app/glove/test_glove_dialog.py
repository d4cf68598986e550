"""The glove's window, with a real window behind it and a glove in a second process."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import make_window
from desktop_app.appearance.theme import DARK, LIGHT
from desktop_app.glove import record_step
from desktop_app.glove.glove_dialog import GloveDialog
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from engine.bundle import load_bundle
from engine.frame import Frame, Landmarks
from engine.glove.adapters.adapter import LinkStatus
from engine.glove.calibration.fitting_state import FittingState
from engine.glove.glove_state import FingersState, GloveState, WristState
from engine.glove.gloves import Gloves
from engine.glove.sample import ImuSample
from engine.live.live_state import LiveState
from engine.live.paired_take import PairedTakeRecorder
from engine.messages import Message
from tests.end_to_end.test_glove_beside_pictures import Device
from tests.engine.glove.adapters.rigs import free_port

WORN = GloveState(
    "serial:COM3",
    LinkStatus("live", title="WitMotion · COM3", detail="115200 baud"),
    wrists=(
        WristState("left", "left", None, 100.0, 0.01, 12.0, 23.0, 0.78, fresh=True),
        WristState("right", "right", None, 99.0, 0.0, 12.0, fresh=False),
    ),
    fitted=True,
)


@pytest.fixture
def dialog(application: QApplication, qtbot: QtBot) -> GloveDialog:
    gloves = Gloves()
    dialog = GloveDialog(gloves, PairedTakeRecorder(gloves))
    qtbot.addWidget(dialog)
    return dialog


def test_what_is_worn_is_listed_and_how_it_does_is_told(dialog: GloveDialog) -> None:
    dialog.show_state(LiveState(gloves=(WORN,)))
    find = dialog.find_step
    assert find.list.count() == 1 and "WitMotion" in find.list.item(0).text()
    assert find.wear_button.text() == "Take off"
    text = dialog.figures.text()
    assert "left wrist: r 0.78 · 100 a second" in text and "right wrist: silent" in text


def test_a_glove_of_fingers_tells_how_it_does(dialog: GloveDialog) -> None:
    fingers = FingersState(12, rate_hz=50.0, loss=0.02, latency_ms=4.0, fresh=True)
    glove = GloveState("serial:COM4", WORN.link, fitted=True, fingers=fingers)
    dialog.show_state(LiveState(gloves=(glove,)))
    assert dialog.figures.text() == "fingers: 50 a second · 2\N{NO-BREAK SPACE}% lost · 4 ms"


def test_wear_and_take_off_are_asked_for(dialog: GloveDialog, qtbot: QtBot) -> None:
    find = dialog.find_step
    find.address.setText("  UDP:9000 ")
    with qtbot.waitSignal(find.wear) as asked:
        qtbot.keyClick(find.address, Qt.Key.Key_Return)
    assert asked.args == ["udp:9000"]
    dialog.show_state(LiveState(gloves=(WORN,)))
    with qtbot.waitSignal(find.take_off) as asked:
        find.wear_button.click()
    assert asked.args == ["serial:COM3"]


def test_a_wrong_address_is_told_where_it_was_written(dialog: GloveDialog) -> None:
    find = dialog.find_step
    find.address.setText("somewhere")
    find.address_button.click()
    assert "somewhere" in find.about.text() and find.address.text() == "somewhere"


def test_the_steps_of_fitting_are_shown(dialog: GloveDialog) -> None:
    dialog.show_step("fit")
    fit = dialog.fit_step
    assert not fit.begin_button.isEnabled()
    dialog.show_state(LiveState(gloves=(WORN,)))
    assert fit.begin_button.isEnabled() and fit.begin_button.text() == "Begin"
    message = Message("glove.calibration-still", name="WitMotion")
    states = (
        FittingState("still", 0.4, message),
        FittingState("done", 1.0, message, (Message("glove.calibration-on-left"),)),
    )
    for fitting, button in zip(states, ("Stop", "Begin"), strict=True):
        glove = GloveState(WORN.spec, WORN.link, WORN.wrists, fitted=True, fitting=fitting)
        dialog.show_state(LiveState(gloves=(glove,)))
        assert fit.instruction.text() == str(message)
        assert fit.begin_button.text() == button
    assert "on your left hand" in fit.found.text()


def test_sensors_are_named_in_the_window_s_language(
    dialog: GloveDialog, application: QApplication, qtbot: QtBot
) -> None:
    dialog.show_step("fit")
    dialog.show_state(LiveState(gloves=(WORN,)))
    sensor = dialog.fit_step.sensor
    assert sensor.itemText(1) == "WitMotion · COM3 (right)"
    sensor.setCurrentIndex(1)
    translation = Translation(application)
    translation.use("vi")
    try:
        qtbot.waitUntil(lambda: sensor.itemText(1) == "WitMotion · COM3 (phải)")
        assert sensor.currentIndex() == 1
    finally:
        translation.use("en")


def test_fingers_need_neither_fitting_nor_aligning(dialog: GloveDialog) -> None:
    dialog.show()
    for step in ("find", "fit", "align"):
        assert dialog.buttons[step].isVisible()
    assert not dialog.buttons["letter"].isVisible()
    dialog.close()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("step", ["find", "fit", "align", "record"])
def test_nothing_is_wider_than_the_smallest_screen(
    dialog: GloveDialog, theme: object, step: str
) -> None:
    dialog.set_theme(theme)  # type: ignore[arg-type]
    dialog.show_state(LiveState(gloves=(WORN,)))
    dialog.show_step(step)
    dialog.resize(900, 560)
    dialog.show()
    QApplication.processEvents()
    area = dialog.steps.currentWidget()
    assert area.horizontalScrollBar().maximum() == 0  # type: ignore[attr-defined]
    dialog.close()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no pseudo-terminals here")
def test_a_glove_is_worn_seen_and_taken_off(
    application: QApplication, settings: Settings, settings_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    samples = tmp_path / "samples.npz"
    np.savez(samples, samples=np.random.default_rng(0).normal(0, 0.1, (6000, 12)))
    device = Device(samples)
    window: MainWindow = make_window(application, settings, source="reference:father")
    try:
        window.show()
        window.open_glove()
        dialog = window.glove.dialog
        assert dialog is not None
        dialog.find_step.address.setText(f"serial:{device.port}")
        dialog.find_step.address_button.click()
        qtbot.waitUntil(lambda: window.last_state.gloves != ())
        device.go()
        qtbot.waitUntil(lambda: len(window.last_state.gloves[0].wrists) == 2)
        qtbot.waitUntil(lambda: "100" in dialog.figures.text() or "99" in dialog.figures.text())
        assert settings.text("gloves") == f"serial:{device.port}"
        # Pulled out, in the middle of everything.
        device.close()
        qtbot.waitUntil(lambda: window.page.notes.first is not None)
        assert "gone" in window.page.notes.first.text()  # type: ignore[union-attr]
        qtbot.waitUntil(lambda: dialog.find_step.list.count() > 0)
        dialog.find_step.list.setCurrentRow(0)
        dialog.find_step.wear_button.click()
        qtbot.waitUntil(lambda: window.last_state.gloves == ())
        assert settings.text("gloves") == ""
        dialog.close()
        assert window.glove.dialog is None
    finally:
        device.close()
        window.close()


def test_nobody_is_recorded_by_a_page_that_is_left(dialog: GloveDialog, qtbot: QtBot) -> None:
    dialog.show_step("record")
    dialog.record_step.sign.setText("bố")
    dialog.record_step.signer.setText("Mai")
    for leave in (
        lambda: dialog.show_step("find"),
        lambda: dialog.show_state(LiveState(card=load_bundle("vsl-letters").card)),
    ):
        dialog.show_state(LiveState(card=load_bundle("asl20").card))
        dialog.show_step("record")
        dialog.record_step.record.click()
        assert dialog.record_step.busy
        leave()
        assert not dialog.record_step.busy and dialog.step == "find"


def test_what_was_seen_until_the_page_was_left_is_not_kept(
    dialog: GloveDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_step, "COUNT_DOWN", 1)
    step, recorder = dialog.record_step, dialog.record_step._recorder
    step.folder = tmp_path / "takes"
    step.sign.setText("bố")
    step.signer.setText("Mai")
    step.length.setValue(1)
    for leave in (
        lambda: dialog.show_step("find"),
        lambda: dialog.show_state(LiveState(card=load_bundle("vsl-letters").card)),
        dialog.close,
    ):
        dialog.show_state(LiveState(card=load_bundle("asl20").card))
        dialog.show()
        dialog.show_step("record")
        step.film.setChecked(True)
        step.record.click()
        qtbot.waitUntil(lambda: recorder.state().phase == "recording")
        for i in range(32):
            t = i / 15
            dialog._gloves._took(
                [
                    ImuSample(t + k / 100, (0.0, 0.0, 1.0), (0.0, 0.0, 0.0), "right")
                    for k in range(7)
                ]
            )
            frame = Frame(np.zeros((60, 80, 3), np.uint8), t, i)
            recorder.add(frame, Landmarks(np.zeros((33, 4), np.float32)), t)
        # A whole take that the window has not asked for yet.
        assert recorder.state().phase == "done"
        leave()
        assert recorder.state().phase == "idle" and recorder.state().take is None
        assert not step.busy and not step.film.isChecked()
        dialog.show_state(LiveState(card=load_bundle("asl20").card))
        dialog.show_step("record")
        dialog.show_state(LiveState())
        assert not step.folder.exists()


def test_another_glove_takes_none_off(
    application: QApplication, qtbot: QtBot, settings: Settings
) -> None:
    specs = [f"udp:{free_port(socket.SOCK_DGRAM)}" for _ in range(3)]
    window = make_window(application, settings, source="reference:*", bundle="asl20")
    qtbot.addWidget(window)
    control, gloves = window.glove, window.glove._gloves
    try:
        for spec in specs[:2]:
            control.wear(spec)
        worn = gloves.worn
        # The first would stay anyway: a beginning of the list leaves out those after it.
        for spec in (specs[0], specs[1], "nonsense", specs[2]):
            control.wear(spec)
            assert gloves.worn[:2] == worn
        assert control.specs == specs and settings.text("gloves") == "\n".join(specs)
        told = window.page.notes.first
        assert told is not None and "nonsense" in told.text()
        control.take_off(specs[0])
        assert gloves.worn[0] is worn[1] and control.specs == specs[1:]
        qtbot.waitUntil(lambda: worn[1].state().link.opened == 1)
        assert worn[1].state().link.state != "lost"
    finally:
        window.close()
