"""A vocabulary of thousands of words: the ten most alike are listed, in a lesson one is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from desktop_app.live.lesson_control import LessonControl
from desktop_app.live.live_page import LivePage
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from engine.bundle import load_bundle
from engine.bundle.lessons import lessons_of
from engine.frame import Frame
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.prediction import Prediction, Timing

BUNDLE = load_bundle("vsl3161")
LESSONS = lessons_of(BUNDLE)
WORDS = ("chào", "bạn", "phở", "cá mập", "mùa thu", "cơm", "nhà cửa", "con voi", "sách", "đi học")
ALIKE = tuple((word, 0.61 - 0.03 * i) for i, word in enumerate(WORDS))
LISTED = Prediction(
    7.0, None, 0.0, (), {}, "generated", Timing(20, 2, 30), alike=ALIKE, sign_span_s=(5.0, 6.6)
)
OPEN = LiveState(
    frame=Frame(np.full((90, 160, 3), 90, np.uint8), 7.0, 0),
    prediction=replace(LISTED, alike=()),
    prediction_count=1,
    listed=LISTED,
    source_state="open",
    ready=True,
    card=BUNDLE.card,
    lessons=LESSONS,
)


def test_the_ten_most_alike_stay_to_be_read(page: LivePage) -> None:
    page.show_state(OPEN, 4.0)
    assert page.bars.rows == ALIKE and page.bars_heading.text() == "Most alike"
    assert page.sign_card.sign is None
    assert page.sign_card.calm_text == "chào · bạn · phở"
    page.show_state(replace(OPEN, listed=None, prediction_count=2), 4.0)
    assert page.bars.rows == () and page.sign_card.calm_text == "Sign to the camera"


def test_in_a_lesson_one_is_named_and_five_are_likeliest(page: LivePage) -> None:
    named = replace(LISTED, sign="phở", confidence=0.8, top=(("phở", 0.8), ("cơm", 0.1)), alike=())
    page.show_state(replace(OPEN, lesson=LESSONS[8], prediction=named, listed=None), 4.0)
    assert page.sign_card.sign == "phở" and page.bars_heading.text() == "Most likely signs"
    assert page.lesson_chooser.currentData() == LESSONS[8].id
    page.show_state(replace(OPEN, card=None, lessons=(), prediction_count=3), 4.0)
    assert not page.lesson_chooser.isVisible()


def test_lessons_are_called_in_the_windows_language(
    page: LivePage, translation: Translation
) -> None:
    page.show_state(OPEN, 4.0)
    chooser = page.lesson_chooser
    assert chooser.isVisible() and chooser.count() == len(LESSONS) + 1
    assert chooser.itemText(1) == f"Greetings and manners ({len(LESSONS[0].words)})"
    translation.use("vi")
    page.set_language("vi")
    page.show_state(OPEN, 4.0)
    assert chooser.itemText(0) == "Tất cả các từ: mười từ giống nhất"
    assert chooser.itemText(1) == f"Chào hỏi, lễ phép ({len(LESSONS[0].words)})"
    assert page.bars_heading.text() == "Giống nhất"
    translation.use("en")


def test_full_screen_is_picture_and_sign_alone(page: LivePage) -> None:
    page.show_state(OPEN, 4.0)
    page.present(True)
    page.show_state(OPEN, 4.0)
    assert not page.lesson_chooser.isVisible()
    page.present(False)
    assert page.lesson_chooser.isVisible()


def test_the_lesson_is_remembered(page: LivePage, settings: Settings, qtbot: QtBot) -> None:
    engine = LiveEngine("reference:father", "vsl3161")
    control = LessonControl(engine, settings, page.lesson_chooser, page)
    page.show_state(OPEN, 4.0)
    with qtbot.waitSignal(page.lesson_chooser.chosen):
        page.lesson_chooser.activated.emit(2)
    assert settings.text("lesson") == LESSONS[1].id
    control.choose("")
    assert settings.text("lesson") == ""
