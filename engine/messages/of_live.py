"""What happens while the engine runs beside a window."""

LIVE = {
    "live.not-answering": "Recognition did not answer any more; it is being started again.",
    "live.stopped": "Recognition stopped unexpectedly; it is being started again.",
    "sight.missing": (
        "{file}: this landmark model is missing, so nobody can be seen in pictures; install"
        " SignMirror again."
    ),
    "sight.unreadable": (
        "{file}: this landmark model cannot be read, so nobody can be seen in pictures; see that it"
        " may be read, or install SignMirror again."
    ),
    "sight.damaged": (
        "{file}: this landmark model is damaged, so nobody can be seen in pictures; install"
        " SignMirror again."
    ),
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
    "hint.too-dark": "It is too dark: turn on a light in front of you.",
    "hint.nobody": "Nobody is in the picture.",
    "hint.two-people": "Two people are in the picture: one at a time, please.",
    "hint.too-far": "You are too far away: come closer.",
    "hint.not-facing": "Turn to the camera.",
    "hint.hands-out": "Your hands are not in the picture: raise them, or move back a little.",
}
