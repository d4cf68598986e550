"""What a bundle can bring so that nobody has to wait for it: its landmark network for OpenVINO."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.bundle import CARD_NAME, Bundle, load_bundle, write_card
from engine.runtime.openvino.graph_conversion import with_converted_graph


def add_missing(bundle: Bundle) -> Bundle:
    """The bundle once it brings all that it can, loaded anew; as it is, where it did before.

    Raises RuntimeFailedError where OpenVINO is missing or answers otherwise than torch: the bundle
    then stays as it was.
    """
    landmarks = bundle.card.networks.landmarks
    if landmarks is None or landmarks.converted is not None:
        return bundle
    # The files first: until the card names them, they are no part of the bundle.
    write_card(bundle.folder, with_converted_graph(bundle))
    return load_bundle(bundle.folder)


def packed(bundle: Bundle, out: Path | None = None) -> Bundle:
    """The same in `out`, a folder that is made, or filled if it is empty; without it, in the
    bundle's own. Raises FileExistsError, RuntimeFailedError, OSError."""
    if out is None or out.resolve() == bundle.folder.resolve():
        return add_missing(bundle)
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out}: there is something in this folder already")
    out.mkdir(parents=True, exist_ok=True)
    for name in (*bundle.card.files, CARD_NAME):
        shutil.copyfile(bundle.file(name), out / name)
    return add_missing(load_bundle(out))
