"""What happens while the engine runs beside a window."""

LIVE = {
    "live.keeps-ending": (
        "Recognition has stopped unexpectedly several times. Choose another vocabulary, or close"
        " other programs and start SignMirror again. What happened is written in {log}"
    ),
    "live.no-window": (
        "the window cannot be opened ({reason}); README.md says what to do under 'When something"
        " goes wrong', and the whole of it is written in {log}"
    ),
    "live.not-loaded": (
        "a part of the program cannot be loaded ({reason}); README.md says what to do under 'When"
        " something goes wrong', and the whole of it is written in {log}"
    ),
    "live.unexpected": "something went wrong unexpectedly; what happened is written in {log}",
}
