"""What runs the networks, and why it is something else than was wanted."""

RUNTIMES = {
    "runtime.instead": "{title}: {reason}; {used} is used instead",
}
