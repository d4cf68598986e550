"""The teaching dialog: which vocabulary, which name, and what becomes of a take; no engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.teach.teach_dialog import TeachDialog
from engine.bundle import list_bundles, load_bundle
from engine.frame import Landmarks
from engine.teaching.take_recorder import TakeRecorder
from engine.teaching.taught_store import TaughtStore
from tests.desktop_app.teach.teach_steps import STATE, confirm, recording, said, taken


def test_a_vocabulary_without_fingers_offers_those_that_can_be_taught(
    dialog: TeachDialog, qtbot: QtBot
) -> None:
    choice, wanted = dialog.parts.teachable, list[str]()
    dialog.bundle_wanted.connect(wanted.append)
    dialog.choose("tree")
    assert not choice.isVisible()
    asl20 = replace(STATE, card=load_bundle("asl20").card, bundle="asl20")
    dialog.show_state(asl20)
    assert choice.isVisible() and "cannot be taught" in choice.label.text()
    assert not dialog.parts.record.isEnabled()
    teachable = [entry for entry in list_bundles() if entry.teachable]
    assert [b.text() for b in choice.buttons] == [entry.title["en"] for entry in teachable]
    assert [entry.name for entry in teachable] == ["arsl10", "ksl13", "vsl3161"]
    # The keyboard is there already: Enter takes the first.
    assert dialog.focusWidget() is choice.buttons[0]
    qtbot.keyClick(choice.buttons[1], Qt.Key.Key_Return)
    assert wanted == ["ksl13"]
    # The old vocabulary goes on until the new one is loaded.
    dialog.show_state(asl20)
    assert not choice.isVisible() and "Loading" in said(dialog)
    dialog.show_state(replace(STATE, bundle="ksl13"))
    assert said(dialog) == "" and not choice.isVisible()
    assert dialog.parts.record.isEnabled()
    assert dialog.focusWidget() is dialog.parts.name


def test_a_vocabulary_that_cannot_be_loaded_is_told_and_another_offered(
    dialog: TeachDialog,
) -> None:
    asl20 = replace(STATE, card=load_bundle("asl20").card, bundle="asl20", bundle_error="old")
    dialog.show_state(asl20)
    dialog.parts.teachable.buttons[0].click()
    dialog.show_state(asl20)
    assert "Loading" in said(dialog)
    dialog.show_state(replace(asl20, bundle_error="landmarks.safetensors: damaged"))
    assert "landmarks.safetensors: damaged" in said(dialog)
    assert dialog.parts.teachable.isVisible()


@pytest.mark.parametrize("name", ["Sorry", "xin lỗi", " SORRY "])
def test_a_sign_of_the_vocabulary_can_be_taught_in_ones_own_way(
    dialog: TeachDialog, recorder: TakeRecorder, qtbot: QtBot, name: str
) -> None:
    dialog.taking.timer.setInterval(1)
    dialog.parts.length.set_seconds(1.0)
    dialog.parts.name.setText(name)
    dialog.show_state(STATE)
    assert "your own way" in said(dialog) and "'" + name.strip() + "'" in said(dialog)
    dialog.record()
    qtbot.waitUntil(lambda: dialog.phase == "recording")
    taken(dialog, recorder, Landmarks(np.ones((33, 4), np.float32)))
    dialog.keep()
    assert [sign.gloss for sign in dialog.taught.signs()][-1] == dialog.gloss == "sorry"
    dialog.choose("")
    dialog.parts.name.setText(name)
    dialog.record()
    assert dialog.phase == "live" and "taught already" in said(dialog)


def test_an_own_version_is_shown_in_the_windows_language(
    dialog: TeachDialog, taught: TaughtStore
) -> None:
    taught.add_take("sorry", recording(9))
    dialog.set_language("vi")
    dialog.show_state(replace(STATE, card=load_bundle("ksl13").card))
    dialog.reload("sorry")
    assert dialog.parts.signs.list.item(2).text().startswith("xin lỗi\n")
    assert dialog.parts.name.text() == "xin lỗi"
    assert not dialog.parts.rename.isEnabled()


def test_what_is_said_of_a_name_goes_with_it(dialog: TeachDialog, qtbot: QtBot) -> None:
    dialog.choose("")
    dialog.parts.name.setText("tree")
    dialog.record()
    assert "taught already" in said(dialog)
    qtbot.keyClicks(dialog.parts.name, "s")
    assert said(dialog) == ""
    dialog.exchange.export_to(Path(dialog.taught.folder / "no" / "way.signs"), None)
    kept = said(dialog)
    qtbot.keyClicks(dialog.parts.name, "!")
    # What was said of something else stays.
    assert kept and said(dialog) == kept


def in_review(dialog: TeachDialog, recorder: TakeRecorder, qtbot: QtBot) -> None:
    dialog.taking.timer.setInterval(1)
    dialog.parts.length.set_seconds(1.0)
    dialog.choose("tree")
    dialog.record()
    qtbot.waitUntil(lambda: dialog.phase == "recording")
    taken(dialog, recorder, Landmarks(np.ones((33, 4), np.float32)))
    assert dialog.phase == "review"


def test_a_fresh_take_is_not_thrown_away_without_a_question(
    dialog: TeachDialog, recorder: TakeRecorder, qtbot: QtBot
) -> None:
    in_review(dialog, recorder, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.phase == "review"
    box = next(b for b in dialog.findChildren(QMessageBox) if b.isVisible())
    # Esc once more: thought better of it.
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not any(b.isVisible() for b in dialog.findChildren(QMessageBox)))
    assert dialog.phase == "review" and dialog.parts.stage.player is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    confirm(dialog, qtbot, "Throw away")
    assert dialog.phase == "live" and dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nor_with_the_dialog_itself(
    dialog: TeachDialog, recorder: TakeRecorder, qtbot: QtBot
) -> None:
    in_review(dialog, recorder, qtbot)
    dialog.parts.close_button.click()
    assert dialog.isVisible() and dialog.phase == "review"
    confirm(dialog, qtbot, "Look at it again")
    assert dialog.isVisible() and dialog.phase == "review"
    dialog.close()
    confirm(dialog, qtbot, "Throw away")
    assert not dialog.isVisible()


def test_but_a_window_that_is_closed_asks_nothing(
    dialog: TeachDialog, recorder: TakeRecorder, qtbot: QtBot
) -> None:
    in_review(dialog, recorder, qtbot)
    dialog.end()
    assert not dialog.isVisible()
    assert not any(b.isVisible() for b in dialog.findChildren(QMessageBox))
