"""Where the log lies."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_log_path

LOGS_VARIABLE = "SIGNMIRROR_LOGS"


def log_file() -> Path:
    """`signmirror.log` in the user's log folder, or in `SIGNMIRROR_LOGS`; older ones lie beside it.

    It need not be there: where the folder cannot be written, nothing is kept.
    """
    folder = os.environ.get(LOGS_VARIABLE)
    base = Path(folder) if folder else user_log_path("SignMirror", appauthor=False)
    return base / "signmirror.log"
