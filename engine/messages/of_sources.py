"""Why a source gives no pictures."""

SOURCES = {
    "source.no-file": "{name}: there is no such file",
}
