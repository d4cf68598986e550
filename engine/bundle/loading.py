"""From a name to a verified bundle."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from engine.bundle.card import FORMAT_VERSION, BundleCard
from engine.bundle.card_file import read_card_file, write_card_file
from engine.landmarks.skeletons import SKELETONS
from engine.messages import Message, PlainError
from engine.paths import BUNDLES

CARD_NAME = "card.json"


class BundleError(PlainError):
    """A bundle is missing, altered, too new or not a bundle; one line that names the file."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified bundle: its folder and its card."""

    folder: Path
    card: BundleCard

    def file(self, name: str) -> Path:
        return self.folder / name


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """A bundle that can be chosen, not yet verified. `teachable`: fingers are looked at, so that
    signs can be taught to it. `needs_camera`: False where a glove is all it knows."""

    name: str
    path: Path
    title: dict[str, str]
    teachable: bool = False
    needs_camera: bool = True


def find_bundle(name_or_path: str | Path) -> Path:
    """The folder of a bundle. A bare name, as 'asl20', is the bundle that comes with SignMirror,
    wherever the program was started; a folder that is called the same is given as a path:
    './asl20', 'C:\\bundles\\asl20', or a `Path`. Raises BundleError."""
    if isinstance(name_or_path, str) and _is_bare(name_or_path):
        shipped = BUNDLES / name_or_path
        if shipped.is_dir():
            return shipped
    path = Path(name_or_path)
    if path.name == CARD_NAME and path.is_file():
        return path.parent
    if path.is_dir():
        return path
    known = ", ".join(entry.name for entry in list_bundles()) or Message("bundle.none")
    raise BundleError(Message("bundle.unknown", name=name_or_path, known=known))


def _is_bare(text: str) -> bool:
    """Whether it is a name alone. Asked of the text: a `Path` forgets a leading './'."""
    separators = (os.sep, os.altsep or os.sep)
    return not any(one in text for one in separators) and text not in ("", os.curdir, os.pardir)


def list_bundles(folder: Path | None = None) -> list[BundleEntry]:
    """Bundles in `folder` (default: those that come with SignMirror), by their cards' titles. What
    else has a card there says what kind it is, as the sign encoder does, and is passed over."""
    entries = []
    for card in sorted((folder or BUNDLES).glob(f"*/{CARD_NAME}")):
        try:
            content = json.loads(card.read_text(encoding="utf-8"))
            if "kind" in content:
                continue
            title = {str(k): str(v) for k, v in content["title"].items()}
            view, stream = content["clip"].get("view"), content["networks"].get("landmarks")
            joints = SKELETONS.get(stream["skeleton"]) if stream else None
            teachable = joints.has_fingers if joints else view in ("rgb", "landmarks")
            camera = view != "sensor"
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            title, teachable, camera = {"en": card.parent.name}, False, True
        entries.append(BundleEntry(card.parent.name, card.parent, title, teachable, camera))
    return entries


def load_bundle(name_or_path: str | Path) -> Bundle:
    """Read and verify a bundle: card, format version, SHA-256 of every file. Raises BundleError."""
    folder = find_bundle(name_or_path)
    card_file = folder / CARD_NAME
    card = read_card_file(card_file, BundleCard, FORMAT_VERSION, BundleError, "bundle.no-card")
    for name, digest in card.files.items():
        file = folder / name
        try:
            found = sha256(file)
        except OSError as error:
            raise BundleError(Message("bundle.file-missing", file=file)) from error
        if found != digest:
            raise BundleError(Message("bundle.file-altered", file=file))
    return Bundle(folder, card)


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_card(folder: Path, card: BundleCard) -> None:
    """As `card.json` of the folder."""
    write_card_file(folder / CARD_NAME, card)
