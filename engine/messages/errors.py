"""What errors that are told to people have in common."""

from __future__ import annotations

from engine.messages.message import Message


class PlainError(Exception):
    """One plain line that names the file or device. `message` is that line, a `Message` wherever
    it is to be shown in the window's language."""

    def __init__(self, message: str) -> None:
        # A file or camera may have a line break in its name; the message stays one line.
        self.message = message if isinstance(message, Message) else " ".join(message.split())
        super().__init__(self.message)
