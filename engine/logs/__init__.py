"""Where everything goes that is not for the person: third parties' chatter, and what went wrong."""

from engine.logs.folder import log_file
from engine.logs.person import person_stream, tell
from engine.logs.start import start_child_log, start_log

__all__ = ["log_file", "person_stream", "start_child_log", "start_log", "tell"]
