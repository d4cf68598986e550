"""`python -m training evaluate`: a bundle on recordings, as they lie or prepared."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from rich.progress import Progress

from engine.bundle import Bundle, BundleError, load_bundle
from engine.runtime.backend import PLAIN, Choice, RuntimeFailedError
from engine.runtime.bundle_networks import choose_device
from training.bundling.batched_runtime import video_run
from training.commands.shared.options import DeviceOption, name_unseen, notes, progress_bars, refuse
from training.datasets.evaluation_set import WRISTS, EvaluationSet
from training.datasets.finger_dataset import FingerDataset
from training.datasets.landmark_arrays import LandmarkArrays, load_landmarks
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.landmark_detection import detect_landmarks
from training.errors import DataError
from training.evaluation.evaluate_bundle import (
    UNTRAINED,
    SignerChoiceError,
    chosen_signers,
    evaluate_bundle,
)
from training.evaluation.finger_scores import evaluate_fingers
from training.preparation.manifest import MANIFEST
from training.preparation.prepare import Settings
from training.preparation.prepare import prepare as run_preparation
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.readers.asl20 import read_asl20
from training.readers.files.listing import Listing, Reader
from training.readers.glove_letters import read_glove_letters
from training.readers.registry import READERS, reader_for
from training.splits.sign_check import said_of
from training.strict_json import strict_json

_QUALITY = 95
"""Of the pictures' passing cache: what compression does must not be part of the figures."""


_JOINTS_ELSEWHERE = (
    "the stream of joints is not measured here: the card has its figures, fold by fold, and"
    " `python -m training joints` measures it anew; below, the other streams are fused without it"
)


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
        typer.Option(
            help="what `landmarks` made of the same recordings; left out: raw video is looked at"
        ),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(help="folder that keeps the landmarks that were looked for, for the next run"),
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
        if not loaded.card.needs_camera:
            print(strict_json(_of_fingers(loaded, data, signers), indent=None if as_json else 2))
            return
        with progress_bars() as progress:
            evaluation_set = evaluation_set_of(
                loaded,
                data,
                signers,
                where,
                progress,
                layout=layout,
                landmarks=landmarks,
                cache=cache,
            )
            if unknown is not None:
                chosen = [name.strip() for name in unknown_signs.split(",") if name.strip()]
                others = _landmark_set(loaded, unknown, progress).of_glosses(chosen)
                negatives = LandmarkDataset(
                    others, (), frames=loaded.card.clip.frames, device=where
                )
                evaluation_set = replace(evaluation_set, unknown=negatives)
            if loaded.card.networks.joints is not None:
                notes.print(_JOINTS_ELSEWHERE, highlight=False, soft_wrap=True)
            run = None if choice == PLAIN else video_run(loaded, choice)
            result = evaluate_bundle(
                loaded, evaluation_set, device=where, progress=progress, video_run=run
            )
    except (DataError, BundleError, SignerChoiceError, RuntimeFailedError, ValueError) as error:
        raise refuse(error) from error
    if isinstance(untrained := result[UNTRAINED], list) and untrained:
        notes.print(said_of(untrained), highlight=False, soft_wrap=True)
    print(strict_json(result, indent=None if as_json else 2))


def _of_fingers(bundle: Bundle, data: Path, signers: str) -> dict[str, object]:
    """Of a bundle of a glove alone. Raises DataError, SignerChoiceError."""
    sensor = bundle.card.sensor
    assert sensor is not None
    recordings = read_glove_letters(data)
    # Nobody's name is told: all that there is was recorded by whom the card says.
    everybody = np.full(len(recordings), "+".join(bundle.card.training.train_signers))
    recordings = recordings.subset(chosen_signers(bundle, everybody, signers))
    if missing := sorted(set(recordings.vocabulary) - set(bundle.card.glosses)):
        raise DataError(f"{data}: shows {missing[0]!r}, which the bundle does not know")
    clips = FingerDataset(
        recordings, bundle.card.glosses, n_steps=sensor.n_steps, device=torch.device("cpu")
    )
    return evaluate_fingers(bundle, clips, "glove-letters")


