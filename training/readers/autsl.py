"""AUTSL (Sincan, Keles, IEEE Access 2020): 226 Turkish signs, 43 signers, colour video, no sensor.

Files as published: `train/`, `val/` and `test/` with `signerX_sampleY_color.mp4`, however deep
unpacking has put them (`train/train/…`); `train_labels.csv` and the like with rows
`signerX_sampleY,label` and no header; `SignList_ClassId_TR_EN.csv` with a word for each label. No
signer stands in two parts, and each part's samples are numbered on their own. The depth videos
beside the colour ones belong to the set and are not read.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.sources.video.video_suffixes import has_video_suffix
from training.errors import DataError
from training.readers.files.csv_text import delimiter_of
from training.readers.files.decoding import evenly_spaced_frames
from training.readers.files.files_under import files_under, shown
from training.readers.files.listing import Clip, ImuSeries, Listing, Problem

PARTS = ("train", "val", "test")
"""What a clip's key begins with: who trains, who validates, who is tested."""
SIGNS = 226

_PART = {**{part: part for part in PARTS}, "validation": "val"}
_FLAGS = re.ASCII | re.IGNORECASE
_VIDEO = re.compile(r"signer([0-9]{1,6})_sample([0-9]{1,6})_(color|depth)\.\w+", _FLAGS)
_NAME = re.compile(r"signer([0-9]{1,6})_sample([0-9]{1,6})", re.ASCII)
_LABEL = re.compile(r"[0-9]{1,6}", re.ASCII)
_LABELS = re.compile(r"(train|val|validation|test)_labels\.csv", _FLAGS)
_SIGN_LIST = "signlist_classid_tr_en.csv"


@dataclass(frozen=True, slots=True)
class Autsl:
    dataset: str = "autsl"
    has_imu: bool = False

    def list(self, root: Path) -> Listing:
        """Colour videos with one label each. Raises DataError when there is none.

        Where a part has labels and no video at all, as when one part alone was fetched, that is one
        problem, not one a row.
        """
        found = _sorted_out(root)
        problems = [*found.problems]
        words = _words(found.sign_lists, problems)
        rows = _rows(found.labels, problems)
        glosses, clips, unnamed = _glosses(words), [], set()
        for key, video in sorted(found.videos.items()):
            labels = sorted({row.label for row in rows.pop(key, ())})
            if len(labels) == 1:
                signer = key.partition("/")[2].partition("_")[0]
                clips.append(Clip(key, glosses[labels[0]], signer, video))
                unnamed |= set(labels) - words.keys()
            elif labels:
                what = f"the labels of this clip are {' and '.join(map(str, labels))}"
                problems.append(Problem(shown(video), what))
            else:
                what = f"no row of {key.partition('/')[0]}_labels.csv names this clip"
                problems.append(Problem(shown(video), what))
        problems += _rows_alone(rows, found)
        if unnamed and found.sign_lists:
            what = f"has no word for {' '.join(map(str, sorted(unnamed)))}: called class_XXX"
            problems.append(Problem(shown(found.sign_lists[0]), what))
        if not clips:
            reason = f"; {problems[0].path}: {problems[0].what}" if problems else ""
            raise DataError(
                f"{root}: no AUTSL clips (train/signerX_sampleY_color.mp4 and train_labels.csv)"
                + reason
            )
        return Listing(self.dataset, tuple(clips), tuple(problems))

    def frames(self, clip: Clip, count: int) -> NDArray[np.uint8]:
        """`(count, 512, 512, 3)` RGB."""
        return evenly_spaced_frames(clip.video, count)

    def imu(self, clip: Clip) -> ImuSeries:
        raise DataError(f"{clip.key}: this set has no sensor")


@dataclass(frozen=True, slots=True)
class _Files:
    """`videos`: by clip key; `empty`: keys of videos that are named as problems already."""

    videos: dict[str, Path]
    empty: set[str]
    labels: list[tuple[str, Path]]
    sign_lists: list[Path]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class _Row:
    file: Path
    line: int
    label: int


def _sorted_out(root: Path) -> _Files:
    found = _Files({}, set(), [], [], [])
    for file, fault in files_under(root):
        video = _VIDEO.fullmatch(file.name) if has_video_suffix(file) else None
        labels = _LABELS.fullmatch(file.name)
        if video and video[3].lower() == "depth":
            continue
        folders = {folder.lower() for folder in file.relative_to(root).parts[:-1]}
        parts = {_PART[folder] for folder in folders if folder in _PART}
        part = parts.pop() if len(parts) == 1 else ""
        key = f"{part}/{_canonical(video)}" if video else ""
        if fault:
            found.problems.append(Problem(shown(file), fault))
            if video:
                found.empty.add(key)
        elif labels:
            found.labels.append((_PART[labels[1].lower()], file))
        elif file.name.lower() == _SIGN_LIST:
            found.sign_lists.append(file)
        elif not video:
            what = "not a name of this set (signerX_sampleY_color.mp4)"
            found.problems.append(Problem(shown(file), what))
        elif not part:
            what = "does not lie in one of the folders train, val and test"
            found.problems.append(Problem(shown(file), what))
        elif key in found.videos:
            what = f"there twice; {shown(found.videos[key])} is kept"
            found.problems.append(Problem(shown(file), what))
        else:
            found.videos[key] = file
    return found


