"""A stand-in for a native library that talks on standard error, past Python, whenever it can."""

from __future__ import annotations

import os
from pathlib import Path

# Python runs `sitecustomize` in every process it starts, the ones next door included. The library
# 'loads' when the first of the real ones is imported: it says so, goes on talking from a thread,
# prints and logs by Python's own means, and says goodbye from C's own exit, after Python has ended.
_SITE = """
import sys

class NoisyLibrary:
    loaded = False

    def find_spec(self, name, path=None, target=None):
        if name in {"numpy", "torch", "cv2", "PySide6"} and not NoisyLibrary.loaded:
            NoisyLibrary.loaded = True
            make_noise()

def make_noise():
    import ctypes, logging, threading, time, warnings
    libc = ctypes.CDLL(None)
    libc.strdup.restype = ctypes.c_void_p
    libc.strdup.argtypes = [ctypes.c_char_p]
    exiting = libc.strdup(b"NOISE at exit")
    libc.__cxa_atexit.argtypes = [ctypes.c_void_p] * 3
    libc.__cxa_atexit(ctypes.cast(libc.perror, ctypes.c_void_p), exiting, None)

    def talk():
        while True:
            libc.write(2, b"NOISE at work\\n", 14)
            time.sleep(0.05)

    libc.write(2, b"NOISE at import\\n", 16)
    threading.Thread(target=talk, daemon=True).start()
    print("NOISE printed", file=sys.stderr)
    warnings.warn("NOISE warned")
    logging.getLogger("noise").warning("NOISE logged")
    handler = logging.StreamHandler()
    logging.getLogger("noise.own").addHandler(handler)
    logging.getLogger("noise.own").warning("NOISE by a handler of its own")

sys.meta_path.insert(0, NoisyLibrary())
"""

SAID = (
    "NOISE at import",
    "NOISE at work",
    "NOISE printed",
    "NOISE warned",
    "NOISE logged",
    "NOISE by a handler of its own",
    "NOISE at exit",
)


def noisy_environment(folder: Path) -> dict[str, str]:
    """An environment in which every Python has the library; its log is `folder`'s."""
    site = folder / "site"
    site.mkdir(parents=True)
    (site / "sitecustomize.py").write_text(_SITE, "utf-8")
    path = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": path, "SIGNMIRROR_LOGS": str(folder / "logs")}
