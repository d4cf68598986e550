"""What happens while the engine runs beside a window."""

LIVE = {
    "live.keeps-ending": (
        "Recognition has stopped unexpectedly several times. Choose another vocabulary, or close"
        " other programs and start SignMirror again."
    ),
}
