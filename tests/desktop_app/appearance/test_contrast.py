"""What can be seen: contrasts as WCAG counts them, measured in what is really drawn, and curves for
eyes that tell red from green badly."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.appearance.theme import DARK, LIGHT, Theme, apply_theme
from desktop_app.live.curve_labels import spread
from desktop_app.live.live_page import LivePage
from desktop_app.live.trace_plots import DASHES
from desktop_app.teach.teach_dialog import TeachDialog
from engine.teaching.take_recorder import TakeRecorder
from engine.teaching.taught_store import TaughtStore
from tests.desktop_app.geometry import settle
from tests.desktop_app.live.test_live_page import OPEN
from tests.desktop_app.widgets.test_widgets import contrast

pytestmark = pytest.mark.slow

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
TEXT, SHAPE = 4.5, 3.0
# Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB.
SEEN_BY = {
    "all": np.eye(3),
    "deuteranopes": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopes": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
TO_XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.9505], [1.0], [1.089]])


@pytest.fixture(autouse=True)
def light_again(application: QApplication) -> Iterator[None]:
    yield
    apply_theme(application, LIGHT)


@THEMES
def test_every_pair_of_colours_that_meet_can_be_told_apart(theme: Theme) -> None:
    t = theme
    texts = {
        *itertools.product((t.text, t.quiet), (t.window, t.card, t.track)),
        (t.accent_text, t.accent),
        (t.fill_text, t.fill),
        (t.warning_text, t.warning),
        *((axis, t.card) for axis in (t.x_axis, t.y_axis, t.z_axis)),
    }
    assert {pair: contrast(*pair) for pair in texts if contrast(*pair) < TEXT} == {}
    shapes = {
        *((t.border, ground) for ground in (t.window, t.card, t.track)),
        *((t.fill, ground) for ground in (t.window, t.card)),
        *((t.accent, ground) for ground in (t.window, t.card)),
        *((t.focus, ground) for ground in (t.window, t.card, t.fill, t.warning)),
    }
    assert {pair: contrast(*pair) for pair in shapes if contrast(*pair) < SHAPE} == {}


class Sheet(QWidget):
    """All kinds of controls in all of their states, one below the other, as on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.controls: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        dialog = QDialog(self)
        dialog.setWindowFlags(Qt.WindowType.Widget)
        inside = QVBoxLayout(dialog)
        for enabled in (True, False):
            word = "" if enabled else " disabled"
            plain, chosen = QPushButton("Record"), QPushButton("Record")
            plain.setAutoDefault(False)
            chosen.setDefault(True)
            off, on = QToolButton(), QToolButton()
            for button in (off, on):
                button.setText("Record")
                button.setCheckable(True)
            on.setChecked(True)
            box, line, spin = QComboBox(), QLineEdit("Record"), QSpinBox()
            box.addItem("Record")
            spin.setValue(42)
            for name, control, into in (
                ("button", plain, column),
                ("default", chosen, inside),
                ("switch off", off, column),
                ("switch on", on, column),
                ("list", box, column),
                ("field", line, column),
                ("number", spin, column),
            ):
                control.setEnabled(enabled)
                into.addWidget(control)
                self.controls[name + word] = control
        column.addWidget(dialog)


@pytest.fixture
def sheet(application: QApplication, qtbot: QtBot) -> Callable[[Theme], Sheet]:
    def make(theme: Theme) -> Sheet:
        apply_theme(application, theme)
        sheet = Sheet()
        qtbot.addWidget(sheet)
        sheet.resize(420, 700)
        with qtbot.waitActive(sheet):
            sheet.show()
        settle()
        # No field with a blinking caret.
        sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        sheet.setFocus()
        settle()
        return sheet

    return make


def pixels(widget: QWidget) -> QImage:
    """Of the whole window, so that what shines through does."""
    window = widget.window()
    image = window.grab().toImage()
    return image.copy(QRect(widget.mapTo(window, QPoint()), widget.size()))


def colours(image: QImage, place: QRect) -> Counter[str]:
    return Counter(
        image.pixelColor(x, y).name()
        for x in range(place.left(), place.right() + 1)
        for y in range(place.top(), place.bottom() + 1)
    )


def strongest(image: QImage, place: QRect) -> float:
    """The contrast of what is drawn in `place` to its ground, its most frequent colour."""
    found = colours(image, place)
    ground = found.most_common(1)[0][0]
    return max(contrast(colour, ground) for colour in found)


