"""OpenCV, imported once and without its Qt: `from engine.opencv import cv2`."""

from __future__ import annotations

import os

# A camera that hangs is given up after two seconds and not after ten; OpenCV reads this on import.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")

import cv2

# OpenCV's wheel points Qt at its own plugins and fonts; PySide6 would then load the wrong ones.
for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_name, None)

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
