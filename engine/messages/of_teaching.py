"""Why a taught sign cannot be kept, read or exchanged."""

TEACHING = {
    "teaching.no-name": "Give the sign a name.",
    "teaching.name-too-long": "A name has at most {most} characters.",
    "teaching.name-unprintable": "A name consists of letters that can be shown.",
    "teaching.taken": "'{gloss}' is taught already.",
    "teaching.unknown": "'{gloss}' is not a taught sign.",
    "teaching.no-such-take": "'{gloss}' has no take {number}.",
    "teaching.sign-full": "'{gloss}' has {most} takes already; delete one first.",
    "teaching.full": "There are {most} taught signs already.",
    "teaching.take-empty": "This take holds nothing that can be used.",
    "teaching.take-left-out": (
        "{file}: this take of '{gloss}' is missing or damaged; it is left out."
    ),
    "teaching.list-damaged": "{name}: this list of taught signs is damaged.",
    "teaching.list-newer": (
        "{name}: this list of taught signs is of a newer SignMirror; update SignMirror."
    ),
    "teaching.list-unreadable": "{file}: cannot be read ({reason}).",
    "teaching.cannot-write": "{place}: nothing can be written here ({reason}).",
    "teaching.busy": ("Another SignMirror is changing the taught signs. Try again in a moment."),
    "teaching.nothing-to-export": "There is no taught sign to export.",
    "teaching.file-unreadable": "{file}: this file cannot be read.",
    "teaching.file-too-large": "{file}: this file is too large.",
    "teaching.file-other": "{file}: this is not a file of taught signs.",
    "teaching.file-at-fault": "{file}: {reason}",
    "teaching.too-many-takes": "there are too many takes in it.",
    "teaching.take-altered": "{name} was altered or damaged.",
    "teaching.part-too-large": "{name} is too large.",
    "teaching.part-other": "{name} is not a recording.",
    "teaching.part-no-sign": "{name} is not a recording of a sign.",
}
