"""How large the pictures of each camera shall be."""

from __future__ import annotations

from engine.sources.cameras.camera_listing import CameraInfo

SIZES: tuple[tuple[int, int], ...] = ((640, 480), (1280, 720), (1920, 1080))
"""Width and height of what nearly every camera offers; without a choice, the middle one."""


def size_text(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def read_size(text: str) -> tuple[int, int] | None:
    """One of `SIZES`, from `size_text`; None for any other text."""
    return next((size for size in SIZES if size_text(size) == text), None)


class CameraSizes:
    """What was chosen for each camera, by its name and serial number: the same camera in another
    port keeps its choice. May be changed while another thread reads it."""

    def __init__(self) -> None:
        self._chosen: dict[str, tuple[int, int]] = {}

    def of(self, camera: CameraInfo) -> tuple[int, int] | None:
        """None: whatever is best without a choice."""
        return self._chosen.get(camera_key(camera))

    def choose(self, key: str, size: tuple[int, int] | None) -> None:
        """`key`: `camera_key` of the camera."""
        if size is None:
            self._chosen.pop(key, None)
        else:
            self._chosen[key] = size


def camera_key(camera: CameraInfo) -> str:
    """What a camera's choices are remembered by."""
    return f"{camera.name}#{camera.serial}" if camera.serial else camera.name
