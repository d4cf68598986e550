"""MediaPipe without what it brings for drawing and for sound, which nobody here asks for.

Importing it imports Matplotlib and the system's sound library as well: two thirds of its time, and
forty megabytes. They are kept out while it is imported, and only then: whoever wants Matplotlib
later gets it.
"""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType
from typing import Any

_one_imports = threading.Lock()


def import_mediapipe() -> None:
    """From now on `import mediapipe` costs nothing. Raises ImportError, as that does."""
    with _one_imports:
        if "mediapipe" not in sys.modules:
            _import()


def _import() -> None:
    plotting = ModuleType("matplotlib.pyplot")
    drawing: Any = ModuleType("matplotlib")
    drawing.pyplot = plotting
    # MediaPipe itself takes the absence of `sounddevice` for what it is.
    standing_in = {"matplotlib": drawing, "matplotlib.pyplot": plotting, "sounddevice": None}
    put = {name: one for name, one in standing_in.items() if name not in sys.modules}
    sys.modules.update(put)
    try:
        importlib.import_module("mediapipe")
    finally:
        for name, one in put.items():
            if sys.modules.get(name) is one:
                del sys.modules[name]
