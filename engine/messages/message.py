"""A sentence for people that remembers its code and its values, so that it can be translated."""

from __future__ import annotations

from collections.abc import Mapping

from engine.messages.of_bundles import BUNDLES
from engine.messages.of_calibration import CALIBRATION
from engine.messages.of_cameras import CAMERAS
from engine.messages.of_gloves import GLOVES
from engine.messages.of_live import LIVE
from engine.messages.of_recordings import RECORDINGS
from engine.messages.of_runtimes import RUNTIMES
from engine.messages.of_sources import SOURCES
from engine.messages.of_system import SYSTEM
from engine.messages.of_takes import TAKES
from engine.messages.of_teaching import TEACHING

TEMPLATES: Mapping[str, str] = {
    **SOURCES,
    **CAMERAS,
    **BUNDLES,
    **RUNTIMES,
    **TEACHING,
    **RECORDINGS,
    **LIVE,
    **GLOVES,
    **CALIBRATION,
    **SYSTEM,
    **TAKES,
}
"""Code to English sentence, with the names of its values in braces."""


class Message(str):
    """The English sentence, usable wherever a string is; `code` and `values` make it again in
    another language.

    `Message("source.no-file", name="clip.mp4")` is 'clip.mp4: there is no such file'. It is one
    line, whatever line breaks a file's name holds. A code or a value that is missing raises
    KeyError. A value may be a `Message` itself. Formatting one into another string loses its code:
    hand it on as it is.
    """

    code: str
    values: dict[str, str]

    def __new__(cls, code: str, **values: object) -> Message:
        words = {
            name: value if isinstance(value, Message) else " ".join(str(value).split())
            for name, value in values.items()
        }
        self = super().__new__(cls, TEMPLATES[code].format_map(words))
        self.code, self.values = code, words
        return self

    def __reduce__(self) -> tuple[object, ...]:
        # Sent to another process, it must stay what it is.
        return _again, (self.code, self.values)


def _again(code: str, values: dict[str, str]) -> Message:
    return Message(code, **values)
