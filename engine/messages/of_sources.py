"""Why a source gives no pictures."""

SOURCES = {
    "source.no-file": "{name}: there is no such file",
    "source.is-folder": "{name}: this is a folder; choose a video file in it",
    "source.empty": "{name}: the file is empty",
    "source.unreadable": "{name}: the file cannot be read",
    "source.no-video": "{name}: not a video that can be played; it is damaged or something else",
    "source.not-playable": "{name}: not a video that can be played ({reason})",
    "source.only-text": "{name}: not a video that can be played (it holds text)",
    "source.no-pictures": "{name}: not a video that can be played (there are no pictures in it)",
    "source.only-cover": "{name}: not a video that can be played (its only picture is a cover)",
    "source.unknown-encoding": (
        "{name}: not a video that can be played (its encoding is not known here)"
    ),
    "source.nothing-decoded": "{name}: no picture in this file can be decoded",
    "source.stream-no-answer": (
        "{name}: this stream cannot be opened (no answer in time). Is the camera switched on and in"
        " this network?"
    ),
    "source.stream-refused": (
        "{name}: this stream cannot be opened (the connection is refused). Check the camera and the"
        " number behind the colon."
    ),
    "source.stream-password": (
        "{name}: this stream cannot be opened (it wants another name and password). Write them into"
        " the address: http://NAME:PASSWORD@…"
    ),
    "source.stream-nothing-there": (
        "{name}: this stream cannot be opened (the camera has nothing at this address). Look the"
        " video address up in its settings."
    ),
    "source.stream-no-video": (
        "{name}: this stream cannot be opened (what answers is no video). Use the address of the"
        " video itself."
    ),
    "source.stream-not-reached": (
        "{name}: this stream cannot be opened (nothing is found there). Check the address and the"
        " network."
    ),
    "source.stream-fails": "{name}: this stream cannot be opened ({reason})",
    "source.stream-stopped": "{name}: the stream stopped. Check the camera and the network.",
    "source.no-sign-named": "reference: name a sign, as reference:SIGN; there are: {known}",
    "source.no-such-motion": "reference:{gloss}: no such sign; there are: {known}",
    "source.no-motions": "reference:*: there are no reference motions",
    "source.motion-damaged": (
        "reference:{gloss}: its file {file} is damaged; install the program again"
    ),
}
