"""Steps that tests of the teaching dialog share."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.teach.teach_dialog import TeachDialog
from engine.bundle import load_bundle
from engine.frame import Frame, Landmarks
from engine.landmarks.recording import LandmarkRecording
from engine.live.live_state import LiveState
from engine.teaching.take_recorder import TakeRecorder

STATE = LiveState(card=load_bundle("ksl13").card, ready=True, source_state="open")


def recording(seed: int) -> LandmarkRecording:
    random = np.random.default_rng(seed)
    pose = random.uniform(0, 300, (8, 33, 4)).astype(np.float32)
    return LandmarkRecording.of([i / 10 for i in range(8)], [Landmarks(p) for p in pose])


def said(dialog: TeachDialog) -> str:
    return dialog.parts.banner.label.text() if dialog.parts.banner.isVisible() else ""


def confirm(dialog: TeachDialog, qtbot: QtBot, button: str) -> None:
    box = next(b for b in dialog.findChildren(QMessageBox) if b.isVisible())
    next(b for b in box.buttons() if b.text() == button).click()
    qtbot.waitUntil(lambda: not any(b.isVisible() for b in dialog.findChildren(QMessageBox)))


def taken(dialog: TeachDialog, recorder: TakeRecorder, landmarks: Landmarks) -> None:
    """A whole take of what is seen here in every frame."""
    for i in range(12):
        recorder.add(Frame(np.zeros((300, 300, 3), np.uint8), i / 10, i), landmarks)
    dialog.show_state(STATE)