def _rows(files: list[tuple[str, Path]], problems: list[Problem]) -> dict[str, list[_Row]]:
    """Label rows by clip key; what cannot be understood is added to `problems`."""
    rows: dict[str, list[_Row]] = {}
    for part, file in files:
        for line, cells in _table(_text(file, ("utf-8-sig",), problems)):
            match = _NAME.fullmatch(cells[0]) if len(cells) == 2 else None
            if match is None or not _LABEL.fullmatch(cells[1]):
                problems.append(Problem(shown(file), f"line {line} is not signerX_sampleY,label"))
            elif int(cells[1]) >= SIGNS:
                what = f"line {line}: labels go from 0 to {SIGNS - 1}, not to {int(cells[1])}"
                problems.append(Problem(shown(file), what))
            else:
                row = _Row(file, line, int(cells[1]))
                rows.setdefault(f"{part}/{_canonical(match)}", []).append(row)
    return rows


def _rows_alone(rows: dict[str, list[_Row]], found: _Files) -> Iterator[Problem]:
    """Rows whose video is not there, unless it was named for another reason."""
    parts_with_video = {key.partition("/")[0] for key in (*found.videos, *found.empty)}
    absent: Counter[tuple[Path, str]] = Counter()
    for key, several in rows.items():
        part, _, name = key.partition("/")
        for row in several:
            if part not in parts_with_video:
                absent[row.file, part] += 1
            elif key not in found.empty:
                yield Problem(shown(row.file), f"line {row.line}: there is no film {name}")
    for (file, part), count in absent.items():
        yield Problem(shown(file), f"there is no film at all of {part} to these {count} rows")


def _words(files: list[Path], problems: list[Problem]) -> dict[int, str]:
    """Turkish words by label, the first where files differ. Older copies of the list are in the
    Windows code page for Turkish."""
    words: dict[int, str] = {}
    for file in files:
        rows = _table(_text(file, ("utf-8-sig", "cp1254"), problems))
        first, header = next(rows, (0, []))
        titles = [title.lower() for title in header]
        if "classid" not in titles or "tr" not in titles:
            if first:
                what = f"line {first} does not name the columns ClassId and TR"
                problems.append(Problem(shown(file), what))
            continue
        places = titles.index("classid"), titles.index("tr")
        for line, cells in rows:
            label, word = (cells[i] if i < len(cells) else "" for i in places)
            if not _LABEL.fullmatch(label) or int(label) >= SIGNS or not word:
                what = f"line {line} is not a label from 0 to {SIGNS - 1} and a word"
                problems.append(Problem(shown(file), what))
            elif words.setdefault(int(label), word) != word:
                what = f"line {line}: {int(label)} is {words[int(label)]!r} already, not {word!r}"
                problems.append(Problem(shown(file), what))
    return words


def _glosses(words: dict[int, str]) -> dict[int, str]:
    """One gloss a label: its word, `class_007` without one; signs of one word carry their label."""
    glosses = {label: words.get(label, f"class_{label:03d}") for label in range(SIGNS)}
    # Again while a word with its label is another sign's word.
    while len(set(glosses.values())) < SIGNS:
        count = Counter(glosses.values())
        glosses = {
            label: f"{gloss} ({label})" if count[gloss] > 1 else gloss
            for label, gloss in glosses.items()
        }
    return glosses


def _text(file: Path, encodings: tuple[str, ...], problems: list[Problem]) -> str:
    """In the first encoding that fits; empty, and a problem, where none does."""
    for encoding in encodings:
        try:
            return file.read_bytes().decode(encoding)
        except UnicodeDecodeError:
            continue
        except OSError:
            break
    problems.append(Problem(shown(file), "cannot be read as text"))
    return ""


def _table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells, composed (NFC) and without spaces around. Each line stands for
    itself: a stray quotation mark spoils its own row and swallows none of the next."""
    delimiter = delimiter_of(text)
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if not line.strip() or (number == 1 and line.strip().lower().startswith("sep=")):
            continue
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True))
        except csv.Error:
            cells = [line]
        yield number, [unicodedata.normalize("NFC", cell).strip() for cell in cells]


def _canonical(match: re.Match[str]) -> str:
    """`signer07_sample1` is `signer7_sample1`: nobody becomes two people by a zero."""
    return f"signer{int(match[1])}_sample{int(match[2])}"
