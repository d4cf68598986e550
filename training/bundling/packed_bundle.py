"""A bundle made small and quick: weights stored in fewer bits, and its landmark network as OpenVINO
reads it, so that nobody has to wait for it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from engine.bundle import CARD_NAME, FORMAT_VERSION, Bundle, load_bundle, write_card
from engine.models.stored_weights import Storage
from engine.runtime.openvino.graph_conversion import with_converted_graph
from training.bundling.stored_networks import store_networks


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


def packed(bundle: Bundle, out: Path | None = None, storage: Storage = "float16") -> Bundle:
    """The same bundle in `out`, a folder that is made, or filled if it is empty; without it, in its
    own folder's place. Networks for pictures are stored as `storage`, all others in float16.

    Raises FileExistsError, RuntimeFailedError, BundleError, OSError; the bundle then stays as it
    was.
    """
    in_place = out is None or out.resolve() == bundle.folder.resolve()
    if out is not None and not in_place and out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out}: there is something in this folder already")
    # Where a link points: the link stays one.
    target = (bundle.folder if in_place or out is None else out).resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside it: whole folders are put in place by renaming, so that none is ever half packed.
    with tempfile.TemporaryDirectory(
        prefix=f".{target.name}-", dir=target.parent, ignore_cleanup_errors=True
    ) as beside:
        made = _packed_in(Path(beside) / "new", bundle, storage)
        if in_place:
            _take_the_place(made, bundle, target, Path(beside) / "old")
        else:
            if target.exists():
                target.rmdir()
            made.folder.rename(target)
    return load_bundle(target)


def _take_the_place(made: Bundle, bundle: Bundle, target: Path, old: Path) -> None:
    """What lies in the old folder beside the bundle, as a run's checkpoints, comes along."""
    own = {CARD_NAME, *bundle.card.files}
    target.rename(old)
    moved: list[str] = []
    try:
        for entry in sorted(old.iterdir()):
            if entry.name not in own:
                entry.rename(made.folder / entry.name)
                moved.append(entry.name)
        made.folder.rename(target)
    except BaseException:
        for name in moved:
            (made.folder / name).rename(old / name)
        old.rename(target)
        raise


def _packed_in(folder: Path, bundle: Bundle, storage: Storage) -> Bundle:
    folder.mkdir()
    for name in (*bundle.card.files, CARD_NAME):
        shutil.copyfile(bundle.file(name), folder / name)
    copy = load_bundle(folder)
    card = store_networks(copy, storage).model_copy(update={"format_version": FORMAT_VERSION})
    write_card(folder, card)
    return add_missing(load_bundle(folder))
