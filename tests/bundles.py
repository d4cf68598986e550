"""Bundles that come with SignMirror, changed for a test."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

from engine.bundle import Bundle, load_bundle, sha256
from engine.models.stored_weights import from_stored
from engine.paths import BUNDLES


def without_converted(name: str, folder: Path) -> Bundle:
    """A copy in `folder` as it would be in format 3: its landmark network has to be converted
    before OpenVINO reads it, and weights lie there in float32."""
    copy = Path(shutil.copytree(BUNDLES / name, folder / name))
    file = copy / "card.json"
    card = json.loads(file.read_text("utf-8"))
    for part in ("video", "generator", "sensor", "landmarks"):
        network = card["networks"].get(part)
        if network and network.pop("storage", "float32") != "float32":
            weights = copy / network["file"]
            save_file(from_stored(load_file(weights)), weights)
            card["files"][weights.name] = sha256(weights)
    converted = card["networks"]["landmarks"].pop("converted", None) or {}
    for part in ("model", "weights"):
        if part in converted:
            (copy / converted[part]).unlink()
            del card["files"][converted[part]]
    card["format_version"] = 3
    file.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return load_bundle(copy)
