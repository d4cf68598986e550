"""Taught signs in one file, to hand to somebody else: a zip with `taught.json` and `takes/*.npz`.

Such a file may come from anywhere. No name in it becomes a path, nothing is unpacked beyond fixed
sizes, and every take is read in full before it counts.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from engine.atomic_write import unfinished_name, written_whole
from engine.landmarks.recording import load_recording
from engine.messages import Message
from engine.teaching.taught_index import (
    INDEX_NAME,
    LARGEST_INDEX,
    Index,
    Reason,
    SignEntry,
    TaughtSignError,
    index_text,
    parse_index,
)

SUFFIX = ".signs"
LARGEST_FILE = 256 * 2**20
LARGEST_TAKE, LARGEST_TAKE_UNPACKED = 8 * 2**20, 32 * 2**20
_MOST_TAKES = 10_000
_PARTS = {"t_s.npy", "pose.npy", "left_hand.npy", "right_hand.npy"}
# A minute is longer than any sign, and no camera has so many pixels.
_LONGEST_S, _FARTHEST_PX = 60.0, 1e5

Disk = Callable[[Path], AbstractContextManager[None]]


def write_exchange(file: Path, index: Index, folder: Path) -> None:
    """Write the takes that `index` names in `folder`; aside first, then renamed. Raises OSError."""
    try:
        with (
            written_whole(file) as unfinished,
            zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as archive,
        ):
            archive.writestr(INDEX_NAME, index_text(index))
            for sign in index.signs:
                for take in sign.takes:
                    archive.write(folder / take.file, take.file)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished_name(file).unlink(missing_ok=True)
        raise


def read_exchange(file: Path, place: Path, disk: Disk) -> list[tuple[SignEntry, list[Path]]]:
    """Every sign of the file with its verified takes, which then lie in `place`.

    Raises TaughtSignError naming the file that is missing, damaged or not of this kind; `disk`
    turns what goes wrong when writing into `place` into one too.
    """
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST_FILE else None
    except (OSError, ValueError) as error:
        raise TaughtSignError(Message("teaching.file-unreadable", file=file), "file") from error
    if content is None:
        raise TaughtSignError(Message("teaching.file-too-large", file=file), "file")
    try:
        return _read(content, place, disk)
    except TaughtSignError as error:
        if error.reason == "disk":
            raise
        reason: Reason = "newer" if error.reason == "newer" else "file"
        said = Message("teaching.file-at-fault", file=file, reason=error.message)
        raise TaughtSignError(said, reason) from error
    except Exception as error:
        # zipfile and numpy raise what they like for bytes that are none of theirs.
        raise TaughtSignError(Message("teaching.file-other", file=file), "file") from error


def _read(content: bytes, place: Path, disk: Disk) -> list[tuple[SignEntry, list[Path]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        index = parse_index(_member(archive, INDEX_NAME, LARGEST_INDEX), INDEX_NAME)
        if sum(len(sign.takes) for sign in index.signs) > _MOST_TAKES:
            raise TaughtSignError(Message("teaching.too-many-takes"), "file")
        found, number, left = [], 0, LARGEST_FILE
        for sign in index.signs:
            files = []
            for take in sign.takes:
                data = _member(archive, take.file, min(LARGEST_TAKE, left))
                left -= len(data)
                if hashlib.sha256(data).hexdigest() != take.sha256:
                    raise TaughtSignError(Message("teaching.take-altered", name=take.file), "file")
                kept = place / f"{number}.npz"
                number += 1
                with disk(place):
                    kept.write_bytes(data)
                _verify(data, kept, take.file)
                files.append(kept)
            found.append((sign, files))
        return found


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    info = archive.getinfo(name)
    if info.file_size > most:
        raise TaughtSignError(Message("teaching.part-too-large", name=name), "file")
    with archive.open(info) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise TaughtSignError(Message("teaching.part-too-large", name=name), "file")
    return data


def _verify(data: bytes, kept: Path, name: str) -> None:
    """A take is what a recording is, unpacks to a sane size and shows a person in a picture."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        infos = parts.infolist()
        sizes = sum(info.file_size for info in infos)
        if {info.filename for info in infos} != _PARTS or len(infos) != len(_PARTS):
            raise TaughtSignError(Message("teaching.part-other", name=name), "file")
        if sizes > LARGEST_TAKE_UNPACKED:
            raise TaughtSignError(Message("teaching.part-too-large", name=name), "file")
    recording = load_recording(kept)
    span_s = recording.t_s[-1] - recording.t_s[0]
    places = (recording.pose, recording.left_hand, recording.right_hand)
    # NaN stands for what was not seen, and is no number that could be too large.
    sane = all(not bool((np.abs(part) > _FARTHEST_PX).any()) for part in places)
    if not sane or span_s > _LONGEST_S:
        raise TaughtSignError(Message("teaching.part-no-sign", name=name), "file")
