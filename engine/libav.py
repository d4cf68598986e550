"""PyAV, imported once and silent: `from engine.libav import av`."""

from __future__ import annotations

import av
from av.sidedata.sidedata import SideData

# libav's own words are for nobody here. At any level of PyAV's its threads would call into Python,
# and wait for ever for a lock that whoever closes the film holds; at none they call nothing.
av.logging.set_level(None)

__all__ = ["SideData", "av"]
