"""Which words of a vocabulary of thousands are named: those of one lesson."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from desktop_app.widgets.calm_combo_box import CalmComboBox
from engine.bundle.lessons import Lesson


class LessonChooser(CalmComboBox):
    """Hidden where the vocabulary has no lessons. `chosen` brings a lesson's id, or '' for all
    words, of which those most alike are listed."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lessons: tuple[Lesson, ...] = ()
        self._current = ""
        self._language = "en"
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(20)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))
        self.hide()
        self.retranslate()

    @property
    def has_lessons(self) -> bool:
        return bool(self._lessons)

    def show_lessons(
        self, lessons: Sequence[Lesson], current: Lesson | None, language: str
    ) -> None:
        """Of the vocabulary in use, `current` the one whose words are named."""
        name = current.id if current is not None else ""
        if (tuple(lessons), language) != (self._lessons, self._language):
            self._lessons, self._language = tuple(lessons), language
            self._fill()
        if name != self._current or self.currentData() != name:
            self._current = name
            self.setCurrentIndex(max(0, self.findData(name)))

    def _fill(self) -> None:
        self.clear()
        self.addItem(self.tr("All words: the ten most alike"), "")
        for lesson in self._lessons:
            title = f"{lesson.text(self._language)} ({len(lesson.words)})"
            self.addItem(title, lesson.id)
        self.setCurrentIndex(max(0, self.findData(self._current)))

    def retranslate(self) -> None:
        self._fill()
        self.setAccessibleName(self.tr("Lesson"))
        self.setToolTip(self.tr("In a lesson one sign is named; of all words, ten are listed"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
