"""The whole engine measured with the window open before it, as people have it."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from desktop_app.app import make_application, make_window
from desktop_app.settings import Settings
from engine.benchmark.live_figures import LiveFigures, LiveMeasurement, LiveTask

_STEP_S = 0.004


def measure_in_window(task: LiveTask) -> LiveFigures:
    """Opens the window, in a process that has none yet. Raises MeasurementError when nothing is
    recognised."""
    measurement = LiveMeasurement()
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="signmirror-") as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.set("budget", "full")
        window = make_window(
            application,
            settings,
            source=task.source,
            bundle=task.bundle,
            language="en",
            runtime=task.runtime,
            on_prediction=measurement.on_prediction,
        )
        window.show()

        def wait(seconds: float) -> None:
            end = time.perf_counter() + seconds
            while time.perf_counter() < end:
                application.processEvents()
                time.sleep(_STEP_S)

        try:
            return measurement.measure(
                window.engine, task.seconds, wait, lambda: window.stalls.longest_ms
            )
        finally:
            window.close()
