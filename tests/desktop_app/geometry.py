"""What lies outside, what is cut off, and what lies over one another: in pixels, for every widget
that can be seen."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMainWindow,
    QScrollBar,
    QWidget,
)

from desktop_app.live.live_page import LivePage
from desktop_app.widgets.elided_label import ElidedLabel
from desktop_app.widgets.elided_list import ElidedList

# A QLabel's hint for rich text is some pixels more than its letters need.
SLACK = 1


def settle(times: int = 6) -> None:
    """Let Qt lay everything out; a part that appears asks for another round."""
    for _ in range(times):
        QApplication.processEvents()


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def seen(window: QWidget) -> list[QWidget]:
    """Every widget of this window that can be seen; other windows and their parts are not."""
    return [w for w in window.findChildren(QWidget) if w.isVisible() and w.window() is window]


def outside(window: QWidget) -> list[str]:
    """Widgets that reach beyond their parent, and with that beyond the window."""
    found = []
    for widget in seen(window):
        parent = widget.parentWidget()
        if parent is None or isinstance(widget, QScrollBar):
            continue
        if not parent.rect().contains(widget.geometry()):
            found.append(f"{name(widget)} {widget.geometry()} in {name(parent)} {parent.rect()}")
        elif not window.rect().contains(place(widget, window)):
            found.append(f"{name(widget)} at {place(widget, window)}")
    return found


def cut(window: QWidget) -> list[str]:
    """Words with less room than they need, unless they end in '…' and have a tool tip."""
    found = []
    for widget in seen(window):
        if isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, ElidedList):
            text, shown = widget.currentText(), widget.shown_text()
            told = shown == text or (widget.tip() == text and len(shown) > 4)
            if not told or widget.height() + SLACK < widget.sizeHint().height():
                found.append(f"{name(widget)}: {widget.shown_text()!r} in {widget.size()}")
        elif isinstance(widget, QLabel) and widget.text():
            need = widget.sizeHint()
            if widget.wordWrap():
                need = QSize(0, widget.heightForWidth(widget.width()))
            if need.width() > widget.width() + SLACK or need.height() > widget.height() + SLACK:
                found.append(f"{name(widget)} needs {need}, has {widget.size()}")
        elif isinstance(widget, QAbstractButton) and widget.text():
            need = widget.sizeHint()
            if need.width() > widget.width() + SLACK or need.height() > widget.height() + SLACK:
                found.append(f"{name(widget)} needs {need}, has {widget.size()}")
    return found


def overlaps(window: QWidget) -> list[str]:
    """Neighbours, parts of one whole, that lie over one another."""
    found = []
    for parent in [window, *seen(window)]:
        if parent.inherits("QAbstractScrollArea"):
            continue
        parts = [w for w in parent.findChildren(QWidget) if w.parentWidget() is parent]
        parts = [w for w in parts if w.isVisible() and w.window() is window]
        found += [
            f"{name(a)} {a.geometry()} and {name(b)} {b.geometry()}"
            for a, b in itertools.combinations(parts, 2)
            if a.geometry().intersects(b.geometry())
        ]
    return found


def faults(window: QMainWindow) -> list[str]:
    """All that is wrong with the window's parts; the sign and the picture must be there."""
    found = outside(window) + cut(window) + overlaps(window)
    page = window.centralWidget()
    assert isinstance(page, LivePage)
    for part, least in ((page.mirror, QSize(240, 120)), (page.sign_card, QSize(200, 100))):
        if not part.isVisible() or part.width() < least.width() or part.height() < least.height():
            found.append(f"{name(part)} is {part.size()}")
    if page.sign_card.sign:
        page.sign_card.grab()
        if page.sign_card.cut_text:
            found.append(f"the sign is cut: {page.sign_card.cut_text}")
    return found


def reachable(window: QMainWindow) -> set[str]:
    """Texts of the buttons above the picture, whether they stand there or in the menu '…'."""
    page = window.centralWidget()
    assert isinstance(page, LivePage)
    texts = {b.text() for b in page.controls.buttons if b.isVisible()}
    if page.controls.overflow.isVisible():
        texts |= {action.iconText() for action in page.controls.overflow_menu.actions()}
    return texts


def name(widget: QWidget) -> str:
    text = getattr(widget, "text", str)()
    return f"{type(widget).__name__}({widget.objectName() or widget.accessibleName() or text})"
