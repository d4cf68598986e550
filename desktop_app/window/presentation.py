"""The picture and the sign alone, as large as the screen, for a room that looks on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget

from desktop_app.live.live_page import LivePage

HINT_MS = 6_000
_FROM_TOP = 18


class Presentation(QObject):
    """Enters and leaves; what it hides comes back as it was, and the focus where it was.

    `leave_asked`: a person wants it to end.
    """

    leave_asked = Signal()

    def __init__(self, window: QMainWindow, page: LivePage) -> None:
        super().__init__(window)
        self._window, self._page = window, page
        self._on = self._was_full = False
        self._focus: QWidget | None = None
        self.hint = QPushButton(page)
        self.hint.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint.clicked.connect(self._leave)
        self.hint.hide()
        self.hint_timer = QTimer(self)
        self.hint_timer.setSingleShot(True)
        self.hint_timer.setInterval(HINT_MS)
        self.hint_timer.timeout.connect(self.hint.hide)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self._leave)

    @property
    def on(self) -> bool:
        return self._on

    def show(self, on: bool) -> None:
        """Begin or end; the same again changes nothing."""
        if on == self._on:
            return
        self._on, self._was_full = on, False
        window, states = self._window, Qt.WindowState
        if on:
            self._focus = window.focusWidget()
        window.menuBar().setVisible(not on)
        self._page.present(on)
        self._page.mirror.setMouseTracking(on)
        for widget in (self._page, self._page.mirror):
            # Each event costs a little: only as long as somebody may look for a way out.
            (widget.installEventFilter if on else widget.removeEventFilter)(self)
        self._escape.setEnabled(on)
        state = window.windowState()
        window.setWindowState(
            state | states.WindowFullScreen if on else state & ~states.WindowFullScreen
        )
        if on:
            self._page.mirror.setFocus()
            self._show_hint()
        else:
            self.hint.hide()
            if self._focus is not None:
                self._focus.setFocus()

    def was_left(self) -> bool:
        """Whether the window has been full, for a presentation, and is no longer."""
        full = self._window.isFullScreen()
        left = self._on and self._was_full and not full
        self._was_full = self._on and full
        return left

    def _leave(self) -> None:
        # By the action, so that its tick in the menu goes, too.
        self.leave_asked.emit()

    def _show_hint(self) -> None:
        self.hint.setText(self.tr("Back to the whole window: Esc"))
        # In a room that looks on, the screen is further away than a desk's.
        font = QFont(self._page.font())
        font.setPixelSize(max(self._page.fontMetrics().height(), self._page.height() // 48))
        self.hint.setFont(font)
        self.hint.adjustSize()
        self._place_hint()
        self.hint.show()
        self.hint.raise_()
        self.hint_timer.start()

    def _place_hint(self) -> None:
        x = (self._page.width() - self.hint.width()) // 2
        self.hint.move(QPoint(max(0, x), _FROM_TOP))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._page:
            self._place_hint()
        elif event.type() == QEvent.Type.MouseMove:
            # Whoever takes the mouse looks for a way out.
            self._show_hint()
        return False
