"""Why libav would not open a film or a stream, in words that say what to do."""

from __future__ import annotations

from engine.libav import av
from engine.messages import Message


def unplayable(name: str, error: Exception) -> Message:
    """Of a file."""
    if isinstance(error, av.error.InvalidDataError):
        return Message("source.no-video", name=name)
    return Message("source.not-playable", name=name, reason=_libavs_words(error))


def unreachable(name: str, error: Exception) -> Message:
    """Of an address."""
    match error:
        case av.error.ExitError() | TimeoutError():
            why = "no-answer"
        case ConnectionError():
            why = "refused"
        case av.error.HTTPUnauthorizedError() | av.error.HTTPForbiddenError():
            why = "password"
        case av.error.HTTPClientError():
            why = "nothing-there"
        case av.error.InvalidDataError():
            why = "no-video"
        case OSError():
            # Whatever was wrong with the host's name or the way there, libav says 'I/O error'.
            why = "not-reached"
        case _:
            return Message("source.stream-fails", name=name, reason=_libavs_words(error))
    return Message(f"source.stream-{why}", name=name)


def _libavs_words(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.splitlines()[0].lower()
