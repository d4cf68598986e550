"""Gives a bundle a stream of joints: measured fold by fold, then learnt from everybody."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from rich.progress import Progress
from safetensors.numpy import save

from engine.arrays import directions
from engine.atomic_write import written_whole
from engine.bundle import FORMAT_VERSION, Bundle, JointsFile, load_bundle, sha256, write_card
from engine.recognition.joint_stream import JointStream
from engine.recognition.sign_encoder import SignEncoder
from engine.recognition.sign_encoder.card import EncoderRecord
from engine.recognition.sign_encoder.cleaning import cleaned
from engine.recognition.sign_encoder.segment import SegmentError
from training.bundling.signs.encoder_folder import in_int8, write_encoder
from training.bundling.signs.trained_encoder import depth_of
from training.bundling.stored_networks import STORAGE, store_networks
from training.datasets.signs.recorded_signs import RecordedSigns
from training.datasets.signs.sign_set import SignSet, sign_set
from training.errors import DataError
from training.evaluation.encoded_signs import EncodedSigns, encoded
from training.stages.signs.joint_folds import FoldVectors, JointFigures, joint_folds
from training.stages.signs.joints import JointRecipe, Takes, fit_joints
from training.stages.signs.sign_encoder import EncoderRecipe, fit_encoder

JOINTS = "joints.safetensors"

_REST = 0.01
"""What other streams together count beside it where they add nothing: they answer where it cannot.
"""

_PROTOCOL = (
    "joints: leave one signer (session) out; in each fold the sign encoder and the stream are"
    " learnt from the other signers and the other sets, nothing is chosen in a fold; signs of each"
    " other set were left out of what was learnt where it is said how often they are accepted;"
    " shipped: the same, learnt from all signers, by the sign encoder that comes with SignMirror"
)


def add_joints(
    bundle: Bundle,
    own: RecordedSigns,
    others: Sequence[RecordedSigns],
    encoder: SignEncoder,
    recipe: JointRecipe,
    progress: Progress,
) -> JointFigures:
    """Writes the stream into the bundle, and its figures. `own`: recordings of the bundle's signs;
    `others`: what the encoder learnt from besides. Raises DataError where a sign is not shown, or
    by one signer alone."""
    figures = _measured(bundle, own, others, recipe, progress)
    taken = _of_bundle(bundle, encoded(encoder, own, progress))
    strangers = np.concatenate([encoded(encoder, one, progress).vectors for one in others])
    labels = _labels(bundle, taken)
    stream = fit_joints(Takes(taken.vectors, labels), len(bundle.card.glosses), strangers, recipe)
    _write(bundle, stream, encoder, figures, recipe)
    return figures


def _of_bundle(bundle: Bundle, signs: EncodedSigns) -> EncodedSigns:
    chosen = np.isin(signs.glosses, bundle.card.glosses)
    if missing := sorted(set(bundle.card.glosses) - set(map(str, signs.glosses[chosen]))):
        raise DataError(f"{bundle.card.name}: nobody shows {missing[0]!r}")
    return EncodedSigns(
        signs.vectors[chosen], signs.glosses[chosen], signs.signers[chosen], signs.handless
    )


def _labels(bundle: Bundle, signs: EncodedSigns) -> np.ndarray:
    return np.array([bundle.card.glosses.index(str(gloss)) for gloss in signs.glosses])


def _measured(
    bundle: Bundle,
    own: RecordedSigns,
    others: Sequence[RecordedSigns],
    recipe: JointRecipe,
    progress: Progress,
) -> JointFigures:
    sets = {one.dataset: sign_set(one) for one in others}
    mine = sign_set(own)
    if not mine.has_signers:
        raise DataError(f"{own.dataset}: at least two signers are needed, to leave one out")
    task = progress.add_task("folds", total=len(np.unique(mine.signers)))

    def without(held: str) -> FoldVectors:
        reads = _encoder_of([*sets.values(), mine.subset(mine.signers != held)], progress)
        signs = _of_bundle(bundle, encoded(reads, own))
        progress.advance(task)
        return FoldVectors(
            signs.vectors, {one.dataset: encoded(reads, one).vectors for one in others}
        )

    # Whose hands are seen does not depend on the encoder: which takes there are is known before.
    seen = _seen(bundle, own)
    return joint_folds(
        np.array([bundle.card.glosses.index(gloss) for gloss, _ in seen]),
        np.array([signer for _, signer in seen]),
        len(bundle.card.glosses),
        without,
        recipe,
    )


def _seen(bundle: Bundle, own: RecordedSigns) -> list[tuple[str, str]]:
    found = []
    for sign in own.signs:
        try:
            cleaned(sign.segment)
        except SegmentError:
            continue
        if sign.gloss in bundle.card.glosses:
            found.append((sign.gloss, sign.signer))
    return found


def _encoder_of(sets: Sequence[SignSet], progress: Progress) -> SignEncoder:
    """From files, with the errors of their few bits, as it is live."""
    fitted = fit_encoder(sets, EncoderRecipe(), depth_of(sets), progress)
    record = EncoderRecord(sources=(), protocol="", recipe={}, metrics={})
    with tempfile.TemporaryDirectory() as folder:
        written = write_encoder(Path(folder) / "fold", fitted, None, record, {1: 0.0})
        return SignEncoder.load(written.folder)


def _write(
    bundle: Bundle,
    stream: JointStream,
    encoder: SignEncoder,
    figures: JointFigures,
    recipe: JointRecipe,
) -> None:
    content = save(
        {
            "centres": in_int8(directions(stream.centres)),
            "weights": stream.weights.astype(np.float16),
        }
    )
    with written_whole(bundle.file(JOINTS)) as unfinished:
        unfinished.write_bytes(content)
    card = bundle.card
    part = JointsFile(file=JOINTS, encoder=encoder.card.weights, sharpness=stream.sharpness)
    record = card.training
    protocol = record.protocol.partition("; joints: ")[0]
    changed = {
        "format_version": FORMAT_VERSION,
        "networks": card.networks.model_copy(update={"joints": part}),
        "fusion": card.fusion.model_copy(
            update={
                "temperatures": {**card.fusion.temperatures, "joints": figures.temperature},
                "weights": _weights(card.fusion.weights),
            }
        ),
        "rejection": card.rejection.model_copy(update={"closeness": round(figures.closeness, 4)}),
        "training": record.model_copy(
            update={
                "protocol": f"{protocol}; {_PROTOCOL}",
                "recipe": {**record.recipe, "joints": recipe.model_dump()},
                "metrics": {**record.metrics, "joints": figures.summary()},
            }
        ),
        "files": {**card.files, JOINTS: sha256(bundle.file(JOINTS))},
    }
    write_card(bundle.folder, card.model_copy(update=changed))
    stored = load_bundle(bundle.folder)
    write_card(bundle.folder, store_networks(stored, STORAGE))


def _weights(before: Mapping[str, float]) -> dict[str, float]:
    others = {key: weight for key, weight in before.items() if key != "joints"}
    total = sum(others.values()) or 1.0
    scaled = {key: round(_REST * weight / total, 6) for key, weight in others.items()}
    return {**scaled, "joints": 1.0 - _REST}
