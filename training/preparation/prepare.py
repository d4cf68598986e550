"""`prepare`: decode, crop, shrink and resample every clip once, in parallel, resumably."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress

from engine.atomic_write import written_whole
from engine.bundle import sha256
from engine.glove.resampling import resample_in_time
from training.errors import DataError
from training.preparation.clip_files import NOBODY, file_name, made_in_processes, source_mark
from training.preparation.contact_sheet import encode_sheet
from training.preparation.cropping import (
    Cropper,
    SignerBox,
    centred_square,
    crop_frames,
    foreground_box,
)
from training.preparation.manifest import (
    MANIFEST,
    Manifest,
    PreparedClip,
    read_manifest,
    write_manifest,
)
from training.readers.files.listing import Clip, Listing, Reader, Wrist

IMU_FILE, JOINTS_FILE = "imu.npz", "joints.npz"


@dataclass(frozen=True, slots=True)
class Settings:
    """`size`: side of the cached square in pixels; `quality`: WebP, 1..100."""

    size: int = 112
    frames: int = 24
    n_steps: int = 96
    quality: int = 80
    crop: str = "signer"
    imu: bool = True

    def made(self, reader: Reader) -> str:
        """How pictures and samples come about: sets that differ in it must not mix."""
        return f"{reader}, crop {self.crop} {_CROP_VERSION}, imu {self.imu}"


_CROP_VERSION = 3
"""Goes up when the same recording is cut otherwise than before."""


def prepare(
    reader: Reader,
    listing: Listing,
    out: Path,
    settings: Settings,
    *,
    progress: Progress,
    workers: int | None = None,
) -> Manifest:
    """Write `manifest.json`, one contact sheet a clip and `imu.npz` into `out`.

    Clips already there, made with the same settings from the same file, are kept: an interrupted
    run goes on. A clip that cannot be read, or in which nobody is, is listed in the manifest's
    problems with the reason; it appears in no array, so nothing can slide. Raises DataError when no
    clip is left.
    """
    sheets = out / "clips"
    sheets.mkdir(parents=True, exist_ok=True)
    made_as = settings.made(reader)
    _check_crop(settings.crop)
    kept = _kept(out, listing, settings, made_as)
    todo = [clip for clip in listing.clips if clip.key not in kept]
    problems = [(str(p.path), p.what) for p in listing.problems]
    made: dict[str, _Made] = {**kept}
    task = progress.add_task("clips", total=len(listing.clips), completed=len(kept))
    worn = _worn(out) if kept else _Worn()
    for number, (clip, result) in enumerate(_work(reader, todo, sheets, settings, workers), 1):
        progress.advance(task)
        if isinstance(result, str):
            problems.append((str(clip.video), result))
            continue
        imu = result.imu
        if imu is not None:
            if worn.units and imu.worn != worn:
                problems.append((str(clip.imu), f"has {imu.worn}, others have {worn}"))
                continue
            worn = imu.worn
        made[clip.key] = result
        if number % 100 == 0:
            _write(out, listing, settings, made_as, made, problems, worn)
    if not made:
        reason = f" ({problems[0][0]}: {problems[0][1]})" if problems else ""
        raise DataError(f"{listing.dataset}: not one clip could be prepared{reason}")
    return _write(out, listing, settings, made_as, made, problems, worn)


@dataclass(frozen=True, slots=True)
class _Worn:
    """Units of the channels, and where the sensors were worn."""

    units: tuple[str, ...] = ()
    wrists: tuple[Wrist, ...] = ()

    def __str__(self) -> str:
        where = f" of the {' and '.join(self.wrists)} wrist" if self.wrists else ""
        return f"channels {self.units}{where}"


@dataclass(frozen=True, slots=True, eq=False)
class _Imu:
    steps: NDArray[np.float32]
    worn: _Worn


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    clip: PreparedClip
    imu: _Imu | None
    joints: NDArray[np.float32] | None


def _work(
    reader: Reader, clips: list[Clip], sheets: Path, settings: Settings, workers: int | None
) -> Iterator[tuple[Clip, _Made | str]]:
    count = max(1, min(workers or os.cpu_count() or 1, len(clips)))
    if count == 1:
        cropper = _cropper(settings.crop)
        try:
            for clip in clips:
                yield clip, _prepare_clip(reader, clip, sheets, settings, cropper)
        finally:
            if isinstance(cropper, SignerBox):
                cropper.close()
        return
    make = partial(_in_worker, reader, sheets, settings)
    yield from made_in_processes(make, clips, count, _start_worker, settings.crop)


_worker_cropper: Cropper | None = None


def _start_worker(crop: str) -> None:
    global _worker_cropper
    _worker_cropper = _cropper(crop)


def _in_worker(reader: Reader, sheets: Path, settings: Settings, clip: Clip) -> _Made | str:
    assert _worker_cropper is not None
    return _prepare_clip(reader, clip, sheets, settings, _worker_cropper)


def _check_crop(kind: str) -> None:
    """Raises DataError before any clip is read: what is wrong is wrong for all of them."""
    if kind not in ("signer", "foreground", "centre"):
        raise DataError(f"--crop {kind}: there are signer, foreground and centre")
    if kind == "signer":
        SignerBox().close()


def _cropper(kind: str) -> Cropper:
    if kind == "signer":
        return SignerBox()
    if kind == "foreground":
        return foreground_box
    return centred_square


def _prepare_clip(
    reader: Reader, clip: Clip, sheets: Path, settings: Settings, cropper: Cropper
) -> _Made | str:
    try:
        frames = reader.frames(clip, settings.frames)
        if clip.left_handed:
            frames = np.ascontiguousarray(frames[:, :, ::-1])
        imu = None
        if settings.imu and reader.has_imu and clip.imu is not None:
            series = reader.imu(clip)
            worn = _Worn(series.units, series.wrists)
            imu = _Imu(resample_in_time(series.samples, settings.n_steps), worn)
    except (DataError, ValueError) as error:
        return str(error)
    seen = cropper(frames)
    if seen.nobody:
        return NOBODY
    cropped = crop_frames(frames, seen.box, settings.size)
    data = encode_sheet(cropped, settings.quality)
    name = f"{file_name(clip.key)}.webp"
    with written_whole(sheets / name) as unfinished:
        unfinished.write_bytes(data)
    prepared = PreparedClip(
        key=clip.key,
        gloss=clip.gloss,
        signer=clip.signer,
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
        source=_source_mark(clip),
        imu=imu is not None,
        joints=seen.joints is not None,
    )
    return _Made(prepared, imu, seen.joints)


def _source_mark(clip: Clip) -> str:
    """Changes when the recording does, or the hand it is taken to be signed with."""
    return ("mirrored " if clip.left_handed else "") + source_mark(clip.video, clip.imu)


def _kept(out: Path, listing: Listing, settings: Settings, made_as: str) -> dict[str, _Made]:
    if not (out / MANIFEST).exists():
        return {}
    manifest = read_manifest(out)
    if manifest.imu_from == "simulated":
        raise DataError(f"{out}: holds simulated samples; prepare into another --out")
    same = (
        manifest.dataset,
        manifest.size,
        manifest.frames,
        manifest.n_steps,
        manifest.quality,
        manifest.made,
    )
    if same != (
        listing.dataset,
        settings.size,
        settings.frames,
        settings.n_steps,
        settings.quality,
        made_as,
    ):
        raise DataError(
            f"{out}: holds a set prepared with other settings; use another --out or remove it"
        )
    steps, places = read_arrays(out / IMU_FILE, "steps"), read_arrays(out / JOINTS_FILE, "joints")
    clips = {clip.key: clip for clip in listing.clips}
    kept: dict[str, _Made] = {}
    for prepared in manifest.clips:
        clip = clips.get(prepared.key)
        if clip is None or _source_mark(clip) != prepared.source:
            continue
        file = out / "clips" / prepared.file
        if not file.is_file() or sha256(file) != prepared.sha256:
            continue
        if prepared.imu and prepared.key not in steps:
            continue
        if prepared.joints and prepared.key not in places:
            continue
        worn = _Worn(manifest.units, manifest.wrists)
        imu = _Imu(steps[prepared.key], worn) if prepared.imu else None
        kept[prepared.key] = _Made(prepared, imu, places.get(prepared.key))
    return kept


def _worn(out: Path) -> _Worn:
    manifest = read_manifest(out)
    return _Worn(manifest.units, manifest.wrists)


def read_arrays(file: Path, name: str) -> dict[str, NDArray[np.float32]]:
    """Key to array, from an archive that `write_arrays` made; empty when there is none."""
    if not file.exists():
        return {}
    try:
        with np.load(file) as archive:
            return dict(zip(map(str, archive["keys"]), archive[name], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise DataError(f"{file}: damaged; remove it and run `prepare` again") from error


def write_arrays(file: Path, name: str, arrays: Mapping[str, NDArray[np.float32]]) -> None:
    """One compressed archive of keys and arrays of one shape, written aside and renamed."""
    content = {"keys": np.array(list(arrays)), name: np.stack(list(arrays.values()))}
    # Opened here: numpy would put its own ending behind the name.
    with written_whole(file) as unfinished, unfinished.open("wb") as stream:
        np.savez_compressed(stream, **content)  # type: ignore[arg-type]


def _write(
    out: Path,
    listing: Listing,
    settings: Settings,
    made_as: str,
    made: dict[str, _Made],
    problems: list[tuple[str, str]],
    worn: _Worn,
) -> Manifest:
    order = [clip.key for clip in listing.clips if clip.key in made]
    steps = {key: imu.steps for key in order if (imu := made[key].imu) is not None}
    joints = {key: seen for key in order if (seen := made[key].joints) is not None}
    if steps:
        write_arrays(out / IMU_FILE, "steps", steps)
    if joints:
        write_arrays(out / JOINTS_FILE, "joints", joints)
    manifest = Manifest(
        dataset=listing.dataset,
        size=settings.size,
        frames=settings.frames,
        n_steps=settings.n_steps,
        quality=settings.quality,
        made=made_as,
        view=listing.view,
        units=worn.units,
        wrists=worn.wrists,
        clips=tuple(made[key].clip for key in order),
        problems=tuple(problems),
    )
    write_manifest(out, manifest)
    return manifest
