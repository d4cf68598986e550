"""What a person is told when a source gives no pictures."""

from engine.messages import PlainError


class SourceError(PlainError):
    """A source cannot be opened or has died; one plain line that names it and says what to do."""
