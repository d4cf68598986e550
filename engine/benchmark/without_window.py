"""The whole engine measured in a process of its own, with no window before it."""

from __future__ import annotations

from engine.benchmark.live_figures import LiveFigures, LiveMeasurement, LiveTask
from engine.live.live_engine import LiveEngine


def measure_without_window(task: LiveTask) -> LiveFigures:
    """Raises MeasurementError when nothing is recognised."""
    measurement = LiveMeasurement()
    engine = LiveEngine(
        task.source,
        task.bundle,
        runtime=task.runtime,
        budget="full",
        on_prediction=measurement.on_prediction,
    )
    engine.start()
    try:
        return measurement.measure(engine, task.seconds)
    finally:
        engine.stop()
