"""What the page says in plain words, over the picture and over the traces."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.live.live_page import LivePage
from desktop_app.live.skeleton_age import SkeletonAge
from desktop_app.widgets.floating_note import FloatingNote
from engine.messages import Message
from tests.desktop_app.live.test_live_page import OPEN, PREDICTION, show

FAR = Message("hint.too-far")
NO_SIGN = replace(PREDICTION, sign=None, reason="too-far", top=(), trace=None)


def test_a_hint_is_shown_while_no_sign_can_be_named(page: LivePage) -> None:
    show(page, replace(OPEN, hint=FAR))
    assert page.on_picture.hint.isHidden()
    show(page, replace(OPEN, hint=FAR, prediction=NO_SIGN, prediction_count=2))
    assert page.on_picture.hint.isVisible() and page.on_picture.hint.text() == FAR
    assert page.sign_card.calm_text == "Too far away"
    assert page.mirror.picture_rect().toAlignedRect().contains(page.on_picture.hint.geometry())
    show(page, replace(OPEN, prediction=NO_SIGN, prediction_count=3))
    assert page.on_picture.hint.isHidden()


def test_nothing_moves_for_a_note(page: LivePage) -> None:
    show(page, OPEN)
    QApplication.processEvents()
    before = [widget.geometry() for widget in (page.mirror, page.sign_card, page.traces)]
    show(page, replace(OPEN, hint=FAR, prediction=NO_SIGN, prediction_count=2, showing="father"))
    QApplication.processEvents()
    after = [widget.geometry() for widget in (page.mirror, page.sign_card, page.traces)]
    assert before == after


@pytest.mark.parametrize(
    ("recognised", "words"),
    [(None, "Showing: father"), ("day", "Showing: father – recognised: day")],
)
def test_a_recorded_motion_says_what_it_shows(
    page: LivePage, recognised: str | None, words: str
) -> None:
    show(page, replace(OPEN, showing="father", recognised=recognised))
    assert page.on_picture.showing.isVisible() and page.on_picture.showing.text() == words
    show(page, OPEN)
    assert page.on_picture.showing.isHidden()


def test_an_answer_that_is_over_leaves_nothing_behind(page: LivePage) -> None:
    show(page, OPEN)
    assert page.sign_card.sign and page.bars.rows
    assert len(page.traces.curves["acc", 0][0].getData()[0]) > 0
    show(page, replace(OPEN, prediction=None))
    assert page.sign_card.sign is None and page.bars.rows == ()
    assert page.traces.curves["acc", 0][0].getData()[0] is None


def test_traces_that_are_given_up_say_why(page: LivePage) -> None:
    by_landmarks = replace(PREDICTION, trace=None)
    show(page, replace(OPEN, prediction=by_landmarks, video_stopped=True))
    note = page.on_picture.traces
    assert note.isVisible() and note.text() == "Your computer is busy: no simulated traces now"
    assert page.traces.rect().contains(note.geometry())
    show(page, replace(OPEN, prediction_count=2))
    assert note.isHidden()
    show(page, replace(OPEN, prediction=NO_SIGN, prediction_count=3))
    assert note.isHidden()


def test_curves_stay_between_two_looks_at_the_pictures(page: LivePage) -> None:
    show(page, OPEN)
    by_landmarks = replace(PREDICTION, trace=None)
    show(page, replace(OPEN, prediction=by_landmarks, prediction_count=2))
    assert len(page.traces.curves["acc", 0][0].getData()[0]) > 0
    show(page, replace(OPEN, prediction=NO_SIGN, prediction_count=3))
    assert page.traces.curves["acc", 0][0].getData()[0] is None


def test_a_skeleton_that_trails_is_not_shown() -> None:
    now = 100.0
    age = SkeletonAge(lambda: now)
    assert age.may_show(7.0, 6.9)
    assert not age.may_show(7.0, 6.8)
    # It does not come and go with every frame of a computer that is too slow.
    now += 0.3
    assert not age.may_show(7.3, 7.25)
    now += 0.6
    assert age.may_show(7.9, 7.85)
    assert not age.may_show(3.0, 7.85)


def test_a_long_note_wraps_inside_a_small_place(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(220, 200)
    note = FloatingNote(place, "bottom")
    place.show()
    note.show_text("Your hands are not in the picture: raise them, or move back a little.")
    assert place.rect().contains(note.geometry())
    assert note.height() > 2 * note.fontMetrics().height()
    place.resize(900, 200)
    assert place.rect().contains(note.geometry())
