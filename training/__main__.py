"""`python -m training …`, as a program: third parties' chatter goes to the log."""

from engine.logs import start_log

# Before anything that loads libraries.
start_log("training")

from training.program import run  # noqa: E402

run()
