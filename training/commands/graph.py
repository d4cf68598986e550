"""`python -m training graph`: the landmark stream of a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from rich.progress import Progress

from engine.bundle import Bundle, BundleError, load_bundle
from engine.runtime.bundle_networks import choose_device
from training.bundling.landmark_bundle import LandmarkFitTask, write_landmark_bundle
from training.commands.landmarks import SkeletonOption
from training.commands.options import (
    ConfigOption,
    DeviceOption,
    DevicesOption,
    InitOption,
    chosen_recipe,
    name_unseen,
    progress_bars,
    refuse,
)
from training.commands.profile_options import (
    ProfileOption,
    ProfileStepsOption,
    ProfileWarmUpOption,
    profile_figures,
    profiler_for,
)
from training.datasets.evaluation_set import AnyDataset, EvaluationSet
from training.datasets.landmark_arrays import LandmarkArrays, load_landmarks
from training.datasets.landmark_dataset import LandmarkDataset
from training.datasets.seen_clips import seen_clips
from training.datasets.video_dataset import VideoDataset
from training.errors import DataError
from training.evaluation.evaluate_bundle import SignerChoiceError
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.recipe import Recipe
from training.splits.sign_check import need_two_signs
from training.splits.signer_split import SignerSplit
from training.stages.landmarks import train_landmarks
from training.strict_json import strict_json
from training.tasks.landmark_task import RecordedJoints, RecordedLandmarks, load_landmark_task
from training.trainer.distributed import DistributedSetup, leads, open_trainer
from training.trainer.run_folder import record_of


def graph(
    dataset: Annotated[str, typer.Argument(help="asl20, ksl13, or a set with landmarks")],
    data: Annotated[
        Path, typer.Option("--data", help="what `landmarks` made; asl20, ksl13: the recordings")
    ],
    out: Annotated[Path, typer.Option(help="folder of the new bundle and its checkpoints")],
    add_to: Annotated[
        str, typer.Option(help="bundle that gains the stream, with its own split of signers")
    ] = "",
    film: Annotated[
        Path | None, typer.Option(help="with --add-to of colour video: what `prepare` made")
    ] = None,
    test: Annotated[str, typer.Option(help="signers never seen, with commas")] = "",
    validation: Annotated[str, typer.Option(help="signers to validate on, with commas")] = "",
    leave_out: Annotated[
        str, typer.Option(help="glosses that are not taught to the network, with commas")
    ] = "",
    others: Annotated[
        Path | None,
        typer.Option(help="landmarks of another set: its signs are learnt as 'no sign'"),
    ] = None,
    other_signs: Annotated[
        str, typer.Option(help="which of the other set's, with commas; left out: all")
    ] = "",
    skeleton: SkeletonOption = "hands_and_arms",
    recipe: Annotated[str, typer.Option(help="auto, laptop, full or smoke")] = "auto",
    config: ConfigOption = None,
    override: Annotated[
        list[str] | None, typer.Option("--set", help="change the recipe: landmark_epochs=30")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="default: the recipe's")] = None,
    device: DeviceOption = "auto",
    devices: DevicesOption = "auto",
    resume: Annotated[bool, typer.Option("--resume", help="go on where a run stopped")] = False,
    init: InitOption = None,
    profile: ProfileOption = False,
    profile_warm_up: ProfileWarmUpOption = 10,
    profile_steps: ProfileStepsOption = 50,
) -> None:
    """Train the landmark stream (AAGCN): a bundle of its own, or one more stream of a bundle."""
    profiler = profiler_for(profile, profile_warm_up, profile_steps)
    try:
        where = choose_device(device)
        told = chosen_recipe(recipe, where, override or [], seed, config)
        base = load_bundle(add_to) if add_to else None
        if base is not None:
            told = told.model_copy(update={"frames": base.card.clip.frames})
        with progress_bars() as progress:
            source = load_landmark_task(dataset, data, skeleton, progress)
            split = (
                _split_of(base)
                if base is not None
                else _told_split(source.signers, _names(test), _names(validation))
            )
            vocabulary = (
                base.card.glosses
                if base is not None
                else tuple(g for g in source.vocabulary if g not in _names(leave_out))
            )
            if missing := sorted(set(vocabulary) - set(source.vocabulary)):
                raise DataError(f"{data}: shows no {missing[0]!r}, which the bundle knows")
            record = record_of(dataset, "landmark stream", split, init)
            with open_trainer(
                told,
                out / "checkpoints",
                DistributedSetup(where, devices),
                progress,
                record,
                resume=resume,
                init=init,
                profiler=profiler,
            ) as trainer:
                negatives = (
                    load_landmarks(others, skeleton, progress).of_glosses(_names(other_signs))
                    if others is not None
                    else None
                )
                if negatives is not None and negatives.dataset == dataset:
                    raise DataError(f"--others: {dataset} itself is no other set")
                task = _fit_task(
                    source,
                    vocabulary,
                    split,
                    base,
                    film,
                    told,
                    trainer.device,
                    progress,
                    negatives=negatives,
                )
                need_two_signs(dataset, vocabulary)
                unshown = [
                    gloss
                    for label, gloss in enumerate(vocabulary)
                    if not bool((task.train.labels == label).any())
                ]
                if unshown:
                    raise DataError(
                        f"{', '.join(unshown)}: shown by nobody who is trained on; --leave-out"
                        " it, or choose other --test and --validation signers"
                    )
                watched = source.clips(
                    np.isin(source.signers, split.validation), vocabulary, told, trainer.device
                )
                network = train_landmarks(
                    trainer, source.skeleton, task.train, watched, source.view
                )
                if trainer.leads:
                    write_landmark_bundle(out, task, network, trainer)
                trainer.fabric.barrier()
                bundle = load_bundle(out)
    except (DataError, BundleError, SignerChoiceError, ValueError) as error:
        raise refuse(error) from error
    if leads():
        figures = {**bundle.card.training.metrics, **profile_figures(profiler)}
        print(strict_json({"bundle": str(bundle.folder), **figures}, ascii_only=True))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _split_of(base: Bundle) -> SignerSplit:
    record = base.card.training
    return SignerSplit(record.train_signers, record.validation_signers, record.test_signers)


def _told_split(signers: np.ndarray, test: Sequence[str], validation: Sequence[str]) -> SignerSplit:
    """By default the first signer is tested and the second validated on."""
    everyone = sorted({str(name) for name in signers})
    if missing := sorted({*test, *validation} - set(everyone)):
        raise DataError(f"no recordings by {', '.join(missing)}; there are {', '.join(everyone)}")
    tested = tuple(test) or (everyone[0],)
    watched = tuple(validation) or tuple(n for n in everyone if n not in tested)[:1]
    rest = tuple(name for name in everyone if name not in {*tested, *watched})
    if not rest:
        raise DataError("nobody is left to train on")
    return SignerSplit(rest, watched, tested)


def _fit_task(
    source: RecordedLandmarks | RecordedJoints,
    vocabulary: tuple[str, ...],
    split: SignerSplit,
    base: Bundle | None,
    film: Path | None,
    recipe: Recipe,
    device: torch.device,
    progress: Progress,
    *,
    negatives: LandmarkArrays | None,
) -> LandmarkFitTask:
    def side(names: Sequence[str]) -> np.ndarray:
        return np.isin(source.signers, list(names))

    known = np.isin(source.glosses, list(vocabulary))
    validation: AnyDataset
    if isinstance(source, RecordedJoints):
        if negatives is not None:
            raise DataError("--others: asl20's joints in space stand beside no landmarks")
        train: AnyDataset = source.clips(side(split.train), vocabulary, recipe, device)
        validation = source.clips(side(split.validation), vocabulary, recipe, device)
        test = EvaluationSet.of_recordings(
            source.recordings.subset(side(split.test)),
            vocabulary,
            frames=recipe.frames,
            n_steps=recipe.n_steps,
            device=device,
        )
    else:
        shown = source.landmarks.subset(side(split.train) & known)
        train = LandmarkDataset(
            shown if negatives is None else shown.with_negative_signs(negatives),
            vocabulary,
            frames=recipe.frames,
            device=device,
            mirrored=recipe.landmark_mirrored,
        )
        if base is not None and base.card.clip.view == "rgb":
            if film is None:
                raise DataError(
                    f"{base.card.name}: --film is needed too: what `prepare` made of the same set"
                )
            validation, test = _filmed_sides(
                source, load_prepared(film, progress), vocabulary, split, recipe, device
            )
        else:
            validation = source.clips(side(split.validation) & known, vocabulary, recipe, device)
            test = EvaluationSet.of_landmarks(
                source.landmarks.subset(side(split.test)),
                vocabulary,
                frames=recipe.frames,
                device=device,
            )
    return LandmarkFitTask(
        source,
        vocabulary,
        "whole signers: trained, validated and tested on different people; fusion, threshold and"
        " energy from validation signers; one split, one seed",
        f"signs of {negatives.dataset} learnt as 'no sign' ({', '.join(negatives.vocabulary)})"
        if negatives is not None
        else "",
        split,
        train,
        validation,
        test,
        base,
    )


def _filmed_sides(
    source: RecordedLandmarks,
    prepared: PreparedSet,
    vocabulary: tuple[str, ...],
    split: SignerSplit,
    recipe: Recipe,
    device: torch.device,
) -> tuple[VideoDataset, EvaluationSet]:
    if prepared.manifest.dataset != source.dataset:
        raise DataError(f"--film holds {prepared.manifest.dataset}, not {source.dataset}")
    watched, seen, unseen = seen_clips(
        prepared.subset(np.isin(prepared.signers, list(split.validation))), source.landmarks
    )
    landmarks = LandmarkDataset(seen, vocabulary, frames=recipe.frames, device=device)
    test = EvaluationSet.of_video(
        prepared.subset(np.isin(prepared.signers, list(split.test))),
        vocabulary,
        device=device,
        landmarks=source.landmarks,
    )
    name_unseen([*unseen, *test.unseen])
    return VideoDataset(watched, vocabulary, device=device, landmarks=landmarks), test
