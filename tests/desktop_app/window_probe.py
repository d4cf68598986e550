"""A window in a process of its own, as a screen of its own scale needs it; prints what it finds.

Arguments: settings file, language, theme, how large the letters are (1: as usual). The platform
and the scale come from the environment.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRect

from desktop_app.app import make_application
from desktop_app.main_window import MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.translation import Translation
from engine.bundle import load_bundle
from engine.live.live_engine import LiveEngine
from tests.desktop_app.geometry import faults, reachable, settle
from tests.desktop_app.live.test_live_page import OPEN


def numbers(rect: QRect) -> list[int]:
    return [rect.x(), rect.y(), rect.width(), rect.height()]


def main(settings_file: str, language: str, theme: str, letters: str) -> None:
    application = make_application()
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * float(letters))
    application.setFont(font)
    settings = Settings(Path(settings_file))
    settings.set("theme", theme)
    translation = Translation(application)
    translation.use(language)
    # Made, not started: nothing moves while it is measured.
    window = MainWindow(LiveEngine("reference:father", "asl20"), settings, translation, "asl20")
    window._paint.stop()
    window.show()
    state = replace(OPEN, card=load_bundle("asl20").card, no_camera=True)
    window.page.show_state(state, 4.0)
    settle()
    screen = window.screen()
    found = {
        "window": numbers(window.frameGeometry()),
        "inside": numbers(window.geometry()),
        "free": numbers(screen.availableGeometry()),
        "scale": screen.devicePixelRatio(),
        "faults": faults(window),
        "buttons": sorted(reachable(window)),
    }
    window.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
