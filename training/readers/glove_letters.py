"""glove-letters: 36 Vietnamese signs by a glove that tells angles of fingers.

One .npz: `seq` (recordings, 48, 12), angles x and y in degrees of thumb, index, middle, ring and
little finger and of the wrist, over 7 s; `label` (recordings,), places in `labels`; `rec`, the
number of the recording within its sign. Two people, who are not told apart.
"""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from zipfile import BadZipFile, is_zipfile

import numpy as np
from numpy.typing import NDArray

from training.errors import DataError

SPAN_S = 7.0
STEPS, ANGLES = 48, 12
FILE = "vsl36_glove.npz"


@dataclass(frozen=True, slots=True, eq=False)
class FingerRecordings:
    """`glosses` `(N,)`; `takes` `(N,)`: each recording's number within its sign, later ones being
    of another day; `degrees` `(N, 48, 12)` float32 over `SPAN_S`, which go on beyond ±180 where an
    angle turns past it. `vocabulary`: in the order of the data's own numbers."""

    glosses: NDArray[np.str_]
    takes: NDArray[np.int64]
    degrees: NDArray[np.float32]
    vocabulary: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.glosses)

    def subset(self, chosen: NDArray[np.bool_]) -> FingerRecordings:
        return FingerRecordings(
            self.glosses[chosen], self.takes[chosen], self.degrees[chosen], self.vocabulary
        )


def read_glove_letters(path: Path) -> FingerRecordings:
    """Of the file, or of the folder it lies in. Raises DataError naming the file and what is wrong
    with it."""
    files = [path, path / FILE, path / "glove-letters" / FILE]
    file = next((one for one in files if one.is_file()), None)
    if file is None:
        raise DataError(f"{path}: there is no {FILE} here")
    try:
        with file.open("rb") as content:
            if not is_zipfile(content):
                # numpy would advise to let it run whatever stands in there.
                raise DataError(f"{file}: this is no .npz; glove-letters is {FILE}")
            content.seek(0)
            with np.load(content, allow_pickle=False) as archive:
                seq, label = archive["seq"].astype(np.float32), archive["label"].astype(np.int64)
                names, takes = archive["labels"], archive["rec"].astype(np.int64)
    except (ValueError, SyntaxError, TokenError) as error:
        # An array says in Python what it holds, and numpy reads that.
        said = "an array holds something other than numbers and names"
        raise DataError(f"{file}: not readable as glove-letters ({said})") from error
    except (OSError, KeyError, EOFError, BadZipFile, zlib.error) as error:
        raise DataError(f"{file}: not readable as glove-letters ({error})") from error
    if seq.ndim != 3 or seq.shape[1:] != (STEPS, ANGLES) or not len(seq):
        raise DataError(f"{file}: seq must be (recordings, {STEPS}, {ANGLES}), not {seq.shape}")
    if label.shape != seq.shape[:1] or takes.shape != seq.shape[:1]:
        raise DataError(f"{file}: label and rec must be one for each of {len(seq)} recordings")
    if label.min() < 0 or label.max() >= len(names):
        raise DataError(f"{file}: a label is not among the {len(names)} labels")
    if not np.isfinite(seq).all():
        raise DataError(f"{file}: holds angles that are no numbers")
    vocabulary = tuple(unicodedata.normalize("NFC", str(name)) for name in names)
    if len(set(vocabulary)) != len(vocabulary):
        raise DataError(f"{file}: a sign stands twice among its labels")
    degrees = np.unwrap(seq, period=360.0, axis=1).astype(np.float32)
    return FingerRecordings(np.array(vocabulary)[label], takes, degrees, vocabulary)


def parts_by_take(recordings: FingerRecordings) -> dict[str, NDArray[np.bool_]]:
    """`(N,)` each of 'train', 'validation' and 'test': of every sign the last fifth of its takes is
    tested, and of the others the last fifth validated on. Raises DataError where a sign has too few
    takes for that."""
    found = {side: np.zeros(len(recordings), bool) for side in ("train", "validation", "test")}
    for gloss in recordings.vocabulary:
        mine = np.flatnonzero(recordings.glosses == gloss)
        mine = mine[np.argsort(recordings.takes[mine], kind="stable")]
        tested = len(mine) // 5
        watched = (len(mine) - tested) // 5
        if not watched:
            raise DataError(f"{gloss}: {len(mine)} takes are too few to be split; 7 at least")
        last = len(mine) - tested
        found["test"][mine[last:]] = True
        found["validation"][mine[last - watched : last]] = True
        found["train"][mine[: last - watched]] = True
    return found
