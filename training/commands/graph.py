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
from engine.paths import SIGN_ENCODER
from engine.recognition.sign_encoder import EncoderError, SignEncoder
from training.bundling.landmark_bundle import write_landmark_bundle
from training.bundling.signs.known_signs import add_known_signs
from training.commands.landmarks import SkeletonOption
from training.commands.shared.options import name_unseen, progress_bars, refuse
from training.commands.shared.run_options import RunOptions, profile_figures, with_run_options
from training.datasets.landmark_arrays import LandmarkArrays, load_landmarks
from training.datasets.signs.recorded_signs import read_signs
from training.errors import DataError
from training.evaluation.evaluate_bundle import SignerChoiceError
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.splits.sign_check import need_two_signs
from training.splits.signer_split import SignerSplit
from training.stages.landmarks import train_landmarks
from training.strict_json import strict_json
from training.tasks.landmark_source import load_landmark_source
from training.tasks.landmark_task import landmark_datasets, landmark_task
from training.trainer.distributed import leads, open_trainer
from training.trainer.run_folder import record_of


@with_run_options(example="landmark_epochs=30")
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
    *,
    run: RunOptions,
) -> None:
    """Train the landmark stream (AAGCN): a bundle of its own, or one more stream of a bundle."""
    profiler = run.profiler()
    try:
        setup, recipe = run.setup(), run.chosen_recipe()
        base = load_bundle(add_to) if add_to else None
        if base is not None:
            recipe = recipe.model_copy(update={"frames": base.card.clip.frames})
        with progress_bars() as progress:
            source = load_landmark_source(dataset, data, skeleton, progress)
            split = (
                _split_of(base)
                if base is not None
                else _told_split(source.recordings.signers, _names(test), _names(validation))
            )
            glosses = (
                base.card.glosses
                if base is not None
                else tuple(g for g in source.vocabulary if g not in _names(leave_out))
            )
            if missing := sorted(set(glosses) - set(source.vocabulary)):
                raise DataError(f"{data}: shows no {missing[0]!r}, which the bundle knows")
            task = landmark_task(source, split, glosses, recipe)
            record = record_of(dataset, task.protocol.name, split, run.init)
            with open_trainer(
                recipe,
                out / "checkpoints",
                setup,
                progress,
                record,
                resume=run.resume,
                init=run.init,
                profiler=profiler,
            ) as trainer:
                negatives = (
                    load_landmarks(others, skeleton, progress).of_glosses(_names(other_signs))
                    if others is not None
                    else None
                )
                if negatives is not None and negatives.dataset == dataset:
                    raise DataError(f"--others: {dataset} itself is no other set")
                video = _video_of(base, film, progress)
                datasets = landmark_datasets(task, trainer.device, negatives=negatives, video=video)
                name_unseen(datasets.unseen)
                need_two_signs(dataset, glosses)
                _need_every_sign(glosses, datasets.train.labels)
                watched = task.clips_of(split.validation, trainer.device)
                network = train_landmarks(trainer, source.skeleton, datasets.train, watched)
                if trainer.leads:
                    write_landmark_bundle(
                        out,
                        task,
                        datasets,
                        network,
                        source.skeleton,
                        trainer,
                        base=base,
                        negative_signs=_said_of(negatives),
                    )
                    if source.skeleton.has_fingers:
                        signs, encoder = read_signs(data, progress), SignEncoder.load(SIGN_ENCODER)
                        add_known_signs(load_bundle(out), signs, encoder, split.train)
                trainer.fabric.barrier()
                bundle = load_bundle(out)
    except (DataError, BundleError, EncoderError, SignerChoiceError, ValueError) as error:
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


def _video_of(base: Bundle | None, film: Path | None, progress: Progress) -> PreparedSet | None:
    """The videos that the other streams of `base` take; None where it takes none."""
    if base is None or base.card.clip.view != "rgb":
        return None
    if film is None:
        raise DataError(
            f"{base.card.name}: --film is needed too: what `prepare` made of the same set"
        )
    return load_prepared(film, progress)


def _need_every_sign(glosses: Sequence[str], labels: torch.Tensor) -> None:
    """Raises DataError naming the glosses that no label of the training side `(N,)` stands for."""
    unshown = [gloss for label, gloss in enumerate(glosses) if not bool((labels == label).any())]
    if unshown:
        raise DataError(
            f"{', '.join(unshown)}: shown by nobody who is trained on; --leave-out"
            " it, or choose other --test and --validation signers"
        )


def _said_of(negatives: LandmarkArrays | None) -> str:
    """For the card."""
    if negatives is None:
        return ""
    return f"signs of {negatives.dataset} learnt as 'no sign' ({', '.join(negatives.vocabulary)})"
