"""What was seen to be wrong on the screen: a face behind words, words cut though there is room,
English in the Vietnamese window, a call to sign where nobody can be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.appearance.theme import DARK, apply_theme
from desktop_app.choices.source_chooser import SourceChooser
from desktop_app.live.live_page import LivePage
from desktop_app.live.trace_plots import TracePlots
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from engine.bundle import load_bundle
from engine.frame import Frame
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.segmentation.transcript import TranscriptEntry
from tests.desktop_app.geometry import settle
from tests.desktop_app.live.test_live_page import OPEN, show

pytestmark = pytest.mark.slow

WIDE = replace(OPEN, frame=Frame(np.full((360, 640, 3), 90, np.uint8), 7.0, 0))


@pytest.mark.parametrize("size", [(800, 480), (1024, 620), (796, 700), (1280, 690), (1920, 1050)])
def test_what_is_shown_stands_beside_the_face(page: LivePage, size: tuple[int, int]) -> None:
    page.resize(*size)
    # As long as such words are with the signs that come with SignMirror.
    show(page, replace(WIDE, showing="good night", recognised="good night"))
    settle()
    show(page, replace(WIDE, showing="good night", recognised="good night"))
    note, picture = page.on_picture.showing, page.mirror.picture_rect().toAlignedRect()
    # A recorded motion has its face in the middle, from a tenth of the height on.
    face = QRect(0, 0, picture.width() // 12, picture.height() // 3)
    face.moveCenter(picture.center())
    face.moveTop(picture.y() + picture.height() // 10)
    assert note.isVisible() and page.mirror.rect().contains(note.geometry())
    covered = note.geometry().intersected(face)
    assert covered.width() * covered.height() < 0.1 * face.width() * face.height()


def test_signs_of_an_earlier_vocabulary_keep_their_words(
    page: LivePage, translation: Translation
) -> None:
    page.set_language("vi")
    said = (TranscriptEntry("father", 3.0, 0.8),)
    show(page, replace(OPEN, card=load_bundle("asl20").card, transcript=said))
    both = (*said, TranscriptEntry("glad", 9.0, 0.8), TranscriptEntry("my own", 12.0, 0.8))
    show(page, replace(OPEN, card=load_bundle("ksl13").card, transcript=both))
    texts = [page.transcript.item(i).toolTip() for i in range(page.transcript.count())]
    assert texts == ["bố", "vui mừng", "my own"]
    page.set_language("en")
    show(page, replace(OPEN, card=load_bundle("ksl13").card, transcript=both))
    texts = [page.transcript.item(i).toolTip() for i in range(page.transcript.count())]
    assert texts == ["father", "glad", "my own"]


def test_nobody_is_asked_to_sign_where_that_is_of_no_use(page: LivePage) -> None:
    waiting = replace(OPEN, prediction=None)
    show(page, waiting)
    assert page.sign_card.calm_text == "Sign to the camera"
    show(page, replace(waiting, showing="father"))
    assert page.sign_card.calm_text == "no sign"
    for state in ("failed", "lost"):
        show(page, replace(waiting, frame=None, source_state=state))
        assert page.sign_card.calm_text == "No picture"


@pytest.mark.parametrize(
    ("spec", "shown"),
    [
        ("7", "Camera 7"),
        ("drawn:father", "Drawn person: bố"),
        ("drawn:*", "Drawn person"),
        ("reference:ksl13/glad", "Recorded motion: glad"),
        ("/videos/a lesson.mp4", "a lesson.mp4"),
    ],
)
def test_a_source_is_named_in_words(
    translation: Translation, qtbot: QtBot, spec: str, shown: str
) -> None:
    chooser = SourceChooser()
    qtbot.addWidget(chooser)
    chooser.set_sign_texts({"father": "bố"})
    chooser.set_current(spec)
    assert chooser.currentText() == shown


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("bundle", ["asl20", "arsl10", "ksl13"])
def test_a_vocabulary_is_read_whole_where_there_is_room(
    page: LivePage, translation: Translation, language: str, bundle: str
) -> None:
    translation.use(language)
    page.bundle_chooser.show_bundles(bundle, language)
    page.resize(1920, 1000)
    settle()
    chooser = page.bundle_chooser
    assert chooser.shown_text() == chooser.currentText()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_vocabularies_are_told_apart_in_the_smallest_window(
    page: LivePage, translation: Translation, language: str
) -> None:
    translation.use(language)
    for text in ("Dạy ký hiệu…", "Khung xương", "Đồ thị", "Thuận tay trái"):
        page.add_button(QAction(text, page))
    page.resize(800, 480)
    shown = set()
    for name in ("asl20", "arsl10", "ksl13"):
        page.bundle_chooser.show_bundles(name, language)
        settle()
        shown.add(page.bundle_chooser.shown_text())
    assert len(shown) == 3, shown


def test_the_wrist_goes_before_the_legend(page: LivePage) -> None:
    traces = page.traces
    for width in (1000, 700, 620, 560, 1000):
        traces.setMinimumWidth(width)
        traces.setMaximumWidth(width)
        settle()
        room = min(panel.width() for panel in traces.panels.values())
        assert all(w.shown_text() == w.text() for w in traces.wrists.values()), width  # type: ignore[attr-defined]
        assert traces.legends[0].isVisible() or room < 180
    assert all(legend.isVisible() for legend in traces.legends)


def test_numbers_leave_room_for_their_unit_in_large_letters(
    application: QApplication, qtbot: QtBot
) -> None:
    usual, large = application.font(), application.font()
    large.setPointSizeF(1.5 * usual.pointSizeF())
    application.setFont(large)
    try:
        traces = TracePlots()
        qtbot.addWidget(traces)
        traces.resize(1400, traces.height())
        traces.show()
        settle()
        metrics = traces.fontMetrics()
        for key, number in ((("acc", 0), "-2"), (("gyro", 0), "-300")):
            axis = traces.plots[key].getAxis("left")
            assert axis.width() >= metrics.horizontalAdvance(number) + metrics.ascent()
    finally:
        application.setFont(usual)


@pytest.mark.parametrize("larger", [1.0, 1.5])
def test_seconds_do_not_run_into_one_another_in_the_narrowest_plots(
    application: QApplication, qtbot: QtBot, larger: float
) -> None:
    usual, font = application.font(), application.font()
    font.setPointSizeF(larger * usual.pointSizeF())
    application.setFont(font)
    try:
        traces = TracePlots()
        qtbot.addWidget(traces)
        traces.resize(traces.narrowest_width, traces.height())
        traces.show()
        settle()
        metrics = traces.fontMetrics()
        for plot in traces.plots.values():
            (left, right), _ = plot.viewRange()
            second = plot.getViewBox().width() / (right - left)
            assert second >= metrics.horizontalAdvance("−2")
            # At the end of each curve stands its letter, whole.
            assert right * second >= metrics.horizontalAdvance("x")
    finally:
        application.setFont(usual)


def test_an_empty_picture_has_an_edge_in_the_dark(
    application: QApplication, page: LivePage
) -> None:
    apply_theme(application, DARK)
    show(page, replace(OPEN, frame=None, source_state="failed", prediction=None))
    settle()
    image = page.mirror.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    middle = image.height() // 4
    edge = max(image.pixelColor(x, middle).value() for x in range(3))
    assert edge > image.pixelColor(image.width() // 4, middle).value() + 20


def test_what_is_said_of_the_last_start_goes_with_the_next_choice(
    application: QApplication, settings: Settings, translation: Translation, qtbot: QtBot
) -> None:
    engine = LiveEngine("/gone/film.mp4", "/gone/mine")
    window = MainWindow(engine, settings, translation, "/gone/mine")
    qtbot.addWidget(window)
    window._paint.stop()
    window.fallback.began_with(source="/gone/film.mp4", bundle="/gone/mine")
    gone = LiveState(
        source_spec="/gone/film.mp4",
        source_state="failed",
        source_message="/gone/film.mp4: no such file",
        bundle_error="/gone/mine: no such folder",
    )
    window.fallback.see(gone)
    first = window.page.notes.first
    assert first is not None and "film.mp4" in first.text()
    window.choose_source("reference:father")
    second = window.page.notes.first
    assert second is not None and "/gone/mine" in second.text()
    window.choose_bundle("ksl13")
    assert window.page.notes.first is None
