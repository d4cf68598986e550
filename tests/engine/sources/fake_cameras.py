"""Cameras that are plugged in and out by a test, as the system lists and OpenCV opens them."""

from __future__ import annotations

import shutil
import threading
import time
import types
from pathlib import Path

import numpy as np
import pytest

from engine.sources.cameras import camera


class FakeCameras:
    """A `/sys` and `/dev` of their own, and captures that give pictures while plugged in.

    `opened` has the number of each successful opening, in order. A camera is given to one asker at
    a time, as on Windows. Pictures are `height` x `width`, their left half white.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.opened: list[int] = []
        self.asked: list[int] = []
        self.sizes: list[tuple[int, int]] = []
        self.busy: set[int] = set()
        self._folder, self._lock = folder, threading.Lock()
        self._held: dict[int, _Capture] = {}
        (folder / "listed").mkdir(parents=True)
        (folder / "dev").mkdir()
        patch.setattr(camera, "_LISTED", folder / "listed")
        patch.setattr(camera, "_DEVICES", folder / "dev")
        patch.setattr(camera, "_open_device", lambda index: _Capture(self, index))

    def plug_in(self, number: int, name: str, *, serial: str = "", port: str = "") -> None:
        device = self._folder / "listed" / f"video{number}"
        device.mkdir()
        (device / "name").write_text(f"{name}\n")
        (device / "index").write_text("0\n")
        if port:
            interface = self._folder / "bus" / port.partition(":")[0] / port
            interface.mkdir(parents=True, exist_ok=True)
            (interface.parent / "serial").write_text(serial + "\n")
            (device / "device").symlink_to(interface, target_is_directory=True)
        (self._folder / "dev" / f"video{number}").touch()

    def unplug(self, number: int) -> None:
        (self._folder / "dev" / f"video{number}").unlink()
        shutil.rmtree(self._folder / "listed" / f"video{number}")

    def there(self, number: int) -> bool:
        return (self._folder / "dev" / f"video{number}").exists()

    def take(self, capture: _Capture, number: int) -> bool:
        with self._lock:
            self.asked.append(number)
            if not self.there(number) or number in self.busy or number in self._held:
                return False
            self._held[number] = capture
            self.opened.append(number)
            return True

    def give_back(self, capture: _Capture, number: int) -> None:
        with self._lock:
            if self._held.get(number) is capture:
                del self._held[number]


def as_on_windows(patch: pytest.MonkeyPatch) -> None:
    """A system that has no list of its own to read."""
    patch.setattr(camera, "sys", types.SimpleNamespace(platform="win32"))


class _Capture:
    def __init__(self, cameras: FakeCameras, number: int) -> None:
        self._cameras, self._number = cameras, number
        self._open = cameras.take(self, number)
        self._size = {"width": 64, "height": 48}

    def isOpened(self) -> bool:  # noqa: N802
        return self._open

    def set(self, setting: int, value: float) -> bool:
        if setting == camera.cv2.CAP_PROP_FRAME_WIDTH:
            self._size["width"] = int(value) // 20
        elif setting == camera.cv2.CAP_PROP_FRAME_HEIGHT:
            self._size["height"] = int(value) // 20
            self._cameras.sizes.append((self._size["width"] * 20, int(value)))
        return True

    def get(self, setting: int) -> float:
        return 30.0

    def read(self) -> tuple[bool, np.ndarray | None]:
        time.sleep(1 / 30)
        if not self._open or not self._cameras.there(self._number):
            return False, None
        image = np.zeros((self._size["height"], self._size["width"], 3), np.uint8)
        image[:, : image.shape[1] // 2] = 255
        return True, image

    def release(self) -> None:
        self._open = False
        self._cameras.give_back(self, self._number)
