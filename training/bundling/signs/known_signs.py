"""Gives a bundle its own signs as the sign encoder has them, so that taught ones can be told from
them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np
from safetensors.numpy import save

from engine.arrays import directions
from engine.atomic_write import written_whole
from engine.bundle import FORMAT_VERSION, Bundle, KnownSignsFile, load_bundle, sha256, write_card
from engine.recognition.sign_encoder import SignEncoder
from training.bundling.signs.encoder_folder import in_int8
from training.datasets.signs.recorded_signs import RecordedSigns
from training.errors import DataError
from training.evaluation.encoded_signs import encoded

KNOWN = "known.safetensors"


def add_known_signs(
    bundle: Bundle,
    recorded: RecordedSigns,
    encoder: SignEncoder,
    signers: Collection[str] = (),
) -> Bundle:
    """One vector a sign and signer, the mean of the takes; of these `signers` alone, where any are
    named. A sign of which no hand was seen has none. Raises DataError where no sign is left."""
    found = encoded(encoder, recorded)
    chosen = np.isin(found.glosses, bundle.card.glosses)
    if signers:
        chosen &= np.isin(found.signers, sorted(signers))
    if not chosen.any():
        raise DataError(f"{recorded.dataset}: nobody shows a sign of {bundle.card.name}")
    rows, numbers = [], []
    for number, gloss in enumerate(bundle.card.glosses):
        for signer in np.unique(found.signers[chosen & (found.glosses == gloss)]):
            takes = chosen & (found.glosses == gloss) & (found.signers == signer)
            rows.append(found.vectors[takes].mean(axis=0))
            numbers.append(number)
    content = save(
        {"vectors": in_int8(directions(np.stack(rows))), "signs": np.array(numbers, np.int16)}
    )
    with written_whole(bundle.file(KNOWN)) as unfinished:
        unfinished.write_bytes(content)
    return _with(bundle, encoder)


def _with(bundle: Bundle, encoder: SignEncoder) -> Bundle:
    part = KnownSignsFile(file=KNOWN, encoder=encoder.card.weights)
    networks = bundle.card.networks.model_copy(update={"known": part})
    files = {**bundle.card.files, KNOWN: sha256(bundle.file(KNOWN))}
    changed = {"format_version": FORMAT_VERSION, "networks": networks, "files": files}
    write_card(bundle.folder, bundle.card.model_copy(update=changed))
    return load_bundle(Path(bundle.folder))
