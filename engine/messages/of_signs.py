"""What is said of signs that are compared by the sign encoder, and of its files."""

SIGNS: dict[str, str] = {
    "segment.no-hands": "no hand was seen: raise your hands into the picture",
    "segment.no-shoulders": "your shoulders were not seen: step back a little",
    "signs.no-card": "{file}: no card here, so this is no sign encoder",
    "signs.file-missing": "{file}: this file of the sign encoder is missing or unreadable",
    "signs.file-altered": (
        "{file}: this file of the sign encoder was altered or damaged (its SHA-256 is not the"
        " card's); get a fresh copy of SignMirror"
    ),
}
