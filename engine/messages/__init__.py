"""What the engine says to people, by code: the window shows it in its own language."""

from engine.messages.errors import PlainError
from engine.messages.message import TEMPLATES, Message
from engine.messages.system_reasons import reason_of

__all__ = ["TEMPLATES", "Message", "PlainError", "reason_of"]
