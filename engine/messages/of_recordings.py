"""Why a file of landmarks or of a recorded motion cannot be used; what a sign that was recorded
lacks, and the sign encoder that compares it."""

RECORDINGS = {
    "recording.no-file": "{file}: there is no such file",
    "recording.unreadable": "{file}: not a readable landmark recording",
    "recording.does-not-fit": "{file}: its moments and landmarks do not belong together",
    "motion.unknown": "no reference motion for '{gloss}'; there are: {known}",
    "motion.no-vocabulary": "there are no reference motions of '{name}'",
    "motion.none": "none",
    "motion.unreadable": "{file}: not a readable reference motion",
    "motion.shape": "{file}: joints have shape {shape}, not {wanted}",
    "motion.hands-shape": "{file}: hands have shape {shape}, not {wanted}",
    "motion.numbers": "{file}: rate or joints are not usable numbers",
    "recording.nobody": "{file}: nobody can be seen in this take",
    "segment.no-hands": "no hand was seen: raise your hands into the picture",
    "segment.no-shoulders": "your shoulders were not seen: step back a little",
    "signs.no-card": "{file}: no card here, so this is no sign encoder",
    "signs.file-missing": "{file}: this file of the sign encoder is missing or unreadable",
    "signs.file-altered": (
        "{file}: this file of the sign encoder was altered or damaged (its SHA-256 is not the"
        " card's); get a fresh copy of SignMirror"
    ),
}
