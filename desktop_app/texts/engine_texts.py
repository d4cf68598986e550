"""What the engine says, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.messages import TEMPLATES, Message

CONTEXT = "Engine"
"""Under which translators find the engine's sentences."""


def in_words(message: str | None) -> str:
    """A `Message` in the window's language; any other text as it is; '' for None."""
    if not isinstance(message, Message):
        return message or ""
    template = QCoreApplication.translate(CONTEXT, TEMPLATES[message.code])
    return template.format_map({name: in_words(value) for name, value in message.values.items()})
