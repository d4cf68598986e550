"""Sign recognition as a library: frames in, predictions out. No Qt, no training code.

    from engine import Recognizer, load_bundle, open_source

What is named here is loaded when it is first asked for: `import engine` alone loads nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.bundle import Bundle, BundleError, load_bundle
    from engine.frame import Frame
    from engine.live.live_engine import LiveEngine
    from engine.prediction import Prediction
    from engine.recognition.recognizer import Recognizer
    from engine.sources.errors import SourceError
    from engine.sources.opening import open_source

__all__ = [
    "Bundle",
    "BundleError",
    "Frame",
    "LiveEngine",
    "Prediction",
    "Recognizer",
    "SourceError",
    "load_bundle",
    "open_source",
]

_WHERE = {
    "Bundle": "engine.bundle",
    "BundleError": "engine.bundle",
    "Frame": "engine.frame",
    "LiveEngine": "engine.live.live_engine",
    "Prediction": "engine.prediction",
    "Recognizer": "engine.recognition.recognizer",
    "SourceError": "engine.sources.errors",
    "load_bundle": "engine.bundle",
    "open_source": "engine.sources.opening",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    found = getattr(import_module(_WHERE[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
