"""Why a source gives no pictures."""

SOURCES = {
    "source.none-given": ("no source given: name a camera, a file, an address or reference:SIGN"),
    "source.no-file": "{name}: there is no such file",
    "source.folder": "{name}: this is a folder; choose a video file in it",
    "source.empty": "{name}: the file is empty",
    "source.unreadable": "{name}: the file cannot be read",
    "source.file-no-video": (
        "{name}: not a video that can be played (it is damaged, or something else)"
    ),
    "source.file-fails": "{name}: not a video that can be played ({reason})",
    "source.only-text": "{name}: not a video that can be played (it holds text)",
    "source.no-pictures": "{name}: not a video that can be played (there are no pictures in it)",
    "source.only-cover": "{name}: not a video that can be played (its only picture is a cover)",
    "source.unknown-encoding": (
        "{name}: not a video that can be played (its encoding is not known here)"
    ),
    "source.nothing-decoded": "{name}: no picture in this file can be decoded",
    "source.stream-no-answer": "{name}: this stream cannot be opened (no answer in time)",
    "source.stream-no-video": "{name}: this stream cannot be opened (what answers is no video)",
    "source.stream-fails": "{name}: this stream cannot be opened ({reason})",
    "source.stream-stopped": "{name}: the stream stopped. Check the camera and the network.",
    "source.no-sign-named": "reference: name a sign, as reference:SIGN; there are: {known}",
    "source.no-such-motion": "reference:{gloss}: no such sign; there are: {known}",
    "source.no-motions": "reference:*: there are no reference motions",
    "source.motion-damaged": (
        "reference:{gloss}: its file {file} is damaged; install the program again"
    ),
    "source.no-file-or-camera": (
        "{name}: there is no such file or camera; cameras found: {cameras}"
    ),
    "source.no-file-no-camera": ("{name}: there is no such file or camera; no camera is connected"),
}
