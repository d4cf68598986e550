"""The dialog in which signs are taught, on its own: no engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.live.live_page import LivePage
from desktop_app.teach.teach_dialog import TeachDialog
from desktop_app.teach.texts import TeachTexts
from engine.frame import Landmarks
from engine.prediction import Prediction, Timing
from engine.segmentation.transcript import TranscriptEntry
from engine.teaching.take_recorder import TakeRecorder
from engine.teaching.taught_store import MOST_TAKES, TaughtInfo, TaughtStore
from tests.desktop_app.teach.teach_steps import STATE, confirm, recording, said, taken


def test_all_signs_are_listed_with_their_takes(dialog: TeachDialog) -> None:
    listed = [dialog.parts.signs.list.item(i).text() for i in range(2)]
    assert listed == ["cảm ơn\n2 of 3 takes", "tree\n3 takes"]
    dialog.parts.signs.list.setCurrentRow(1)
    assert dialog.gloss == dialog.parts.name.text() == "tree"
    assert sum(b.player is not None for b in dialog.parts.strip.buttons) == 3
    dialog.parts.strip.buttons[1].click()
    assert dialog.phase == "replay"
    assert dialog.parts.stage.player is dialog.parts.strip.buttons[1].player
    assert not dialog.grab().isNull()
    dialog.reject()
    assert dialog.isVisible() and dialog.parts.stage.player is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Give the sign a name"),
        ("   ", "Give the sign a name"),
        ("TREE", "taught already"),
    ],
)
def test_names_that_cannot_be_used(dialog: TeachDialog, name: str, words: str) -> None:
    dialog.parts.name.setText(name)
    dialog.record()
    assert dialog.phase == "live"
    assert words in said(dialog)
    dialog.choose("cảm ơn")
    dialog.parts.name.setText(name)
    dialog.rename()
    assert dialog.gloss == "cảm ơn"
    assert words in said(dialog)


def test_enter_renames_and_does_not_record(dialog: TeachDialog, qtbot: QtBot) -> None:
    dialog.choose("tree")
    dialog.parts.name.setFocus()
    dialog.parts.name.selectAll()
    qtbot.keyClicks(dialog.parts.name, "oak")
    with qtbot.waitSignal(dialog.changed):
        qtbot.keyClick(dialog.parts.name, Qt.Key.Key_Return)
    assert dialog.phase == "live"
    assert dialog.gloss == "oak"
    assert [sign.gloss for sign in dialog.taught.signs()] == ["cảm ơn", "oak"]


def test_deleting_is_asked_for_first(dialog: TeachDialog, qtbot: QtBot) -> None:
    dialog.choose("tree")
    dialog.parts.signs.delete_button.click()
    confirm(dialog, qtbot, "Cancel")
    assert len(dialog.taught.signs()) == 2
    dialog.parts.strip.delete_buttons[0].click()
    confirm(dialog, qtbot, "Delete")
    assert len(dialog.taught.signs()[1].takes) == 2
    dialog.parts.signs.delete_button.click()
    with qtbot.waitSignal(dialog.changed):
        confirm(dialog, qtbot, "Delete")
    assert [sign.gloss for sign in dialog.taught.signs()] == ["cảm ơn"]
    assert dialog.gloss == ""


def test_export_and_import(dialog: TeachDialog, tmp_path: Path) -> None:
    file = tmp_path / "all.signs"
    dialog.exchange.export_to(file, None)
    assert str(file) in said(dialog)
    dialog.exchange.import_from(file)
    assert "already" in said(dialog)
    dialog.choose("tree")
    dialog.delete_sign()
    dialog.exchange.import_from(file)
    assert "Imported: tree" in said(dialog)
    assert dialog.gloss == "tree"
    file.write_bytes(b"dear all")
    dialog.exchange.import_from(file)
    assert "not a file of taught signs" in said(dialog) and str(file) in said(dialog)
    dialog.exchange.export_to(tmp_path / "no" / "folder.signs", ["tree"])
    assert "nothing can be written here (No such file or directory)" in said(dialog)


def test_no_more_than_ten_takes(dialog: TeachDialog, taught: TaughtStore) -> None:
    for seed in range(3, MOST_TAKES):
        taught.add_take("tree", recording(seed))
    dialog.reload("tree")
    dialog.show_state(STATE)
    assert not dialog.parts.record.isEnabled()
    assert "no more" in dialog.parts.hint.text()


def test_a_damaged_list_is_told(dialog: TeachDialog, taught: TaughtStore) -> None:
    file = taught.folder / "taught.json"
    file.write_text("{")
    dialog.reload("tree")
    assert str(taught.folder) in said(dialog)
    assert file.read_text() == "{"


def test_damaged_takes_are_told_and_can_be_removed(
    dialog: TeachDialog, taught: TaughtStore
) -> None:
    taught.signs()[1].takes[0].file.write_bytes(b"")
    dialog.reload("tree")
    assert said(dialog) == "Damaged takes were left out: 1"
    dialog.parts.banner.button.click()
    dialog.show_state(STATE)
    assert taught.problems == ()


def test_signs_that_look_alike(application: QApplication) -> None:
    texts = TeachTexts(language="vi")
    infos = (TaughtInfo("cây", 3, "sorry", 0.93), TaughtInfo("nhà", 3, None, 0.2))
    signs = STATE.card.vocabulary if STATE.card else ()
    assert "'xin lỗi'" in texts.likeness("cây", infos, signs)
    assert texts.likeness("nhà", infos, signs) == ""
    assert "'cây'" in texts.likeness("x", (TaughtInfo("x", 1, "cây", 0.9),), signs)


def test_every_part_can_be_reached_and_is_named(dialog: TeachDialog, qtbot: QtBot) -> None:
    dialog.choose("tree")
    dialog.show_state(STATE)
    parts = dialog.parts
    reached: list[QWidget] = []
    parts.name.setFocus()
    for _ in range(30):
        focused = dialog.focusWidget()
        assert focused is not None
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    wanted = {parts.name, parts.length, parts.left_handed, parts.record, parts.close_button}
    wanted |= {parts.strip.buttons[0], parts.strip.delete_buttons[2], parts.signs.list}
    wanted |= {parts.signs.new_button, parts.signs.delete_button, parts.signs.import_button}
    assert wanted <= set(reached)
    assert reached[:2] == [parts.name, parts.length]
    for widget in set(reached) - {parts.name}:
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_what_goes_wrong_with_a_take_is_told(
    dialog: TeachDialog, taught: TaughtStore, recorder: TakeRecorder, qtbot: QtBot
) -> None:
    dialog.taking.timer.setInterval(1)
    dialog.parts.length.set_seconds(1.0)
    dialog.choose("tree")
    hidden = np.zeros((33, 4), np.float32)
    for landmarks, words in ((Landmarks(None), "Nobody"), (Landmarks(hidden), "Your hands")):
        dialog.record()
        qtbot.waitUntil(lambda: dialog.phase == "recording")
        taken(dialog, recorder, landmarks)
        assert dialog.phase == "live"
        assert words in said(dialog)
    dialog.record()
    assert said(dialog) == ""
    qtbot.waitUntil(lambda: dialog.phase == "recording")
    taken(dialog, recorder, Landmarks(np.ones((33, 4), np.float32)))
    assert dialog.phase == "review"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_take_survives_a_full_disk(
    dialog: TeachDialog, taught: TaughtStore, recorder: TakeRecorder, qtbot: QtBot
) -> None:
    dialog.taking.timer.setInterval(1)
    dialog.parts.length.set_seconds(1.0)
    dialog.choose("tree")
    dialog.record()
    qtbot.waitUntil(lambda: dialog.phase == "recording")
    taken(dialog, recorder, Landmarks(np.ones((33, 4), np.float32)))
    full = taught.folder / "taught.json.unfinished"
    full.symlink_to("/dev/full")
    dialog.keep()
    assert dialog.phase == "review"
    assert "No space left on device" in said(dialog) and str(taught.folder) in said(dialog)
    # Nothing half written is left to fill the disk up.
    assert not full.is_symlink()
    dialog.keep()
    assert [len(sign.takes) for sign in taught.signs()] == [2, 4]


def test_a_taught_sign_is_shown_like_any_other(application: QApplication, qtbot: QtBot) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    page.resize(1280, 690)
    page.show()
    for gloss in ("cảm ơn", "một tên rất dài mà không ai từng nghĩ ra trước đây, thật đấy!"[:60]):
        top = ((gloss, 0.8), ("father", 0.1))
        prediction = Prediction(3.0, gloss, 0.8, top, {}, "generated", Timing(20, 50, 80))
        page.show_state(
            replace(
                STATE,
                prediction=prediction,
                prediction_count=len(gloss),
                transcript=(TranscriptEntry(gloss, 3.0, 0.8),),
            ),
            0.0,
        )
        assert page.sign_card.sign == gloss
        assert page.bars.rows[0] == (gloss, 0.8)
        assert page.transcript.item(0).text().endswith(gloss)
        assert not page.grab().isNull()
        assert page.width() == 1280
    page.show_state(replace(STATE, taught_error="taught.json: damaged"), 0.0)
    assert "taught.json: damaged" in page.banner.label.text()


def test_pictures_go_with_the_dialog(dialog: TeachDialog) -> None:
    dialog.choose("tree")
    dialog.replay(0)
    dialog.close()
    assert not dialog.isVisible()
    assert dialog.parts.stage.player is None
    assert dialog.taking.player is None
