"""What the engine says to people, by code: the window shows it in its own language."""

from engine.messages.errors import PlainError
from engine.messages.message import TEMPLATES, Message

__all__ = ["TEMPLATES", "Message", "PlainError"]
