"""What a person is told when a source gives no pictures."""


class SourceError(Exception):
    """A source cannot be opened or has died; one plain line that names it and says what to do."""

    def __init__(self, message: str) -> None:
        # A file or camera may have a line break in its name; the message stays one line.
        super().__init__(" ".join(message.split()))
