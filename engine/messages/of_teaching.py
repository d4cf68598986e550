"""Why a taught sign cannot be kept, read or exchanged."""

TEACHING = {
    "teaching.no-name": "Give the sign a name.",
}
