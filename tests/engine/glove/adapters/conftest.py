"""The laboratory's streams stay in this computer while tests run."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_LSL = """[ports]
IPv6 = disable
[multicast]
ResolveScope = machine
[log]
level = -2
"""

# Read once, when the library is first used, here and in the programs that play devices.
if "LSLAPICFG" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="signmirror-lsl-")
    _file = Path(_folder) / "lsl_api.cfg"
    _file.write_text(_LSL, "utf-8")
    os.environ["LSLAPICFG"] = str(_file)
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
