"""What happens while the engine runs beside a window."""

LIVE = {
    "live.keeps-ending": (
        "Recognition has stopped unexpectedly several times. Choose another vocabulary, or close"
        " other programs and start SignMirror again."
    ),
    "hint.too-dark": "It is too dark: turn on a light in front of you.",
    "hint.nobody": "Nobody is in the picture.",
    "hint.two-people": "Two people are in the picture: one at a time, please.",
    "hint.too-far": "You are too far away: come closer.",
    "hint.not-facing": "Turn to the camera.",
    "hint.hands-out": "Your hands are not in the picture: raise them, or move back a little.",
}
