"""The page shows what a state says, in both languages; no engine runs here."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.appearance.theme import DARK
from desktop_app.live.live_page import LivePage
from desktop_app.live.stall_watch import StallWatch
from desktop_app.live.trace_plots import TracePlots
from desktop_app.texts.translation import Translation
from desktop_app.widgets.mirror_view import MirrorView
from engine.bundle import load_bundle
from engine.frame import Frame
from engine.live.live_state import LiveState
from engine.messages import Message
from engine.prediction import Prediction, Timing, Trace
from engine.segmentation.transcript import TranscriptEntry

TOP = (("good night", 0.9), ("father", 0.04), ("day", 0.03), ("cat", 0.02), ("cop", 0.01))
FRAME = Frame(np.full((90, 160, 3), 90, np.uint8), 7.0, 0)


def trace(steps: int = 48, rate_hz: float = 47 / 3) -> Trace:
    values = np.linspace(-1, 1, 6 * steps, dtype=np.float32).reshape(6, steps)
    return Trace(rate_hz, values, 100 * values)


PREDICTION = Prediction(7.0, "good night", 0.9, TOP, {}, "generated", Timing(20, 50, 80), trace())
OPEN = LiveState(
    frame=FRAME,
    prediction=PREDICTION,
    prediction_count=1,
    transcript=(TranscriptEntry("father", 3.0, 0.8), TranscriptEntry("father", 65.0, 0.8)),
    source_state="open",
    camera_fps=29.96,
    predictions_per_s=7.5,
    dropped=12,
    landmark_ms=21.4,
    network_ms=55.0,
    frame_to_label_ms=80.0,
    runtime="PyTorch fp32",
    ready=True,
)


def show(page: LivePage, state: LiveState) -> None:
    page.show_state(state, 4.0)


def test_a_sign_its_bars_and_its_figures(page: LivePage) -> None:
    show(page, OPEN)
    assert page.sign_card.sign == "good night"
    assert page.sign_card.accessibleDescription() == "good night, 90\N{NO-BREAK SPACE}%"
    assert page.bars.rows == TOP
    assert page.transcript.item(1).text().split() == ["01:05", "father"]
    texts = [label.text() for label in page.strip.labels.values()]
    assert texts == [
        "Camera 30.0 fps",
        "Dropped 12",
        "Answers 7.5 /s",
        "Body and hands 21 ms",
        "Networks 55 ms",
        "Picture to answer 80 ms",
        "PyTorch fp32",
    ]
    assert not page.banner.isVisible()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ready": False, "prediction": None}, "Loading networks…"),
        ({"prediction": None}, "Sign to the camera"),
        ({"prediction": replace(PREDICTION, sign=None)}, "no sign"),
        ({"prediction": replace(PREDICTION, sign=None, reason="nobody")}, "Nobody in view"),
        ({"prediction": replace(PREDICTION, sign=None, reason="too-dark")}, "Too dark"),
        ({"prediction": replace(PREDICTION, sign=None, reason="too-far")}, "Too far away"),
        ({"prediction": replace(PREDICTION, sign=None, reason="no-hands")}, "No hands in view"),
        ({"ready": False, "bundle_error": "card.json: damaged"}, "No vocabulary"),
    ],
    ids=["loading", "waiting", "no sign", "nobody", "dark", "far", "no hands", "no bundle"],
)
def test_without_a_sign_the_card_is_calm(
    page: LivePage, changes: dict[str, object], words: str
) -> None:
    show(page, replace(OPEN, **changes))  # type: ignore[arg-type]
    assert page.sign_card.sign is None
    assert page.sign_card.calm_text == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source_state": "failed", "source_message": "a.mp4: empty", "frame": None}, "a.mp4"),
        ({"source_state": "lost", "source_name": "Webcam C920"}, "Webcam C920"),
        ({"source_state": "ended"}, "The video has ended."),
        ({"no_camera": True}, "No camera found – showing recorded motions"),
        ({"sight_error": "pose_landmarker.task: damaged"}, "pose_landmarker.task: damaged"),
        ({"bundle_error": "video.safetensors: altered"}, "video.safetensors: altered"),
    ],
    ids=["failed", "lost", "ended", "no camera", "landmark model", "bundle"],
)
def test_what_is_wrong_is_one_line_with_a_way_out(
    page: LivePage, qtbot: QtBot, changes: dict[str, object], words: str
) -> None:
    show(page, replace(OPEN, **changes))  # type: ignore[arg-type]
    assert page.banner.isVisible()
    assert words in page.banner.label.text()
    assert "\n" not in page.banner.label.text()
    page.banner.button.click()
    wanted = page.bundle_chooser if "bundle_error" in changes else page.source_chooser
    qtbot.waitUntil(lambda: wanted.view().isVisible())
    wanted.hidePopup()
    show(page, OPEN)
    assert not page.banner.isVisible()


def test_recognition_that_is_started_again_says_why(page: LivePage) -> None:
    why = Message("live.not-answering")
    show(page, replace(OPEN, ready=False, prediction=None, restarting=why))
    assert page.banner.isVisible()
    assert page.banner.label.text() == why
    assert page.sign_card.calm_text == "Loading networks…"
    show(page, OPEN)
    assert not page.banner.isVisible()


def test_the_language_changes_while_it_runs(page: LivePage, translation: Translation) -> None:
    state = replace(OPEN, card=load_bundle("asl20").card)
    show(page, state)
    assert page.bars.rows[1][0] == "father"
    translation.use("vi")
    # Qt tells the widgets in its event loop.
    QApplication.processEvents()
    page.set_language("vi")
    show(page, state)
    assert page.sign_card.sign == "chúc ngủ ngon"
    assert page.bars.rows[1][0] == "bố"
    assert page.transcript.item(0).text().endswith("bố")
    assert page.transcript_heading.text() == "Các ký hiệu đã làm"
    titles = {label.text() for label in page.traces.titles.values()}
    assert titles == {"Gia tốc kế mô phỏng", "Con quay hồi chuyển mô phỏng"}
    assert "Chuyển động mẫu: bố" in _items(page)
    translation.use("en")
    page.set_language("en")
    show(page, state)
    assert page.sign_card.sign == "good night"


def _items(page: LivePage) -> list[str]:
    chooser = page.source_chooser
    return [chooser.itemText(i) for i in range(chooser.count())]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("size", [(1024, 636), (1280, 690), (1920, 1050)])
def test_every_part_has_its_place(
    page: LivePage, translation: Translation, language: str, size: tuple[int, int]
) -> None:
    translation.use(language)
    page.set_language(language)
    page.resize(*size)
    show(page, replace(OPEN, no_camera=True))
    QApplication.processEvents()
    assert (page.width(), page.height()) == size
    parts = [page.banner, page.mirror, page.traces, page.sign_card, page.bars, page.transcript]
    parts += [page.strip, page.copy_button, page.clear_button]
    places = [p.rect().translated(p.mapTo(page, p.rect().topLeft())) for p in parts]
    for i, place in enumerate(places):
        assert page.rect().contains(place), type(parts[i]).__name__
        assert not any(place.intersects(other) for other in places[i + 1 :])
    for label in (page.bars_heading, page.transcript_heading, *page.strip.labels.values()):
        assert label.width() >= label.sizeHint().width()


def test_curves_stay_the_same_objects(page: LivePage) -> None:
    before = [curve for curves in page.traces.curves.values() for curve in curves]
    for count in range(2, 40):
        prediction = replace(PREDICTION, trace=trace())
        show(page, replace(OPEN, prediction=prediction, prediction_count=count))
    page.set_theme(DARK)
    after = [curve for curves in page.traces.curves.values() for curve in curves]
    assert len(after) == 12
    assert all(a is b for a, b in zip(before, after, strict=True))
    drawn = [len(plot.getPlotItem().listDataItems()) for plot in page.traces.plots.values()]
    # Three of what is told, three of what was imagined beside it.
    assert drawn == [6, 6, 6, 6]


def test_plots_say_what_they_are_and_in_which_unit(translation: Translation, qtbot: QtBot) -> None:
    plots = TracePlots()
    qtbot.addWidget(plots)
    assert plots.plots["acc", 0].accessibleName() == "Simulated accelerometer – left wrist"
    assert plots.plots["gyro", 1].accessibleName() == "Simulated gyroscope – right wrist"
    plots.show_trace(trace(rate_hz=47 / 2), trace(rate_hz=47 / 2))
    assert plots.plots["acc", 1].accessibleName() == "Measured accelerometer – right wrist"
    for (quantity, _), plot in plots.plots.items():
        assert plot.getAxis("left").labelText == {"acc": "g", "gyro": "°/s"}[quantity]
        (left, right), (low, high) = plot.viewRange()
        # The newest sample stands at 0 s; right of it is room for the curve's letter.
        assert left == pytest.approx(-2.0)
        assert 0.0 < right < 0.3
        assert -low == high
    seconds, values = plots.curves["gyro", 1][2].getData()
    assert seconds[-1] == 0.0
    assert values == pytest.approx(trace().gyro_dps[5])


def test_corners_are_round_and_the_same_frame_is_not_prepared_twice(qtbot: QtBot) -> None:
    view = MirrorView()
    qtbot.addWidget(view)
    view.resize(160, 90)
    view.show_frame(FRAME, None)
    picture = view._image
    view.show_frame(FRAME, None)
    assert view._image is picture
    shown = view.grab().toImage()
    assert shown.pixelColor(80, 45).red() == 90
    assert shown.pixelColor(0, 0) != shown.pixelColor(80, 45)


def test_stalls_are_measured(application: QApplication, qtbot: QtBot) -> None:
    watch = StallWatch()
    qtbot.wait(30)
    time.sleep(0.12)
    qtbot.wait(30)
    assert watch.longest_ms > 80
    watch.restart()
    assert watch.longest_ms == 0.0
    assert watch.longest_before_ms > 80


def test_signs_of_the_vocabulary_before_keep_their_words(
    page: LivePage, translation: Translation
) -> None:
    asl20, arsl10 = load_bundle("asl20").card, load_bundle("arsl10").card
    translation.use("vi")
    page.set_language("vi")
    entries = (TranscriptEntry("father", 3.0, 0.8),)
    page.show_state(replace(OPEN, card=asl20, transcript=entries), 0.0)
    entries += (TranscriptEntry("eat", 9.0, 0.8),)
    page.show_state(replace(OPEN, card=arsl10, transcript=entries), 0.0)

    rows = [page.transcript.item(row).text() for row in range(page.transcript.count())]
    assert ["bố" in rows[0].lower() or "cha" in rows[0].lower(), "ăn" in rows[1]] == [True, True]


def test_one_glove_is_told_from_what_the_network_imagines(
    translation: Translation, qtbot: QtBot
) -> None:
    plots = TracePlots()
    qtbot.addWidget(plots)
    imagined = trace()
    told = replace(trace(), acc_g=trace().acc_g.copy(), gyro_dps=trace().gyro_dps.copy())
    told.acc_g[:3], told.gyro_dps[:3] = np.nan, np.nan
    told.acc_g[3:] += 1.0
    plots.show_figures("", "100 a second")
    plots.show_trace(imagined, told)
    assert plots.measured == [False, True]
    assert plots.titles["acc", 0].text() == "Simulated accelerometer"
    assert plots.titles["acc", 1].text() == "Measured accelerometer"
    assert plots.wrists["acc", 1].text() == "right wrist · 100 a second"
    assert plots.curves["acc", 1][0].getData()[1] == pytest.approx(told.acc_g[3])
    assert plots.imagined["acc", 1][0].getData()[1] == pytest.approx(imagined.acc_g[3])
    assert plots.curves["acc", 0][0].getData()[1] == pytest.approx(imagined.acc_g[0])
    pen = plots.imagined["acc", 1][0].opts["pen"]
    assert pen.style() == Qt.PenStyle.DotLine
    assert plots.curves["acc", 1][1].opts["pen"].style() == Qt.PenStyle.SolidLine
    plots.show_trace(imagined)
    assert plots.measured == [False, False]
    assert plots.curves["acc", 1][1].opts["pen"].style() == Qt.PenStyle.DashLine
    plots.show_trace(None)
    assert all(curve.getData()[0] is None for curve in plots.curves["acc", 1])