@THEMES
def test_every_control_can_be_read_and_seen_in_every_state(
    sheet: Callable[[Theme], Sheet], theme: Theme
) -> None:
    shown, faint = sheet(theme), {}
    for name, control in shown.controls.items():
        image = pixels(control)
        inside = image.rect().adjusted(8, 5, -30 if "list" in name else -24, -5)
        if (read := strongest(image, inside)) < TEXT:
            faint[name] = read
        edge = image.pixelColor(0, image.height() // 2).name()
        if (seen := contrast(edge, theme.window)) < SHAPE:
            faint[f"{name}: border"] = seen
    assert faint == {}


@THEMES
def test_what_is_on_and_where_the_focus_is_are_two_things(
    sheet: Callable[[Theme], Sheet], theme: Theme, qtbot: QtBot
) -> None:
    shown = sheet(theme)
    for name in ("button", "default", "switch off", "switch on", "list", "field", "number"):
        control = shown.controls[name]
        shown.setFocus()
        settle()
        before, size = pixels(control), control.size()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        after = pixels(control)
        assert control.size() == size, name
        y = before.height() // 2
        for x in (0, 1):
            ring = after.pixelColor(x, y).name()
            assert contrast(ring, before.pixelColor(x, y).name()) >= SHAPE or x == 0, name
            assert contrast(ring, theme.window) >= SHAPE, name
    off, on = (pixels(shown.controls[f"switch {word}"]) for word in ("off", "on"))
    corner = QPoint(8, 8)
    assert contrast(off.pixelColor(corner).name(), on.pixelColor(corner).name()) >= SHAPE


@THEMES
def test_every_arrow_and_tick_can_be_seen(
    application: QApplication, sheet: Callable[[Theme], Sheet], theme: Theme, qtbot: QtBot
) -> None:
    shown = sheet(theme)
    box, spin = shown.controls["list"], shown.controls["number"]
    image = pixels(box)
    assert strongest(image, QRect(image.width() - 26, 8, 20, image.height() - 16)) >= SHAPE
    image = pixels(spin)
    half = image.height() // 2
    for top in (3, half):
        assert strongest(image, QRect(image.width() - 20, top, 16, half - 4)) >= SHAPE
    menu, tick = QMenu(), QCheckBox("tick")
    qtbot.addWidget(menu)
    qtbot.addWidget(tick)
    below = menu.addMenu("more")
    below.addAction("deeper")
    ticked = menu.addAction("on")
    ticked.setCheckable(True)
    ticked.setChecked(True)
    menu.popup(QPoint(50, 50))
    settle()
    for active in (None, below.menuAction(), ticked):
        if active is not None:
            menu.setActiveAction(active)
        image = menu.grab().toImage()
        first, second = (menu.actionGeometry(a) for a in (below.menuAction(), ticked))
        arrow = QRect(first.right() - 22, first.y() + 5, 16, first.height() - 10)
        check = QRect(second.x() + 6, second.y() + 5, 18, second.height() - 10)
        assert strongest(image, arrow) >= SHAPE and strongest(image, check) >= SHAPE
    menu.hide()
    below.hide()
    tick.setChecked(True)
    tick.show()
    settle()
    image = tick.grab().toImage()
    assert strongest(image, QRect(4, 4, 12, image.height() - 8)) >= SHAPE


def lab(colour: str, seen_by: NDArray[np.float64]) -> NDArray[np.float64]:
    parts = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(seen_by @ linear, 0, 1)
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@THEMES
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_curves_differ_for_every_kind_of_eyes(theme: Theme, eyes: str) -> None:
    axes = [lab(c, SEEN_BY[eyes]) for c in (theme.x_axis, theme.y_axis, theme.z_axis)]
    # Ten is told apart side by side; thin lines need a good deal more.
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(axes, 2)) > 35


def test_curves_differ_without_any_colour(application: QApplication, qtbot: QtBot) -> None:
    page = LivePage()
    qtbot.addWidget(page)
    page.resize(1280, 690)
    page.show()
    page.show_state(OPEN, 0.0)
    settle()
    assert len(set(DASHES)) == 3
    for theme in (DARK, LIGHT):
        page.set_theme(theme)
        for key, curves in page.traces.curves.items():
            assert tuple(curve.opts["pen"].style() for curve in curves) == DASHES
            letters = page.traces.letters[key].items
            assert [item.toPlainText() for item in letters] == ["x", "y", "z"]
            places = [item.mapRectToScene(item.boundingRect()) for item in letters]
            view = page.traces.plots[key].getViewBox()
            whole = view.mapRectToScene(view.boundingRect())
            for item, place in zip(letters, places, strict=True):
                assert item.isVisible()
                assert whole.left() <= place.left() and place.right() <= whole.right() + 4
            middles = sorted(place.center().y() for place in places)
            assert min(b - a for a, b in itertools.pairwise(middles)) > 0.7 * places[0].height()


def test_letters_move_apart_and_keep_their_order() -> None:
    assert spread([0.0, 5.0, -5.0], 1.0, -10, 10) == [0.0, 5.0, -5.0]
    close = spread([0.1, 0.0, 0.2], 1.0, -10, 10)
    assert close[1] < close[0] < close[2]
    assert min(abs(a - b) for a, b in itertools.combinations(close, 2)) == pytest.approx(1.0)
    top = spread([50.0, 60.0, 70.0], 2.0, -10, 10)
    assert top == sorted(top) and max(top) <= 9.0
    assert top[2] - top[1] == pytest.approx(2.0) and top[1] - top[0] == pytest.approx(2.0)
    cramped = spread([0.0, 0.0, 0.0], 50.0, -3, 3)
    assert min(cramped) >= -3 and max(cramped) <= 3
    assert spread([], 1.0, 0, 1) == []


def test_a_window_that_changes_its_colours_looks_as_one_that_began_with_them(
    application: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    def made(first: Theme, then: Theme) -> list[QImage]:
        apply_theme(application, first)
        page, dialog = LivePage(), TeachDialog(TaughtStore(tmp_path), TakeRecorder())
        shapes = Sheet()
        menu, rows = QMenu(), QListWidget()
        menu.addAction("one")
        rows.addItems(["one", "two"])
        rows.setCurrentRow(0)
        for widget in (page, dialog, shapes, menu, rows):
            qtbot.addWidget(widget)
        page.resize(1280, 690)
        dialog.resize(1000, 600)
        # The others are drawn without being shown: no focus comes and goes, no caret blinks.
        page.show()
        page.set_theme(first)
        dialog.set_theme(first)
        page.details.set_open(True)
        page.show_state(OPEN, 4.0)
        settle()
        apply_theme(application, then)
        page.set_theme(then)
        dialog.set_theme(then)
        settle()
        shots = [w.grab().toImage() for w in (page, dialog, shapes, menu, rows)]
        page.hide()
        return shots

    for one, other in ((LIGHT, DARK), (DARK, LIGHT)):
        began, changed = made(other, other), made(one, other)
        assert [a == b for a, b in zip(began, changed, strict=True)] == [True] * 5
