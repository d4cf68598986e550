"""Landmarks of every clip of a set: detected once, in several processes, resumable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.progress import Progress

from engine.atomic_write import written_whole
from engine.bundle import sha256
from engine.clips.frame_sampler import FrameSampler
from engine.landmarks.recording import LandmarkRecording, RecordingError, load_recording
from training.errors import DataError
from training.preparation.clip_files import NOBODY, file_name, made_in_processes, source_mark
from training.readers.files.decoding import timed_frames
from training.readers.files.listing import Clip, Listing

if TYPE_CHECKING:
    from engine.landmarks.detector import LandmarkDetector

INDEX = "landmarks.json"
FOLDER = "clips"
_GAP_S = 10.0
"""Added to the time stamps between two clips, so that the detector does not track from one clip
into the next."""


class CachedClip(BaseModel):
    """One clip's landmarks: `file` below `clips/`, its `sha256`, and a mark of the recording it was
    made from. `left_handed`: to be mirrored when it is read; the file holds what was seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    gloss: str
    signer: str
    file: str
    sha256: str
    source: str
    left_handed: bool = False


class LandmarkIndex(BaseModel):
    """The clips with landmarks, in the order of their keys, and the clips left out: path and
    reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dataset: str
    clips: tuple[CachedClip, ...]
    problems: tuple[tuple[str, str], ...] = ()


def cache_landmarks(
    listing: Listing, out: Path, *, progress: Progress, workers: int | None = None
) -> LandmarkIndex:
    """Write one landmark recording a clip below `out/clips`, and `out/landmarks.json`.

    Clips already there, from the same video, are kept: an interrupted run goes on. A clip that
    cannot be read, or in which nobody is seen, is listed in the index's problems. Raises DataError
    when no clip is left, when `out` holds another set, or where MediaPipe is missing.
    """
    _need_detector()
    folder = out / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(out, listing)
    todo = [clip for clip in listing.clips if clip.key not in kept]
    problems = [(str(p.path), p.what) for p in listing.problems]
    made = dict(kept)
    task = progress.add_task("landmarks", total=len(listing.clips), completed=len(kept))
    for number, (clip, result) in enumerate(_work(todo, folder, workers), 1):
        progress.advance(task)
        if isinstance(result, str):
            problems.append((str(clip.video), result))
        else:
            made[clip.key] = result
        if number % 50 == 0:
            _write(out, listing, made, problems)
    if not made:
        reason = f" ({problems[0][0]}: {problems[0][1]})" if problems else ""
        raise DataError(f"{listing.dataset}: no landmarks in any clip{reason}")
    return _write(out, listing, made, problems)


def read_index(folder: Path) -> LandmarkIndex:
    """Raises DataError naming an index that is missing or damaged."""
    file = folder / INDEX
    try:
        return LandmarkIndex.model_validate_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(f"{file}: not there; run `python -m training landmarks` first") from error
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise DataError(f"{file}: damaged; run `python -m training landmarks` again") from error


def read_cached(folder: Path, clip: CachedClip) -> LandmarkRecording:
    """Raises DataError naming a file that is missing, altered or damaged."""
    file = folder / FOLDER / clip.file
    try:
        if sha256(file) != clip.sha256:
            raise DataError(f"{file}: altered since it was made; run `landmarks` again")
        return load_recording(file)
    except (OSError, RecordingError) as error:
        raise DataError(f"{file}: missing or damaged; run `landmarks` again") from error


def _need_detector() -> None:
    """Before any process is started: what is missing here is missing there."""
    try:
        from engine.landmarks.detector import LandmarkDetector
    except ImportError as error:
        raise DataError(
            f"landmarks need MediaPipe, which does not load here ({error}); run this on a computer"
            " that has it and copy the folder"
        ) from error
    del LandmarkDetector


def _work(
    clips: list[Clip], folder: Path, workers: int | None
) -> Iterator[tuple[Clip, CachedClip | str]]:
    count = max(1, min(workers or os.cpu_count() or 1, len(clips)))
    if not clips:
        return
    # Its own process even for one worker: MediaPipe's threads end with it.
    yield from made_in_processes(partial(_detect, folder), clips, count, _start_worker)


_detector: LandmarkDetector | None = None
_clock_s = 0.0


def _start_worker() -> None:
    global _detector
    from engine.landmarks.detector import LandmarkDetector

    _detector = LandmarkDetector()


def _detect(folder: Path, clip: Clip) -> CachedClip | str:
    global _clock_s
    assert _detector is not None
    sampler = FrameSampler()
    moments, seen = [], []
    _clock_s += _GAP_S
    start = _clock_s
    try:
        for t_s, frame in timed_frames(clip.video):
            if not sampler.is_due(t_s):
                continue
            sampler.take(t_s)
            moments.append(t_s)
            _clock_s = start + t_s
            seen.append(_detector.detect(np.ascontiguousarray(frame[:, :, ::-1]), _clock_s))
    except DataError as error:
        return str(error)
    if all(one.pose is None for one in seen):
        return NOBODY
    name = f"{file_name(clip.key)}.npz"
    LandmarkRecording.of(moments, seen).save(folder / name)
    return CachedClip(
        key=clip.key,
        gloss=clip.gloss,
        signer=clip.signer,
        file=name,
        sha256=sha256(folder / name),
        source=source_mark(clip.video),
        left_handed=clip.left_handed,
    )


def _kept(out: Path, listing: Listing) -> dict[str, CachedClip]:
    if not (out / INDEX).exists():
        return {}
    index = read_index(out)
    if index.dataset != listing.dataset:
        raise DataError(f"{out}: holds landmarks of {index.dataset}; use another --out")
    clips = {clip.key: clip for clip in listing.clips}
    kept = {}
    for cached in index.clips:
        clip = clips.get(cached.key)
        file = out / FOLDER / cached.file
        if clip is None or not file.is_file() or sha256(file) != cached.sha256:
            continue
        if source_mark(clip.video) == cached.source:
            same = {"gloss": clip.gloss, "signer": clip.signer, "left_handed": clip.left_handed}
            kept[clip.key] = cached.model_copy(update=same)
    return kept


def _write(
    out: Path, listing: Listing, made: dict[str, CachedClip], problems: list[tuple[str, str]]
) -> LandmarkIndex:
    index = LandmarkIndex(
        dataset=listing.dataset,
        clips=tuple(made[clip.key] for clip in listing.clips if clip.key in made),
        problems=tuple(problems),
    )
    with written_whole(out / INDEX) as unfinished:
        unfinished.write_text(index.model_dump_json(indent=1), encoding="utf-8")
    return index
