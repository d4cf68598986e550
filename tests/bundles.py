"""Bundles that come with SignMirror, changed for a test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from engine.bundle import Bundle, load_bundle
from engine.paths import BUNDLES


def without_converted(name: str, folder: Path) -> Bundle:
    """A copy in `folder` whose landmark network OpenVINO cannot read: it has to be converted
    first, as of bundles of format 3."""
    copy = Path(shutil.copytree(BUNDLES / name, folder / name))
    file = copy / "card.json"
    card = json.loads(file.read_text("utf-8"))
    converted = card["networks"]["landmarks"].pop("converted", None) or {}
    for part in ("model", "weights"):
        if part in converted:
            (copy / converted[part]).unlink()
            del card["files"][converted[part]]
    card["format_version"] = 3
    file.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return load_bundle(copy)
