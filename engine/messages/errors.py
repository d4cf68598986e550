"""What errors that are told to people have in common."""

from __future__ import annotations

from engine.messages.message import Message


class PlainError(Exception):
    """One plain line that names the file or device: `message`, which the window says in its own
    language."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)
