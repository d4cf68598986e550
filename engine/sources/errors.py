"""What a person is told when a source gives no pictures."""


class SourceError(Exception):
    """A source cannot be opened or has died; one plain line that names it and says what to do."""
