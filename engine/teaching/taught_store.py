"""Signs that a user taught: a folder that people can read, with every take in a file of its own.

`taught.json` says which takes belong to which sign; `takes/` holds their landmarks. Pictures are
never stored. The index is read anew for every change, written aside and renamed, and only one
process changes it at a time; what is damaged is told and left as it is.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import tempfile
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.atomic_write import unfinished_name, written_whole
from engine.bundle import sha256
from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from engine.messages import Message, reason_of
from engine.teaching.taught_disk import LOCK_WAIT_S, FolderLock, disk, flush, is_full
from engine.teaching.taught_exchange import read_exchange, write_exchange
from engine.teaching.taught_index import (
    INDEX_NAME,
    MOST_TAKES,
    TAKES,
    Index,
    SignEntry,
    TakeEntry,
    TaughtSignError,
    clean_gloss,
    index_text,
    parse_index,
    same_name,
)

__all__ = [
    "MOST_TAKES",
    "RELIABLE_TAKES",
    "Take",
    "TaughtInfo",
    "TaughtSign",
    "TaughtSignError",
    "TaughtStore",
    "clean_gloss",
    "same_name",
]

RELIABLE_TAKES = 3
"""From so many takes on a taught sign is recognised reliably."""


@dataclass(frozen=True, slots=True)
class Take:
    """One recording of a sign; `file` is read by `load_recording`."""

    file: Path
    left_handed: bool
    signer: str


@dataclass(frozen=True, slots=True)
class TaughtSign:
    gloss: str
    takes: tuple[Take, ...]


@dataclass(frozen=True, slots=True)
class TaughtInfo:
    """What recognition made of a taught sign. `similar_to`: the sign, of the bundle or taught, that
    looks most like this one, where it is worth a warning; `similarity`: their cosine."""

    gloss: str
    takes: int
    similar_to: str | None
    similarity: float


class TaughtStore:
    """The taught signs in `folder`, which need not exist yet. Any thread may call any method, and
    other processes may work on the same folder.

    Every method raises TaughtSignError with one plain sentence when the index is damaged or too
    new, the disk does not do what is asked, or another process keeps the folder too long.
    """

    def __init__(self, folder: Path, *, lock_wait_s: float = LOCK_WAIT_S) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._folder_lock = FolderLock(folder, lock_wait_s)
        self._problems: tuple[str, ...] = ()
        self._digests: dict[Path, tuple[int, int, str]] = {}

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each take that was left out when the signs were last read."""
        return self._problems

    def signs(self) -> tuple[TaughtSign, ...]:
        """All signs with at least one whole take, the oldest first."""
        with self._lock:
            found, fault = self._looked()
            if fault is not None or self._problems:
                # Another process may be in the middle of a change: seen again without that.
                with contextlib.suppress(TaughtSignError), self._folder_lock.held():
                    found, fault = self._looked()
            if fault is not None:
                raise fault
            return found

    def add_take(
        self,
        gloss: str,
        recording: LandmarkRecording,
        *,
        left_handed: bool = False,
        signer: str = "",
    ) -> TaughtSign:
        """Keep one more take of a sign, new or taught before; it is on disk on return."""
        name = clean_gloss(gloss)
        with self._changing() as index:
            entry = index.find(name)
            if entry is not None and len(self._takes_of(entry)) >= MOST_TAKES:
                said = Message("teaching.sign-full", gloss=entry.gloss, most=MOST_TAKES)
                raise TaughtSignError(said, "full")
            file = self._new_file(name)
            try:
                with disk(self.folder):
                    file.parent.mkdir(parents=True, exist_ok=True)
                    recording.save(file)
                    flush(file)
                    digest = sha256(file)
                load_recording(file)
                take = TakeEntry(
                    file=f"{TAKES}/{file.name}",
                    sha256=digest,
                    signer=signer,
                    left_handed=left_handed,
                )
                if entry is None:
                    entry = SignEntry(gloss=name, created=_now(), takes=())
                self._write(index.with_sign(entry.with_takes((*entry.takes, take))))
            except RecordingError as error:
                file.unlink(missing_ok=True)
                raise TaughtSignError(Message("teaching.take-empty"), "take") from error
            except BaseException:
                for leftover in (file, unfinished_name(file)):
                    with contextlib.suppress(OSError):
                        leftover.unlink(missing_ok=True)
                raise
            return self._sign(name)

    def delete_take(self, gloss: str, index: int) -> None:
        """Delete one take, counted as in `signs()`; with its last take a sign is gone too."""
        with self._changing() as known:
            entry = self._entry(known, gloss)
            takes = self._takes_of(entry)
            if not 0 <= index < len(takes):
                said = Message("teaching.no-such-take", gloss=entry.gloss, number=index + 1)
                raise TaughtSignError(said, "unknown")
            gone = f"{TAKES}/{takes[index].file.name}"
            left = tuple(take for take in entry.takes if take.file != gone)
            changed = entry.with_takes(left)
            self._let_go(known.with_sign(changed) if left else known.without(entry.gloss), [gone])

    def delete(self, gloss: str) -> None:
        """Delete a sign and all its takes."""
        with self._changing() as known:
            entry = self._entry(known, gloss)
            self._let_go(known.without(entry.gloss), [take.file for take in entry.takes])

    def rename(self, old: str, new: str) -> None:
        name = clean_gloss(new)
        with self._changing() as known:
            entry = self._entry(known, old)
            other = known.find(name)
            if other is not None and other.gloss != entry.gloss:
                raise TaughtSignError(Message("teaching.taken", gloss=other.gloss), "taken")
            self._write(known.renamed(entry.gloss, name))

    def discard_damaged(self) -> None:
        """Forget the takes that `problems` tells of; their files, if any are left, are deleted."""
        with self._changing() as known:
            whole = {take.file.name for sign in self._whole(known) for take in sign.takes}
            kept, gone = known, []
            for entry in known.signs:
                left = tuple(t for t in entry.takes if Path(t.file).name in whole)
                gone += [t.file for t in entry.takes if t not in left]
                changed = entry.with_takes(left)
                kept = kept.with_sign(changed) if left else kept.without(entry.gloss)
            if gone:
                self._let_go(kept, gone)
            self._problems = ()

    def export(self, file: Path, glosses: Sequence[str] | None = None) -> None:
        """Write signs (default: all) into one file, customarily named `….signs`."""
        with self._lock, self._held_where_possible():
            known = self._read()
            whole = {take.file.name for sign in self._whole(known) for take in sign.takes}
            wanted = known.signs
            if glosses is not None:
                wanted = tuple(self._entry(known, gloss) for gloss in glosses)
            chosen = [
                entry.with_takes(tuple(t for t in entry.takes if Path(t.file).name in whole))
                for entry in wanted
            ]
            chosen = [entry for entry in chosen if entry.takes]
            if not chosen:
                raise TaughtSignError(Message("teaching.nothing-to-export"), "empty")
            with disk(file):
                write_exchange(file, Index(signs=tuple(chosen)), self.folder)

    def import_(self, file: Path) -> tuple[str, ...]:
        """Take in what `export` wrote, here or on another computer; the signs that gained a take.

        The file is not trusted: all of it is verified first, and nothing is taken in when anything
        is wrong with it. Takes that are here already are not doubled, and no sign gets more than
        `MOST_TAKES`.
        """
        with disk(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            staging = tempfile.TemporaryDirectory(dir=self.folder, prefix=".import-")
        with staging as place:
            # Before the folder is locked: a large file takes its time.
            incoming = read_exchange(file, Path(place), disk)
            with self._changing() as known:
                stored: list[str] = []
                gained: list[str] = []
                try:
                    for entry, files in incoming:
                        known, new = self._merge(known, entry, files, stored)
                        gained += [entry.gloss] if new else []
                    if gained:
                        self._write(known)
                except BaseException:
                    # What is half taken in is taken back.
                    self._remove(stored)
                    raise
                found = (known.find(name) for name in gained)
                return tuple(entry.gloss for entry in found if entry is not None)

    # -- the index and its files -----------------------------------------------------------------

    def _merge(
        self, known: Index, incoming: SignEntry, files: Sequence[Path], stored: list[str]
    ) -> tuple[Index, list[str]]:
        """`known` with the takes of `incoming` (verified, in `files`) that are not there yet; each
        goes into `stored` as soon as it has been moved in, to be taken back when all fails."""
        entry = known.find(incoming.gloss) or incoming.with_takes(())
        room = MOST_TAKES - len(self._takes_of(entry))
        have = {take.sha256 for take in entry.takes}
        new: list[str] = []
        for take, source in zip(incoming.takes, files, strict=True):
            if take.sha256 in have or len(new) >= room:
                continue
            have.add(take.sha256)
            target = self._new_file(entry.gloss)
            with disk(self.folder):
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(source, target)
            new.append(f"{TAKES}/{target.name}")
            stored.append(new[-1])
            moved = take.model_copy(update={"file": new[-1]})
            entry = entry.with_takes((*entry.takes, moved))
        return (known.with_sign(entry) if new else known), new

    @contextlib.contextmanager
    def _changing(self) -> Iterator[Index]:
        """The index as it is now, for one change at a time, by whichever process."""
        with self._lock, self._folder_lock.held():
            yield self._read()

    @contextlib.contextmanager
    def _held_where_possible(self) -> Iterator[None]:
        """For reading: a folder that cannot be written cannot be locked, and need not be."""
        with contextlib.ExitStack() as stack:
            if self.folder.exists():
                with contextlib.suppress(TaughtSignError):
                    stack.enter_context(self._folder_lock.held())
            yield

    def _looked(self) -> tuple[tuple[TaughtSign, ...], TaughtSignError | None]:
        """What is there as far as one can see, or what is wrong with the index."""
        try:
            return self._whole(self._read()), None
        except TaughtSignError as error:
            return (), error

    def _read(self) -> Index:
        file = self.folder / INDEX_NAME
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return Index(signs=())
        except OSError as error:
            said = Message("teaching.list-unreadable", file=file, reason=reason_of(error))
            raise TaughtSignError(said, "disk") from error
        return parse_index(content, str(file))

    def _write(self, index: Index) -> None:
        file = self.folder / INDEX_NAME
        with disk(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                with written_whole(file) as unfinished:
                    unfinished.write_text(index_text(index), encoding="utf-8")
                    flush(unfinished)
            except BaseException:
                # On a full disk, the half that was written would take the room that is left.
                with contextlib.suppress(OSError):
                    unfinished_name(file).unlink(missing_ok=True)
                raise

    def _let_go(self, index: Index, gone: Sequence[str]) -> None:
        """Write `index`, which names the takes `gone` no more, and delete these."""
        try:
            self._write(index)
        except TaughtSignError as error:
            if not is_full(error.__cause__):
                raise
            # A full disk has room for the new index beside the old one once the takes are gone.
            self._remove(gone)
            self._write(index)
        self._remove(gone)

    def _whole(self, index: Index) -> tuple[TaughtSign, ...]:
        problems: list[str] = []
        signs = [TaughtSign(e.gloss, self._takes_of(e, problems)) for e in index.signs]
        self._problems = tuple(problems)
        return tuple(sign for sign in signs if sign.takes)

    def _takes_of(self, entry: SignEntry, problems: list[str] | None = None) -> tuple[Take, ...]:
        takes = []
        for take in entry.takes:
            file = self.folder / take.file
            if self._digest(file) == take.sha256:
                takes.append(Take(file, take.left_handed, take.signer))
            elif problems is not None:
                problems.append(Message("teaching.take-left-out", file=file, gloss=entry.gloss))
        return tuple(takes)

    def _digest(self, file: Path) -> str | None:
        """SHA-256 of a take; asked again only when the file has changed."""
        try:
            facts = file.stat()
            known = self._digests.get(file)
            if known is None or known[:2] != (facts.st_mtime_ns, facts.st_size):
                known = (facts.st_mtime_ns, facts.st_size, sha256(file))
                self._digests[file] = known
        except OSError:
            return None
        return known[2]

    def _entry(self, index: Index, gloss: str) -> SignEntry:
        entry = index.find(gloss)
        if entry is None:
            raise TaughtSignError(Message("teaching.unknown", gloss=gloss), "unknown")
        return entry

    def _sign(self, gloss: str) -> TaughtSign:
        return next(sign for sign in self.signs() if same_name(sign.gloss, gloss))

    def _new_file(self, gloss: str) -> Path:
        """A name that is free, and that people can tell apart on every file system."""
        plain = unicodedata.normalize("NFKD", gloss.replace("đ", "d").replace("Đ", "D"))
        plain = plain.encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:24] or "sign"
        while True:
            file = self.folder / TAKES / f"{slug}-{secrets.token_hex(4)}.npz"
            if not file.exists():
                return file

    def _remove(self, names: Sequence[str]) -> None:
        """The index no longer names them, so one that cannot be deleted only takes up room."""
        for name in names:
            with contextlib.suppress(OSError):
                (self.folder / name).unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
