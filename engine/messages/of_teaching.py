"""Why a taught sign cannot be kept, read or exchanged."""

TEACHING = {
    "teaching.no-name": "Give the sign a name.",
    "teaching.cannot-write": "{place}: nothing can be written here ({reason}).",
    "teaching.busy": ("Another SignMirror is changing the taught signs. Try again in a moment."),
}
