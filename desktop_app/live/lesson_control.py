"""The lesson that is chosen: told to the engine, and remembered."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.choices.lesson_chooser import LessonChooser
from desktop_app.settings import Settings
from engine.live.live_engine import LiveEngine

_SETTING = "lesson"


class LessonControl(QObject):
    """A lesson of one vocabulary means nothing to another, so it can be remembered for all."""

    def __init__(
        self, engine: LiveEngine, settings: Settings, chooser: LessonChooser, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine, self._settings = engine, settings
        chooser.chosen.connect(self.choose)
        engine.set_lesson(settings.text(_SETTING) or None)

    def choose(self, lesson: str) -> None:
        """By its id; '' for all words."""
        self._settings.set(_SETTING, lesson)
        self._engine.set_lesson(lesson or None)
