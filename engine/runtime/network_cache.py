"""Converted networks beside the user's data, one folder a bundle, and what was measured of them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from platformdirs import user_cache_path
from pydantic import BaseModel, ConfigDict, ValidationError

from engine.atomic_write import written_whole
from engine.bundle import CARD_NAME, Bundle, sha256
from engine.runtime.backend import Part
from engine.runtime.machine import this_machine

CACHE_VARIABLE = "SIGNMIRROR_CACHE"

_KEPT_BUNDLES = 12
"""Of older ones the longest unused go first: people try bundles, and disks are small."""


class Figure(BaseModel):
    """One way of running a network: milliseconds a clip, and the error against plain torch in
    fp32 (of class logits: the difference's length over their own)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    choice: str
    median_ms: float
    p95_ms: float
    error: float


class Measured(BaseModel):
    """What was found out about one network on one machine. `refused`: choice to reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chosen: str
    figures: tuple[Figure, ...]
    refused: dict[str, str]


class Remembered(BaseModel):
    """Of all networks of a bundle."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    machine: str
    parts: dict[Part, Measured]


def default_cache() -> Path:
    """In the user's cache folder, or in `SIGNMIRROR_CACHE`."""
    folder = os.environ.get(CACHE_VARIABLE)
    return Path(folder) if folder else user_cache_path("SignMirror", appauthor=False) / "networks"


class NetworkCache:
    """Everything in it can be made again: who deletes it loses some seconds."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or default_cache()

    def folder(self, bundle: Bundle) -> Path:
        """By the card, which holds the digest of every file, and by OpenVINO's release, which may
        convert otherwise than the one before."""
        digest = hashlib.sha256((bundle.folder / CARD_NAME).read_bytes()).hexdigest()[:16]
        return self.root / f"{bundle.card.name}-{digest}-openvino-{this_machine().openvino}"

    def converted(self, bundle: Bundle, part: Part) -> Path:
        """The converted network; it may not be there yet."""
        return self.folder(bundle) / f"{part}.xml"

    def has(self, bundle: Bundle, part: Part) -> bool:
        return all(file.is_file() for file in self._files(bundle, part))

    def seal(self, bundle: Bundle, part: Part) -> None:
        """Note what a network that was just converted looks like. Raises OSError."""
        *files, seal = self._files(bundle, part)
        with written_whole(seal) as unfinished:
            unfinished.write_text(" ".join(map(sha256, files)), encoding="ascii")

    def is_sound(self, bundle: Bundle, part: Part) -> bool:
        """Whether it still looks like that; if not, it is thrown away, to be made again."""
        *files, seal = self._files(bundle, part)
        try:
            if seal.read_text(encoding="ascii").split() == [sha256(file) for file in files]:
                return True
        except (OSError, UnicodeDecodeError):
            pass
        self.discard(bundle, part)
        return False

    def discard(self, bundle: Bundle, part: Part) -> None:
        for file in self._files(bundle, part):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)

    def _files(self, bundle: Bundle, part: Part) -> tuple[Path, Path, Path]:
        file = self.converted(bundle, part)
        return file, file.with_suffix(".bin"), file.with_suffix(".sha256")

    def blobs(self, bundle: Bundle) -> Path:
        """What OpenVINO compiled of it for this very machine."""
        return self.folder(bundle) / f"compiled-{this_machine().key}"

    def recall(self, bundle: Bundle) -> Remembered | None:
        """What was measured on this machine; None when nothing was, or it cannot be read."""
        file = self._memory(bundle)
        try:
            remembered = Remembered.model_validate_json(file.read_bytes())
        except (OSError, ValidationError):
            return None
        return remembered if remembered.machine == this_machine().key else None

    def remember(self, bundle: Bundle, parts: dict[Part, Measured]) -> None:
        """Raises OSError when the disk does not take it."""
        remembered = Remembered(machine=this_machine().key, parts=parts)
        file = self._memory(bundle)
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(file) as unfinished:
            unfinished.write_text(remembered.model_dump_json(indent=2) + "\n", encoding="utf-8")
        self._forget_old(file.parent)

    def note_use(self, bundle: Bundle) -> None:
        """The bundle is in use: of many, those unused for longest are forgotten."""
        with contextlib.suppress(OSError):
            os.utime(self.folder(bundle))

    def _memory(self, bundle: Bundle) -> Path:
        return self.folder(bundle) / f"measured-{this_machine().key}.json"

    def _forget_old(self, newest: Path) -> None:
        folders = [f for f in self.root.glob("*-openvino-*") if f.is_dir() and f != newest]
        folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in folders[_KEPT_BUNDLES - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)
