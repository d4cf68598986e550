"""`python -m training …`, as a program: third parties' chatter goes to the log."""

import sys

from engine.logs import start_log, tell
from training.missing import missing_library

# Before anything that loads libraries.
start_log("training")

try:
    # Seconds, in which somebody may think better of it.
    from training.program import run
except KeyboardInterrupt:
    tell("training: stopped")
    sys.exit(130)
except ModuleNotFoundError as error:
    # Whoever only signs has not fetched what training needs.
    if (missing := missing_library(error)) is None:
        raise
    tell(f"training: {missing}")
    sys.exit(2)

run()
