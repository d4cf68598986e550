"""The window's language, changed while it runs."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from desktop_app.texts.figures import write_numbers_in

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}
_FOLDER = Path(str(resources.files("desktop_app"))) / "translations"


def system_language() -> str:
    """The desktop's language where we speak it, else English."""
    code = QLocale.system().name()[:2]
    return code if code in LANGUAGES else "en"


class Translation:
    """Installs one translator at a time; widgets are told by Qt's LanguageChange event."""

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._translator: QTranslator | None = None
        self.language = "en"

    def use(self, language: str) -> None:
        """Switch to 'en' or 'vi'; an unknown language is English."""
        self.language = language if language in LANGUAGES else "en"
        write_numbers_in(self.language)
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        if self.language != "en":
            translator = QTranslator(self._application)
            if translator.load(str(_FOLDER / f"signmirror_{self.language}.qm")):
                self._application.installTranslator(translator)
                self._translator = translator
