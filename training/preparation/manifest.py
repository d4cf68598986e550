"""The table of contents of a prepared set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.atomic_write import written_whole
from training.errors import DataError

MANIFEST = "manifest.json"
FORMAT_VERSION = 1


class PreparedClip(BaseModel):
    """`file` and `imu` are names inside the set's folder; `sha256` is that of `file`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    gloss: str
    signer: str
    file: str
    sha256: str
    source: str
    imu: bool
    joints: bool = False


class Manifest(BaseModel):
    """What `prepare` made, with what settings, and what it had to leave out and why. `made`: how
    the pictures were read and cropped, in one line that is compared as a whole. `wrists`: where the
    sensors were worn, where the recordings tell."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format_version: int = FORMAT_VERSION
    dataset: str
    size: int
    frames: int
    n_steps: int
    quality: int
    made: str = ""
    view: Literal["rgb", "depth"] = "rgb"
    units: tuple[str, ...] = ()
    wrists: tuple[Literal["left", "right"], ...] = ()
    imu_from: Literal["measured", "simulated"] = "measured"
    clips: tuple[PreparedClip, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    with written_whole(folder / MANIFEST) as unfinished:
        unfinished.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Raises DataError naming the file that is missing, damaged or of a newer program."""
    file = folder / MANIFEST
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(
            f"{file}: missing; make the set with `python -m training prepare`"
        ) from error
    except (OSError, ValueError) as error:
        raise DataError(f"{file}: cannot be read ({error})") from error
    if isinstance(content, dict) and content.get("format_version", 0) > FORMAT_VERSION:
        raise DataError(f"{file}: made by a newer SignMirror")
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        raise DataError(f"{file}: not a prepared set ({error.errors()[0]['msg']})") from error
