"""What a glove alone is recognised as, in letters as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.texts.figures import percent
from desktop_app.texts.sign_names import SignNames
from engine.bundle import BundleCard
from engine.live.live_state import LiveState

_SMALLEST_PX = 20.0


class _Letter(QWidget):
    """One sign, as large as it fits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.setMinimumHeight(110)

    def show_text(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = QFont(self.font())
        font.setBold(True)
        size = max(_SMALLEST_PX, 0.7 * self.height())
        font.setPixelSize(round(size))
        width = QFontMetricsF(font).horizontalAdvance(self.text or "M")
        if width > self.width() * 0.95:
            font.setPixelSize(round(max(_SMALLEST_PX, size * 0.95 * self.width() / width)))
        painter.setFont(font)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)


class LetterStep(QWidget):
    """Shows predictions of a vocabulary that needs no camera."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names, self._card = SignNames(), None
        self._language = "en"
        self.letter, self.others, self.honest = _Letter(self), QLabel(self), QLabel(self)
        self.others.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.others.setObjectName("instruction")
        self.honest.setObjectName("quiet")
        self.honest.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.letter, 1)
        column.addWidget(self.others)
        column.addWidget(self.honest)
        self.retranslate()

    _card: BundleCard | None

    def set_language(self, language: str) -> None:
        self._language = language
        self._names.use(self._card, language)

    def show_state(self, state: LiveState) -> None:
        if state.card is not self._card:
            self._card = state.card
            self._names.use(self._card, self._language)
        prediction = state.prediction
        fresh = any(glove.fingers and glove.link.state == "live" for glove in state.gloves)
        if prediction is None:
            words = self.tr("Sign with the glove") if fresh else self.tr("Put on the glove")
            self.letter.show_text("")
            self.others.setText(words)
            return
        self.letter.show_text("" if prediction.sign is None else self._names.text(prediction.sign))
        self.others.setText(
            "   ".join(f"{self._names.text(gloss)} {percent(p)}" for gloss, p in prediction.top[:3])
        )

    def retranslate(self) -> None:
        self.honest.setText(
            self.tr(
                "How good it is was measured on the people who recorded it, and on nobody else:"
                " on another hand it may well be wrong more often."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
