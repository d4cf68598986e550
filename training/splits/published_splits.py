"""Published train and test lists, honoured exactly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.errors import DataError
from training.readers.files.csv_text import read_table
from training.readers.files.listing import Clip, Listing, Problem

_HEADER = ("", "file", "label")


@dataclass(frozen=True, slots=True)
class ListedClip:
    """`file` as the list writes it, with its own folders and ending; `gloss` as it labels it."""

    file: str
    gloss: str


@dataclass(frozen=True, slots=True)
class PublishedSplit:
    """Raises DataError when a clip stands on both sides."""

    train: tuple[ListedClip, ...]
    test: tuple[ListedClip, ...]

    def __post_init__(self) -> None:
        both = {clip.file for clip in self.train} & {clip.file for clip in self.test}
        if both:
            raise DataError(f"{min(both)} stands in the train list and in the test list")


def read_published_split(train: Path, test: Path) -> PublishedSplit:
    """Two CSV files of rows `number, file, label`, with or without a header."""
    return PublishedSplit(_read(train), _read(test))


def _read(file: Path) -> tuple[ListedClip, ...]:
    try:
        table = read_table(file)
    except DataError as error:
        raise DataError(f"{file}: not a readable list; save it as CSV in UTF-8") from error
    clips: dict[str, ListedClip] = {}
    for line, row in table.rows:
        if len(row) != 3:
            raise DataError(f"{file}: line {line} has {len(row)} columns, not number, file, label")
        number, name, gloss = row
        # Anywhere: the shuffled VSL lists were shuffled together with their header.
        if (number, name, gloss) == _HEADER:
            continue
        if not number.isdigit() or not name or not gloss:
            raise DataError(f"{file}: line {line} is not number, file, label")
        if name in clips:
            raise DataError(f"{file}: line {line} lists {name} again")
        clips[name] = ListedClip(name, gloss)
    if not clips:
        raise DataError(f"{file}: lists no clip")
    return tuple(clips.values())


@dataclass(frozen=True, slots=True)
class AppliedSplit:
    """Keys of the clips at hand on each side, and what does not fit the lists."""

    train: frozenset[str]
    test: frozenset[str]
    problems: tuple[Problem, ...]


def apply_split(listing: Listing, split: PublishedSplit) -> AppliedSplit:
    """Match the lists with what is on disk by `list_name` of each clip.

    A clip that is listed and missing, or there and in no list, is a problem that is named; it
    stands on no side.
    """
    at_hand: dict[str, Clip] = {}
    sides: dict[str, set[str]] = {"train": set(), "test": set()}
    problems, listed = [], set()
    for clip in listing.clips:
        first = at_hand.setdefault(list_name(clip.key), clip)
        if first is not clip:
            problems.append(Problem(clip.video, f"the lists cannot tell it from {first.video}"))
    for side, clips in (("train", split.train), ("test", split.test)):
        for entry in clips:
            name = list_name(entry.file)
            listed.add(name)
            if name in at_hand:
                sides[side].add(at_hand[name].key)
            else:
                problems.append(Problem(Path(entry.file), f"in the {side} list, but not there"))
    problems += [
        Problem(clip.video, "in neither list")
        for name, clip in at_hand.items()
        if name not in listed
    ]
    return AppliedSplit(frozenset(sides["train"]), frozenset(sides["test"]), tuple(problems))


def list_name(name: str) -> str:
    """The part that lists and keys share: `a5_s5_t1_color.npy` and `a05_s5_t1` are `a5_s5_t1`."""
    # Lists that were written on Windows separate folders its way.
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    for ending in ("_color", "_depth", "_inertial"):
        stem = stem.removesuffix(ending)
    parts = [
        f"{part[0]}{int(part[1:])}"
        if part[:1] in ("a", "s", "t", "r") and part[1:].isdigit()
        else part
        for part in stem.split("_")
    ]
    return "_".join(parts)
