"""`python -m training references`: the recorded motions that show each sign of a vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from engine.landmarks.recording import LandmarkRecording
from engine.sources.motion.references import ReferenceMotion, save_reference
from training.commands.shared.options import progress_bars, refuse
from training.errors import DataError
from training.motion.finger_motions import mean_finger_motion
from training.motion.mean_motions import mean_motion
from training.motion.resting import with_rest
from training.preparation.landmark_cache import INDEX, read_cached, read_index
from training.readers.asl20 import NO_SIGN, read_asl20
from training.readers.ksl13 import read_ksl13


def references(
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            envvar="SIGNMIRROR_DATA",
            help="recordings in the set's layout, or a folder that `landmarks` wrote",
        ),
    ],
    out: Annotated[Path, typer.Option(help="folder for one motion a sign")],
    dataset: Annotated[
        str, typer.Argument(help="asl20, ksl13, or the set that `landmarks` looked at")
    ] = "asl20",
) -> None:
    """Write one mean motion a sign, averaged over signers; of landmarks, with fingers."""
    try:
        for motion in _motions(dataset, data):
            save_reference(motion, out)
    except DataError as error:
        raise refuse(error) from error


def _motions(dataset: str, data: Path) -> Iterator[ReferenceMotion]:
    if dataset == "asl20":
        recordings = read_asl20(data)
        words = sorted({str(word) for word in recordings.words} - {NO_SIGN})
        with progress_bars() as progress:
            for word in progress.track(words, description="mean motions"):
                yield mean_motion(recordings, word)
        return
    takes: dict[str, list[tuple[str, LandmarkRecording]]] = defaultdict(list)
    for gloss, signer, recording in _takes(dataset, data):
        takes[gloss].append((signer, recording))
    with progress_bars() as progress:
        for gloss in progress.track(sorted(takes), description="mean motions"):
            yield with_rest(mean_finger_motion(gloss, takes[gloss]))


def _takes(dataset: str, data: Path) -> Iterator[tuple[str, str, LandmarkRecording]]:
    """Gloss, signer and landmarks of each take; left-handers' are left out, who would have to be
    mirrored."""
    if dataset == "ksl13":
        for row in read_ksl13(data):
            yield row.gloss, row.signer, row.recording
        return
    index = read_index(data)
    if index.dataset != dataset:
        raise DataError(f"{data / INDEX}: is of {index.dataset}, not of {dataset}")
    for clip in index.clips:
        if not clip.left_handed:
            yield clip.gloss, clip.signer, read_cached(data, clip)
