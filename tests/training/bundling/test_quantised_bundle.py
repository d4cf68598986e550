"""An int8 network comes into a bundle when it is as good as the exact one, and not otherwise."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.progress import Progress
from safetensors.torch import load_file

from engine.bundle import Bundle, load_bundle
from engine.models.stored_weights import from_stored
from engine.paths import BUNDLES
from engine.runtime.autotune import logits_of
from engine.runtime.backend import PLAIN, can_run, openvino
from engine.runtime.fallback import make_run
from engine.runtime.network_cache import NetworkCache
from engine.runtime.parts import example_of, relative_error
from engine.runtime.torch_run import leave_a_core
from engine.sources.motion.references import list_references, load_reference
from training.bundling import quantised_bundle as quantising
from training.bundling.batched_runtime import video_run
from training.bundling.quantised_bundle import INT8, add_quantised, calibration_clips
from training.datasets.evaluation_set import EvaluationSet
from training.errors import DataError
from training.readers.asl20 import GRID_STEPS, PairedRecordings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(can_run(INT8) is not None, reason="this processor does not compute in int8"),
]

SHOULDERS_M = 0.36
COUNT = 12


@pytest.fixture(scope="module", autouse=True)
def threads_as_live() -> Iterator[None]:
    """torch's threads that wait for a busy core make a network of 50 ms one of a second."""
    before = torch.get_num_threads()
    leave_a_core()
    yield
    torch.set_num_threads(before)


def recordings(signer: str, seed: int) -> PairedRecordings:
    """Every reference motion once, as somebody of another build shows it; no sensor is worn."""
    rng, joints, words = np.random.default_rng(seed), [], list_references()
    for word in words:
        motion = load_reference(word).joints
        at = np.linspace(0, len(motion) - 1, GRID_STEPS).round().astype(int)
        flat = motion[at] * SHOULDERS_M * rng.uniform(0.95, 1.05, 2)
        joints.append(np.concatenate([flat, np.zeros((*flat.shape[:2], 1))], axis=2))
    count, still = len(words), np.zeros((len(words), 6, GRID_STEPS), np.float32)
    return PairedRecordings(
        clips=np.array([f"{signer} {word}" for word in words]),
        signers=np.full(count, signer),
        words=np.array(words),
        joints=np.stack(joints).astype(np.float32),
        acc_g=still,
        gyro_dps=still,
        live=np.zeros((count, 2), bool),
    )


def evaluation_set(bundle: Bundle, signer: str, seed: int) -> EvaluationSet:
    assert bundle.card.sensor is not None
    return EvaluationSet.of_recordings(
        recordings(signer, seed),
        bundle.card.glosses,
        frames=bundle.card.clip.frames,
        n_steps=bundle.card.sensor.n_steps,
        device=torch.device("cpu"),
    )


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def quantise(folder: Path) -> dict[str, object]:
    bundle = load_bundle(folder)
    with Progress(disable=True) as progress:
        return add_quantised(
            bundle,
            evaluation_set(bundle, "trained on", 1),
            evaluation_set(bundle, "validated on", 3),
            evaluation_set(bundle, "never seen", 2),
            count=COUNT,
            progress=progress,
        )


def network_in(folder: Path) -> object:
    return openvino().Core().read_model(str(folder / files_of(folder)[0]))


def files_of(folder: Path) -> tuple[str, str]:
    """Names of the int8 network's two files."""
    network = load_bundle(folder).card.networks.quantised
    assert network is not None
    return network.model, network.weights


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """asl20 as it was before it had an int8 network."""
    folder = Path(shutil.copytree(BUNDLES / "asl20", tmp_path_factory.mktemp("exact") / "asl20"))
    names = files_of(folder)
    card = json.loads((folder / "card.json").read_text("utf-8"))
    card["networks"].pop("quantised")
    for name in names:
        (folder / name).unlink()
        card["files"].pop(name)
    (folder / "card.json").write_text(json.dumps(card), "utf-8")
    assert load_bundle(folder).card.networks.quantised is None
    return folder


@pytest.fixture(scope="module")
def quantised(
    exact: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, object]]:
    """The bundle that gained an int8 network, and what it was measured to be."""
    folder = Path(shutil.copytree(exact, tmp_path_factory.mktemp("quantised") / "asl20"))
    return folder, quantise(folder)


def test_the_bundle_gains_a_network_and_its_card_the_figures(
    quantised: tuple[Path, dict[str, object]], exact: Path
) -> None:
    folder, told = quantised
    before, after = load_bundle(exact).card, load_bundle(folder).card
    network = after.networks.quantised
    assert network is not None
    assert network.clips == told["clips"] == COUNT
    assert told["n"] == 20
    decided = told["validation"]
    assert isinstance(decided, dict) and decided["n"] == 20
    assert decided["relative_error"] != told["relative_error"]
    assert 0 < decided["relative_error"] <= quantising.MOST_ERROR
    assert decided["top1_change"] >= -quantising.MOST_LOST
    assert network.relative_error == pytest.approx(told["relative_error"], abs=1e-5)
    assert network.top1_change == pytest.approx(told["top1_change"], abs=1e-5)
    assert float(str(told["same_label"])) > 0.9
    # Nothing else has changed, and nothing was left lying about.
    changed = {"networks", "files", "format_version"}
    assert after.model_dump(exclude=changed) == before.model_dump(exclude=changed)
    assert contents(folder).keys() == contents(exact).keys() | {network.model, network.weights}
    assert after.files.items() > before.files.items()
    names = ("video.safetensors", "generator.safetensors", "sensor.safetensors")
    weights = [from_stored(load_file(folder / name)) for name in names]
    in_float32 = sum(4 * tensor.numel() for one in weights for tensor in one.values())
    assert (folder / network.weights).stat().st_size < 0.3 * in_float32


