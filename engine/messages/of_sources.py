"""Why a source gives no pictures."""

SOURCES = {
    "source.none-given": ("no source given: name a camera, a file, an address or reference:SIGN"),
    "source.no-file": "{name}: there is no such file",
    "source.folder": "{name}: this is a folder; choose a video file in it",
    "source.no-file-or-camera": (
        "{name}: there is no such file or camera; cameras found: {cameras}"
    ),
    "source.no-file-no-camera": ("{name}: there is no such file or camera; no camera is connected"),
}
