"""Why a bundle cannot be used."""

BUNDLES = {
    "bundle.unknown": "{name}: no such bundle; there are: {known}",
}
