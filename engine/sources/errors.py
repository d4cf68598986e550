"""What a person is told when a source gives no pictures."""

from engine.messages import Message, PlainError
from engine.sources.address import without_password


class SourceError(PlainError):
    """A source cannot be opened or has died; one plain line that names it and says what to do.

    Whatever it is made of, a password in an address is left out.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(_shown(message))


def _shown(message: Message) -> Message:
    return Message(
        message.code,
        **{
            name: _shown(value) if isinstance(value, Message) else without_password(value)
            for name, value in message.values.items()
        },
    )