def test_what_it_gained_runs_and_nearly_agrees(
    quantised: tuple[Path, dict[str, object]], tmp_path: Path
) -> None:
    bundle = load_bundle(quantised[0])
    clip = example_of(bundle, "video")
    plain = make_run(bundle, "video", PLAIN, NetworkCache(tmp_path))
    # Two at a time, though it was made for one.
    found = video_run(bundle, INT8)(torch.from_numpy(np.concatenate([clip, -clip])))
    for number, shown in enumerate((clip, -clip)):
        one = [output[number : number + 1] for output in found]
        error = relative_error(logits_of(one, "video"), logits_of(plain(shown), "video"))
        assert 0 < error < 0.2
    first = [output[:1] for output in found]
    assert int(first[0].argmax()) == int(plain(clip)[0].argmax())


@pytest.mark.parametrize(("limit", "least"), [("MOST_ERROR", -1.0), ("MOST_LOST", -2.0)])
def test_a_worse_network_is_refused_and_the_bundle_stays_as_it_was(
    quantised: tuple[Path, dict[str, object]],
    exact: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    least: float,
) -> None:
    folder = Path(shutil.copytree(exact, tmp_path / "asl20"))
    before, made = contents(folder), network_in(quantised[0])
    # The same network again, without the half minute that making it takes.
    monkeypatch.setattr(quantising, "convert", lambda *_: None)
    monkeypatch.setattr(quantising, "quantise", lambda *_: made)
    monkeypatch.setattr(quantising, limit, least)
    with pytest.raises(DataError, match="stays as it was") as caught:
        quantise(folder)
    assert str(folder) in str(caught.value) and "\n" not in str(caught.value)
    assert contents(folder) == before
    assert load_bundle(folder).card.networks.quantised is None


@pytest.mark.parametrize("worse_on", ["validated on", "never seen"])
def test_validation_signers_decide_and_those_never_seen_do_not(
    quantised: tuple[Path, dict[str, object]],
    exact: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    worse_on: str,
) -> None:
    """A limit between what the network is off on the one and on the other."""
    folder = Path(shutil.copytree(exact, tmp_path / "asl20"))
    told, made = quantised[1], network_in(quantised[0])
    monkeypatch.setattr(quantising, "convert", lambda *_: None)
    monkeypatch.setattr(quantising, "quantise", lambda *_: made)
    decided = told["validation"]
    assert isinstance(decided, dict)
    on = {"validated on": decided["relative_error"], "never seen": told["relative_error"]}
    signers = sorted(on, key=on.__getitem__)
    monkeypatch.setattr(quantising, "MOST_ERROR", sum(on.values()) / 2)
    # Whose clips are whose: the same two people, the other way about where need be.
    seeds = {"validated on": 3, "never seen": 2}
    validation, unseen = (signers[1], signers[0]) if worse_on == "validated on" else signers
    bundle = load_bundle(folder)

    def add() -> dict[str, object]:
        with Progress(disable=True) as progress:
            return add_quantised(
                bundle,
                evaluation_set(bundle, "trained on", 1),
                evaluation_set(bundle, validation, seeds[validation]),
                evaluation_set(bundle, unseen, seeds[unseen]),
                count=COUNT,
                progress=progress,
            )

    if worse_on == "validated on":
        with pytest.raises(DataError, match="on validation signers"):
            add()
        assert load_bundle(folder).card.networks.quantised is None
        return
    assert float(str(add()["relative_error"])) > quantising.MOST_ERROR
    assert load_bundle(folder).card.networks.quantised is not None


def test_a_network_made_anew_takes_the_old_ones_place(
    quantised: tuple[Path, dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(quantised[0], tmp_path / "asl20"))
    old, made = files_of(folder), network_in(folder)
    monkeypatch.setattr(quantising, "convert", lambda *_: None)
    monkeypatch.setattr(quantising, "quantise", lambda *_: made)
    quantise(folder)
    new = files_of(folder)
    assert not {*old} & {*new}
    assert contents(folder).keys() == contents(quantised[0]).keys() - {*old} | {*new}


def test_it_is_calibrated_on_clips_of_all_signs_evenly() -> None:
    bundle = load_bundle("asl20")
    words = evaluation_set(bundle, "trained on", 1)
    size = bundle.card.clip.size
    every = torch.cat([batch.video(size) for batch in words.words.evaluation_batches()]).numpy()
    some = calibration_clips(words, size, 5)
    assert [clip.shape for clip in some] == [(1, 3, bundle.card.clip.frames, size, size)] * 5
    chosen = [int(np.flatnonzero((every == clip).all(axis=(1, 2, 3, 4)))[0]) for clip in some]
    assert chosen == [0, 5, 10, 14, 19]
    assert len(calibration_clips(words, size, 500)) == 20
