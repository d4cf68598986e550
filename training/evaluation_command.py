"""`python -m training evaluate`: a bundle on recordings, as they lie or prepared."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from rich.progress import Progress

from engine.bundle import Bundle, BundleError, load_bundle
from engine.networks import choose_device
from engine.runtime.choice import PLAIN, Choice, RuntimeFailedError
from training.command_line import DeviceOption, name_unseen, notes, progress_bars, refuse
from training.errors import DataError
from training.evaluation import SignerChoiceError, chosen_signers, evaluate_bundle
from training.examination import Examination
from training.film_runtime import film_run
from training.landmark_clips import LandmarkClips
from training.landmark_set import LandmarkSet, load_landmarks
from training.preparation.manifest import MANIFEST
from training.preparation.prepare import Settings
from training.preparation.prepare import prepare as run_preparation
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.readers.asl20 import read_asl20
from training.readers.registry import READERS, reader_for

_QUALITY = 95
"""Of the pictures' passing cache: what compression does must not be part of the figures."""


def evaluate(
    bundle: Annotated[str, typer.Argument(help="bundle, by name or folder")],
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            envvar="SIGNMIRROR_DATA",
            help="recordings in the set's layout, or what `prepare` made of them",
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object on stdout")] = False,
    signers: Annotated[
        str, typer.Option(help="'unseen' (not in training), 'all', or names with commas")
    ] = "unseen",
    layout: Annotated[
        str,
        typer.Option(help=f"of the recordings: {', '.join(READERS)}; or the bundle's own"),
    ] = "",
    landmarks: Annotated[
        Path | None,
        typer.Option(help="of colour video: what `landmarks` made of it, for the landmark stream"),
    ] = None,
    unknown: Annotated[
        Path | None,
        typer.Option(help="landmarks of another set, whose signs the bundle shall not name"),
    ] = None,
    unknown_signs: Annotated[
        str, typer.Option(help="which of them, with commas; left out: all")
    ] = "",
    runtime: Annotated[
        str,
        typer.Option(help="what runs the networks for pictures: torch-fp32, openvino-int8, …"),
    ] = str(PLAIN),
    device: DeviceOption = "auto",
) -> None:
    """Measure a bundle on recordings, on signers it has not seen unless told otherwise."""
    try:
        loaded = load_bundle(bundle)
        where = choose_device(device)
        choice = Choice.parse(runtime)
        with progress_bars() as progress:
            examination = examination_of(
                loaded, data, signers, where, progress, layout=layout, landmarks=landmarks
            )
            if unknown is not None:
                chosen = [name.strip() for name in unknown_signs.split(",") if name.strip()]
                others = _landmark_set(loaded, unknown, progress).of_glosses(chosen)
                strangers = LandmarkClips(others, (), frames=loaded.card.clip.frames, device=where)
                examination = replace(examination, unknown=strangers)
            run = None if choice == PLAIN else film_run(loaded, choice)
            result = evaluate_bundle(
                loaded, examination, device=where, progress=progress, film_run=run
            )
    except (DataError, BundleError, SignerChoiceError, RuntimeFailedError, ValueError) as error:
        raise refuse(error) from error
    print(json.dumps(result, indent=None if as_json else 2, ensure_ascii=False))


def examination_of(
    bundle: Bundle,
    data: Path,
    signers: str,
    device: torch.device,
    progress: Progress,
    *,
    layout: str = "",
    landmarks: Path | None = None,
) -> Examination:
    """The clips of these signers, as the bundle looks at them; `data`, `layout` and `landmarks` as
    for `evaluate`. Raises DataError, SignerChoiceError."""
    if bundle.card.clip.view == "pose":
        return _recordings(bundle, data, signers, device)
    if bundle.card.clip.view == "landmarks":
        return _landmarks(bundle, data, signers, device, progress)
    seen = _landmark_set(bundle, landmarks, progress) if landmarks else None
    prepared = _film(bundle, data, signers, layout, progress)
    found = Examination.of_film(prepared, bundle.card.glosses, device=device, landmarks=seen)
    name_unseen(found.unseen)
    return found


def _landmark_set(bundle: Bundle, folder: Path, progress: Progress) -> LandmarkSet:
    stream = bundle.card.networks.landmarks
    if stream is None:
        raise DataError(f"{bundle.card.name}: this bundle has no landmark stream")
    return load_landmarks(folder, stream.skeleton, progress)


def _landmarks(
    bundle: Bundle, data: Path, signers: str, device: torch.device, progress: Progress
) -> Examination:
    found = _landmark_set(bundle, data, progress)
    return Examination.of_landmarks(
        found.subset(chosen_signers(bundle, found.signers, signers)),
        bundle.card.glosses,
        frames=bundle.card.clip.frames,
        device=device,
    )


def _recordings(bundle: Bundle, data: Path, signers: str, device: torch.device) -> Examination:
    recordings = read_asl20(data)
    card = bundle.card
    assert card.sensor is not None
    return Examination.of_recordings(
        recordings.subset(chosen_signers(bundle, recordings.signers, signers)),
        card.glosses,
        frames=card.clip.frames,
        n_steps=card.sensor.n_steps,
        device=device,
        dataset=data.stem if data.is_file() else data.resolve().name,
    )


def _film(bundle: Bundle, data: Path, signers: str, layout: str, progress: Progress) -> PreparedSet:
    """Only what is measured is decoded; the cache lives as long as the measuring."""
    if (data / MANIFEST).is_file():
        prepared = load_prepared(data, progress)
        return prepared.subset(chosen_signers(bundle, prepared.signers, signers))
    reader = reader_for(layout or (bundle.card.name if bundle.card.name in READERS else "folder"))
    listing = reader.list(data)
    wanted = chosen_signers(bundle, np.array([clip.signer for clip in listing.clips]), signers)
    chosen = replace(
        listing, clips=tuple(c for c, use in zip(listing.clips, wanted, strict=True) if use)
    )
    clip, sensor = bundle.card.clip, bundle.card.sensor
    assert sensor is not None
    settings = Settings(
        size=clip.size,
        frames=clip.frames,
        n_steps=sensor.n_steps,
        quality=_QUALITY,
    )
    with tempfile.TemporaryDirectory(prefix="signmirror-") as folder:
        manifest = run_preparation(reader, chosen, Path(folder), settings, progress=progress)
        for path, what in manifest.problems:
            notes.print(f"left out: {path}: {what}", highlight=False, soft_wrap=True)
        return load_prepared(Path(folder), progress)
