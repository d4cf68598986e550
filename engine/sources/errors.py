"""What a person is told when a source gives no pictures."""

from engine.messages import Message, PlainError
from engine.sources.address import without_password


class SourceError(PlainError):
    """A source cannot be opened or has died; one plain line that names it and says what to do.

    Whatever it is made of, a password in an address is left out.
    """

    def __init__(self, message: str) -> None:
        if isinstance(message, Message):
            shown = {name: _redacted(text) for name, text in message.values.items()}
            super().__init__(Message(message.code, **shown))
        else:
            super().__init__(without_password(message))


def _redacted(text: str) -> str:
    # A message within a message stays one where there is nothing to hide.
    clean = without_password(text)
    return text if clean == text else clean
