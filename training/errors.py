"""What a person is told when training cannot go on."""


class DataError(Exception):
    """Recordings are missing, broken or not in the layout asked for; the message names the file."""
