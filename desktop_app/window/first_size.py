"""Where a window opens: whole on its screen, whatever that has free between its bars."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QStyle, QWidget

WANTED = QSize(1280, 720)
_SMALLEST_DIALOG = QSize(800, 500)
# What the desktop draws around a window, as long as it has not said: a border at either side.
_BORDER = 8


def place_window(window: QWidget, geometry: QByteArray | None) -> None:
    """Give `window` the stored `geometry`, else its first size, and keep it on the screen.

    What was stored on another screen, or on this one at another scale, is cut to the present one.
    """
    if geometry is None or not window.restoreGeometry(geometry):
        free = _screen(window).availableGeometry()
        window.resize(first_size(free.size(), _frame(window)))
        place = QRect(QPoint(), window.size())
        place.moveCenter(free.center())
        window.move(place.topLeft())
    keep_on_screen(window)
    _Guard(window)


def first_size(free: QSize, frame: QSize) -> QSize:
    """The size inside a window's frame, in logical pixels; `free` is what the screen has free."""
    return WANTED.boundedTo(free - frame)


def dialog_size(parent: QWidget, wanted: QSize) -> QSize:
    """Of a dialog before `parent`: a little smaller than that if that is large, and whole on the
    screen."""
    free = _screen(parent).availableGeometry().size() - _unknown_frame(parent)
    inside = (parent.size() - QSize(60, 40)).expandedTo(_SMALLEST_DIALOG)
    return wanted.boundedTo(inside).boundedTo(free)


def keep_on_screen(window: QWidget) -> None:
    """Make `window` smaller and move it until its frame lies in the screen's free part."""
    if window.isMaximized() or window.isFullScreen():
        return
    free = _screen(window).availableGeometry()
    frame = _frame(window)
    window.resize(window.size().boundedTo(free.size() - frame))
    outer = QRect(window.pos(), window.size() + frame)
    x = min(max(outer.x(), free.x()), free.x() + free.width() - outer.width())
    y = min(max(outer.y(), free.y()), free.y() + free.height() - outer.height())
    if (x, y) != (outer.x(), outer.y()):
        window.move(x, y)


class _Guard(QObject):
    """Looks again when the frame is known, and when the screen gets another size or scale."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)
        for screen in QGuiApplication.screens():
            self._watch(screen)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._watch)

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._look)

    def _look(self) -> None:
        keep_on_screen(self._window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            # The desktop frames a window only after it is shown.
            QTimer.singleShot(0, self, self._look)
        return False


def _screen(window: QWidget) -> QScreen:
    return window.screen() or QGuiApplication.primaryScreen()


def _frame(window: QWidget) -> QSize:
    """What the desktop draws around `window`, both sides together."""
    if window.isVisible():
        return window.frameGeometry().size() - window.size()
    return _unknown_frame(window)


def _unknown_frame(window: QWidget) -> QSize:
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight, None, window)
    return QSize(2 * _BORDER, title + _BORDER)
