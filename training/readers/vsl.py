"""About 1,000 Vietnamese signs in RGB, no sensor: videos in any folders, and one list of labels.

A video's name says who signs and what: its leading digits are the signer, the number right before
its ending the label (`01_…_center_ord1_23.mp4`; any other video will do). The list, the one
`*label*.csv` beside the videos, has the columns `id_label_in_documents` (twice, as published) and
`name`, the gloss in Vietnamese. Two labels with one gloss are one sign, as 1 and 240 of the
published list; 400 stands there for two signs, so that its videos cannot be used, and 699 for none.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.sources.video.video_suffixes import has_video_suffix
from training.errors import DataError
from training.readers.files.csv_text import decoded, delimiter_of
from training.readers.files.decoding import evenly_spaced_frames
from training.readers.files.files_under import files_under, shown
from training.readers.files.listing import Clip, ImuSeries, Listing, Problem

_NAME = re.compile(r"([0-9]{1,6})(?![0-9]).*[^0-9]([0-9]{1,6})\.\w+", re.ASCII)
_LABEL = re.compile(r"[0-9]{1,6}", re.ASCII)
_ID_COLUMN, _GLOSS_COLUMN = "id_label_in_documents", "name"


@dataclass(frozen=True, slots=True)
class Vsl:
    dataset: str = "vsl"
    has_imu: bool = False

    def list(self, root: Path) -> Listing:
        """Videos whose label is in the list. Raises DataError when there is none, or not one list
        that can be read."""
        files = tuple(files_under(root))
        labels = _label_list(root, [file for file, _ in files])
        glosses, problems = _glosses(labels)
        clips: dict[str, Clip] = {}
        for file, fault in files:
            if file == labels:
                continue
            key = unicodedata.normalize("NFC", file.relative_to(root).with_suffix("").as_posix())
            name = _NAME.fullmatch(file.name)
            if fault:
                problems.append(Problem(shown(file), fault))
            elif shown(file) != file:
                problems.append(Problem(shown(file), "its name or its folder's is no text"))
            elif name is None or not has_video_suffix(file):
                what = "not a name of this set (signer_…_label.mp4, both numbers)"
                problems.append(Problem(file, what))
            elif int(name[2]) not in glosses:
                what = f"label {int(name[2])} has no gloss, or not one, in {labels.name}"
                problems.append(Problem(file, what))
            elif key in clips:
                what = f"a second film of this name; {clips[key].video} is kept"
                problems.append(Problem(file, what))
            else:
                # Nobody becomes two people by a zero in front.
                clips[key] = Clip(key, glosses[int(name[2])], f"{int(name[1]):02d}", file)
        if not clips:
            reason = f"; {problems[0].path}: {problems[0].what}" if problems else ""
            raise DataError(f"{root}: no films of this set (signer_…_label.mp4){reason}")
        return Listing(self.dataset, tuple(clips[key] for key in sorted(clips)), tuple(problems))

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, H, W, 3)` RGB."""
        return evenly_spaced_frames(clip.video, count)

    def imu(self, clip: Clip) -> ImuSeries:
        raise DataError(f"{clip.key}: this set has no sensor")


def _label_list(root: Path, files: Iterable[Path]) -> Path:
    """Raises DataError naming the folder that has none, or more than one."""
    if not root.is_dir():
        raise DataError(f"{root}: there is no such folder")
    lists = [
        file
        for file in files
        if file.parent == root and "label" in file.name.lower() and file.suffix.lower() == ".csv"
    ]
    if not lists:
        raise DataError(f"{root}: no list of labels; put the set's *label*.csv into this folder")
    if len(lists) > 1:
        names = ", ".join(shown(file).name for file in lists)
        raise DataError(f"{root}: several lists of labels ({names}); leave only the right one here")
    return lists[0]


def _glosses(file: Path) -> tuple[dict[int, str], list[Problem]]:
    """Glosses by label, composed (NFC), and rows that cannot be used; a label that is given two
    glosses has none. Raises DataError naming a file that is no such list."""
    try:
        text = decoded(file.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{shown(file)}: cannot be read; save it as CSV in UTF-8") from error
    rows = _rows(text)
    header = [cell.strip().casefold() for cell in next(rows, (1, []))[1]]
    if _ID_COLUMN not in header or _GLOSS_COLUMN not in header:
        raise DataError(f"{shown(file)}: has no columns {_ID_COLUMN} and {_GLOSS_COLUMN}")
    glosses: dict[int, str] = {}
    torn: set[int] = set()
    problems = []
    for line, row in rows:
        ids, names = (
            {_plain(cell) for title, cell in zip(header, row, strict=False) if title == column}
            - {""}
            for column in (_ID_COLUMN, _GLOSS_COLUMN)
        )
        if len(row) != len(header) or len(ids) != 1 or len(names) != 1:
            what = f"line {line} is not one label and one gloss in {len(header)} columns"
            problems.append(Problem(shown(file), what))
            continue
        label, gloss = ids.pop(), names.pop()
        if not _LABEL.fullmatch(label):
            problems.append(Problem(shown(file), f"line {line}: {label!r} is not a label's number"))
        elif glosses.setdefault(int(label), gloss) != gloss:
            torn.add(int(label))
            what = f"line {line}: label {int(label)} is {glosses[int(label)]!r} and {gloss!r}"
            problems.append(Problem(shown(file), what))
    return {label: gloss for label, gloss in glosses.items() if label not in torn}, problems


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The line each row begins on, and its cells; none where it is no CSV. Blank ones are skipped.

    A quotation mark that is never closed takes the rest of the file with it, and is named.
    """
    delimiter = delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, []
            continue
        said = row[0].strip().lower().startswith("sep=") if line == 1 and row else False
        if any(cell.strip() for cell in row) and not said:
            yield line, row


def _plain(cell: str) -> str:
    """One spelling a word: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", cell).split())
