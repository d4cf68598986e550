"""Why a bundle cannot be used."""

BUNDLES = {
    "bundle.unknown": "{name}: no such bundle; there are: {known}",
    "bundle.none": "none",
    "bundle.not-loaded": "no vocabulary is loaded",
    "bundle.no-pictures": "{name}: this bundle looks at no pictures",
    "bundle.file-missing": "{file}: this file of the bundle is missing or unreadable",
    "bundle.file-altered": (
        "{file}: this file was altered or damaged (its SHA-256 is not the card's); get a fresh copy"
        " of the bundle"
    ),
    "bundle.no-card": "{file}: no card here, so this is not a bundle",
    "bundle.card-damaged": "{file}: the card is damaged (not JSON)",
    "bundle.card-invalid": "{file}: the card is not valid ({reason})",
    "bundle.newer": (
        "{file}: format {version} is newer than this SignMirror reads ({known}); update SignMirror"
    ),
    "bundle.weights-unreadable": "{file}: these weights cannot be read",
    "bundle.weights-unfit": "{file}: these weights do not fit the card",
    "bundle.other-lexicon": (
        "{name}: this vocabulary was made for another lexicon; get one of the same SignMirror"
    ),
    "bundle.no-lesson": "{name}: no such lesson in this vocabulary; there are: {known}",
    "bundle.lessons-damaged": "{file}: these lessons cannot be read ({reason})",
    "bundle.not-its-examples": "{file}: not the examples of this card",
}
