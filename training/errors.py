"""The error of the training package that is shown to the user."""


class DataError(Exception):
    """Recordings are missing, broken or not in the layout asked for; the message names the file."""
