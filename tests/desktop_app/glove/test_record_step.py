"""Takes for training are kept where the person says, and pictures only with consent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.glove import record_step
from desktop_app.glove.record_step import RecordStep
from engine.frame import Frame, Landmarks
from engine.glove.gloves import Gloves
from engine.glove.sample import ImuSample
from engine.live.live_state import LiveState
from engine.live.paired_take import PairedTakeRecorder


@pytest.fixture
def step(
    application: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RecordStep:
    monkeypatch.setattr(record_step, "COUNT_DOWN", 1)
    gloves = Gloves()
    step = RecordStep(
        PairedTakeRecorder(gloves), choose_folder=lambda _, __: str(tmp_path / "takes")
    )
    step.gloves = gloves  # type: ignore[attr-defined]
    qtbot.addWidget(step)
    step.folder_button.click()
    return step


def signed(step: RecordStep, qtbot: QtBot) -> None:
    """Press, wait for the count, and be seen and measured for two seconds."""
    step.sign.setText("bố")
    step.signer.setText("Mai")
    step.length.setValue(2)
    step.record.click()
    qtbot.waitUntil(lambda: step._recorder.state().phase == "recording")
    for i in range(32):
        t = i / 15
        samples = [
            ImuSample(t + k / 100, (0.0, 0.0, 1.0), (0.0, 0.0, 0.0), "right") for k in range(7)
        ]
        step.gloves._took(samples)  # type: ignore[attr-defined]
        frame = Frame(np.zeros((60, 80, 3), np.uint8), t, i)
        step._recorder.add(frame, Landmarks(np.zeros((33, 4), np.float32)), t)
    step.show_state(LiveState())


def files(step: RecordStep) -> list[str]:
    return sorted(path.name for path in step.folder.rglob("*") if path.is_file())


def test_a_take_is_kept_and_can_be_thrown_away(step: RecordStep, qtbot: QtBot) -> None:
    step.show()
    signed(step, qtbot)
    assert files(step) == ["Mai_1.csv", "Mai_1.npz"]
    assert "bố" in step.said.text() and not step.busy
    assert step.throw_away.isVisible()
    step.throw_away.click()
    assert files(step) == []


def test_the_film_is_kept_with_consent(step: RecordStep, qtbot: QtBot) -> None:
    assert not step.film.isChecked()
    step.film.setChecked(True)
    signed(step, qtbot)
    assert files(step) == ["Mai_1.csv", "Mai_1.mp4", "Mai_1.npz"]


def test_names_are_asked_for_first(step: RecordStep) -> None:
    step.record.click()
    assert step.said.text() and not step.busy


def test_stop_keeps_nothing(step: RecordStep, qtbot: QtBot) -> None:
    step.sign.setText("a")
    step.signer.setText("b")
    step.record.click()
    assert step.busy
    step.record.click()
    assert not step.busy and step._recorder.state().phase == "idle"
    assert not step.folder.exists()
