"""What may not stand in a log: who may see a camera."""

from __future__ import annotations

import re

_IN_ADDRESS = re.compile(r"//[^\s\"'<>]*@")
_IN_QUERY = re.compile(
    r"(?i)([?&;](?:user\w*|login|pass\w*|pwd|token|auth\w*|\w*key)=)[^&;\s\"'<>]+"
)


def redacted(text: str) -> str:
    """`text` without the names and passwords of addresses in it.

    `rtsp://eve:secret@camera/1` becomes `rtsp://***@camera/1`, `…?user=eve&pwd=secret` becomes
    `…?user=***&pwd=***`.
    """
    return _IN_QUERY.sub(r"\1***", _IN_ADDRESS.sub("//***@", text))
