"""What runs the networks, and why it is something else than was wanted."""

RUNTIMES = {
    "runtime.preparation-ended": (
        "the process that prepares faster networks has ended unexpectedly; what happened is written"
        " in {log}"
    ),
    "runtime.instead": "{title}: {reason}; {used} is used instead",
}
