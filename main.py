"""SignMirror's door in a checkout; once installed, the command `signmirror` is the same."""

from __future__ import annotations

import sys

from desktop_app.command import main

if __name__ == "__main__":
    sys.exit(main())
