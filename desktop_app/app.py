"""Starting the window."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

# OpenCV before Qt: it sets Qt's plugin path on import, and engine.opencv takes that back.
from engine.opencv import cv2  # noqa: F401  # isort: skip

from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from desktop_app.choices.picture_menu import remembered_sizes
from desktop_app.choices.speed_menu import RUNTIMES
from desktop_app.main_window import DEFAULT_BUNDLE, MainWindow
from desktop_app.settings import Settings
from desktop_app.texts.figures import write_numbers_in
from desktop_app.texts.translation import LANGUAGES, Translation, system_language
from desktop_app.unexpected import UnexpectedNotice, window_failure_told
from engine.live.live_engine import LiveEngine
from engine.live.live_state import LiveState
from engine.live.power import BUDGET_CHOICES
from engine.logs import tell
from engine.paths import ASSETS
from engine.prediction import Prediction

SMALLEST_POINTS = 10.0
CALIBRATIONS = "gloves.json"
STATS_VARIABLE = "SIGNMIRROR_STATS"


def make_application() -> QApplication:
    """Qt's application object with our name, icon and font."""
    application = QApplication.instance() or QApplication(["SignMirror"])
    assert isinstance(application, QApplication)
    application.setApplicationName("SignMirror")
    application.setStyle("Fusion")
    write_numbers_in("en")
    icon = ASSETS / "icons" / "signmirror.svg"
    if icon.is_file():
        application.setWindowIcon(QIcon(str(icon)))
    families: list[str] = []
    for file in sorted((ASSETS / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if families:
        # One font everywhere: not every system's own has all Vietnamese letters.
        # Whoever has set larger letters for the whole computer has them here, too.
        points = max(SMALLEST_POINTS, application.font().pointSizeF())
        font = QFont(families[0])
        font.setPointSizeF(points)
        application.setFont(font)
    return application


def make_window(
    application: QApplication,
    settings: Settings,
    *,
    source: str | None = None,
    bundle: str | None = None,
    language: str | None = None,
    runtime: str | None = None,
    gloves: Sequence[str] = (),
    on_prediction: Callable[[Prediction, LiveState], None] | None = None,
) -> MainWindow:
    """The window with its engine running. What is not given comes from the settings;
    `gloves` and `on_prediction` as for `LiveEngine`. Raises GloveSpecError."""
    settings.claim()
    translation = Translation(application)
    stored = settings.text("language")
    translation.use(language or (stored if stored in LANGUAGES else system_language()))
    used_last, bundle_last = settings.text("source"), settings.text("bundle")
    spec = source or used_last or None
    name = bundle or bundle_last or DEFAULT_BUNDLE
    engine = LiveEngine(
        spec,
        name,
        runtime=runtime or settings.choice("runtime", RUNTIMES),
        budget=settings.choice("budget", BUDGET_CHOICES),
        left_handed=settings.flag("left_handed", False),
        on_prediction=on_prediction,
        gloves=gloves,
        calibrations=settings.file.with_name(CALIBRATIONS),
    )
    remembered_sizes(settings, engine.camera_sizes)
    # First of all: while the window is being made, the networks load next door.
    engine.start()
    window = MainWindow(engine, settings, translation, name)
    window.page.source_chooser.set_current(spec)
    window.fallback.began_with(
        source="" if source else used_last, bundle="" if bundle else bundle_last
    )
    return window


def run_window(
    source: str | None,
    bundle: str | None,
    *,
    language: str | None = None,
    runtime: str | None = None,
    gloves: Sequence[str] = (),
    settings_file: Path | None = None,
) -> int:
    """Open the window and stay until it is closed. Returns the process's exit status."""
    with window_failure_told():
        application = make_application()
    window = make_window(
        application,
        Settings(settings_file),
        source=source,
        bundle=bundle,
        language=language,
        runtime=runtime,
        gloves=gloves,
    )
    UnexpectedNotice(window).listen()
    window.show()
    # Qt's loop only lets Python look at signals when a timer of ours runs; the paint timer does.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    signal.signal(signal.SIGTERM, lambda *_: window.close())
    application.setQuitOnLastWindowClosed(True)
    status = application.exec()
    if os.environ.get(STATS_VARIABLE):
        _print_statistics(window)
    return status


def _print_statistics(window: MainWindow) -> None:
    state = window.last_state
    figures = {
        "frames": state.frames,
        "camera_fps": round(state.camera_fps, 2),
        "predictions": state.prediction_count,
        "predictions_per_s": round(state.predictions_per_s, 2),
        "dropped": state.dropped,
        "longest_stall_ms": round(window.stalls.longest_ms, 1),
        "longest_stall_loading_ms": round(window.stalls.longest_before_ms, 1),
    }
    tell(json.dumps(figures))