def evaluation_set_of(
    bundle: Bundle,
    data: Path,
    signers: str,
    device: torch.device,
    progress: Progress,
    *,
    layout: str = "",
    landmarks: Path | None = None,
    cache: Path | None = None,
    video_alone: bool = False,
) -> EvaluationSet:
    """The clips of these signers, in the view that the bundle takes; `data`, `layout`, `landmarks`
    and `cache` as for `evaluate`. `video_alone`: the landmark stream is not measured. Raises
    DataError, SignerChoiceError."""
    if not bundle.card.needs_camera:
        raise DataError(f"{bundle.card.name}: a bundle of a glove alone looks at nothing")
    if bundle.card.clip.view == "pose":
        return _recordings(bundle, data, signers, device)
    if bundle.card.clip.view == "landmarks":
        return _landmarks(bundle, data, signers, device, progress)
    seen = _landmark_set(bundle, landmarks, progress) if landmarks else None
    stream = bundle.card.networks.landmarks
    wants_landmarks = stream is not None and seen is None and not video_alone
    if (data / MANIFEST).is_file():
        prepared = load_prepared(data, progress)
        prepared = prepared.subset(chosen_signers(bundle, prepared.signers, signers))
        if wants_landmarks:
            notes.print(
                f"{data}: prepared pictures hold no landmarks, so the bundle is measured without"
                " its landmark stream; give --landmarks, or the recordings themselves",
                highlight=False,
                soft_wrap=True,
            )
    else:
        reader, listing = _listed(bundle, data, signers, layout)
        prepared = _video(bundle, reader, listing, progress)
        if wants_landmarks and stream is not None:
            seen = detect_landmarks(listing, stream.skeleton, progress, cache=cache)
    sensor = bundle.card.sensor
    found = EvaluationSet.of_video(
        prepared,
        bundle.card.glosses,
        device=device,
        landmarks=seen,
        channels=sensor.channels if sensor is not None else WRISTS,
    )
    name_unseen(found.unseen)
    return found


def _landmark_set(bundle: Bundle, folder: Path, progress: Progress) -> LandmarkArrays:
    stream = bundle.card.networks.landmarks
    if stream is None:
        raise DataError(f"{bundle.card.name}: this bundle has no landmark stream")
    return load_landmarks(folder, stream.skeleton, progress)


def _landmarks(
    bundle: Bundle, data: Path, signers: str, device: torch.device, progress: Progress
) -> EvaluationSet:
    found = _landmark_set(bundle, data, progress)
    return EvaluationSet.of_landmarks(
        found.subset(chosen_signers(bundle, found.signers, signers)),
        bundle.card.glosses,
        frames=bundle.card.clip.frames,
        device=device,
    )


def _recordings(bundle: Bundle, data: Path, signers: str, device: torch.device) -> EvaluationSet:
    recordings = read_asl20(data)
    card = bundle.card
    assert card.sensor is not None
    return EvaluationSet.of_recordings(
        recordings.subset(chosen_signers(bundle, recordings.signers, signers)),
        card.glosses,
        frames=card.clip.frames,
        n_steps=card.sensor.n_steps,
        device=device,
        dataset=data.stem if data.is_file() else data.resolve().name,
    )


def _listed(bundle: Bundle, data: Path, signers: str, layout: str) -> tuple[Reader, Listing]:
    """The recordings of those signers alone, and who reads them."""
    reader = reader_for(layout or (bundle.card.name if bundle.card.name in READERS else "folder"))
    listing = reader.list(data)
    wanted = chosen_signers(bundle, np.array([clip.signer for clip in listing.clips]), signers)
    clips = tuple(c for c, use in zip(listing.clips, wanted, strict=True) if use)
    return reader, replace(listing, clips=clips)


def _video(bundle: Bundle, reader: Reader, chosen: Listing, progress: Progress) -> PreparedSet:
    """Only what is measured is decoded; the pictures live as long as the measuring."""
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
