"""Takes for training are kept where the person says, and pictures only with consent."""

from __future__ import annotations

import errno
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
from engine.live import paired_take
from engine.live.live_state import LiveState
from engine.live.paired_take import PairedTake, PairedTakeRecorder, file_name


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


def signed(step: RecordStep, qtbot: QtBot, signer: str = "Mai") -> None:
    """Press, wait for the count, and be seen and measured for two seconds."""
    step.sign.setText("bố")
    step.signer.setText(signer)
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


def test_a_name_with_a_dot_is_a_name_as_any_other(step: RecordStep, qtbot: QtBot) -> None:
    step.show()
    for number in (1, 2):
        step.film.setChecked(True)
        signed(step, qtbot, signer="Dr. An")
        assert f"Dr. An_{number}" in step.said.text()
    both = [f"Dr. An_{n}.{ending}" for n in (1, 2) for ending in ("csv", "mp4", "npz")]
    assert files(step) == both
    step.throw_away.click()
    assert files(step) == both[:3]


def test_consent_is_for_one_take(step: RecordStep, qtbot: QtBot) -> None:
    step.film.setChecked(True)
    signed(step, qtbot)
    assert not step.film.isChecked()
    step.film.setChecked(True)
    step.record.click()
    step.record.click()
    assert not step.film.isChecked()
    step.film.setChecked(True)
    qtbot.keyClicks(step.signer, "x")
    assert not step.film.isChecked()


def test_what_cannot_be_kept_is_gone_whole_and_the_take_before_stays(
    step: RecordStep, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    step.show()
    signed(step, qtbot)
    kept = files(step)
    step.film.setChecked(True)

    def full(file: Path, take: PairedTake) -> None:
        file.with_name(file.name + ".unfinished").write_bytes(b"a piece of film")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(paired_take, "_write_film", full)
    signed(step, qtbot)
    assert files(step) == kept and str(step.folder) in step.said.text()
    # The button would mean the one before.
    assert not step.throw_away.isVisible()


def test_after_a_take_that_failed_nothing_is_offered_to_be_thrown_away(
    step: RecordStep, qtbot: QtBot
) -> None:
    step.show()
    signed(step, qtbot)
    kept = files(step)
    step.film.setChecked(True)
    step.record.click()
    qtbot.waitUntil(lambda: step._recorder.state().phase == "recording")
    for i in range(32):
        # Seen, and measured by nothing.
        frame = Frame(np.zeros((60, 80, 3), np.uint8), i / 15, i)
        step._recorder.add(frame, Landmarks(np.zeros((33, 4), np.float32)), i / 15)
    step.show_state(LiveState())
    assert "silent" in step.said.text() and not step.busy
    assert not step.throw_away.isVisible() and not step.film.isChecked()
    assert files(step) == kept


def test_what_cannot_be_deleted_is_still_said_to_be_there(step: RecordStep, qtbot: QtBot) -> None:
    step.show()
    signed(step, qtbot)
    film = step.folder / "bố" / "Mai_1.mp4"
    film.mkdir()
    step.throw_away.click()
    assert "Mai_1" in step.said.text() and step.throw_away.isVisible()
    film.rmdir()
    step.throw_away.click()
    assert files(step) == []


@pytest.mark.parametrize(
    ("name", "kept"), [("CON", "CON-"), ("nul.x", "nul-.x"), ("a. b.", "a. b"), ("Đạo", "Đạo")]
)
def test_names_are_such_that_every_system_takes_them(name: str, kept: str) -> None:
    assert file_name(name) == kept
