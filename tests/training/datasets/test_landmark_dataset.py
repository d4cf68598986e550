"""Training clips of landmarks: balanced, augmented, never a copy; others as they were recorded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from engine.clips.landmark_buffer import graph_clip
from tests.landmark_recordings import recording, write_landmarks
from training.datasets.landmark_arrays import LandmarkArrays, load_landmarks
from training.datasets.landmark_dataset import LandmarkDataset
from training.errors import DataError
from training.preparation.landmark_cache import FOLDER, read_index

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def landmarks(tmp_path_factory: pytest.TempPathFactory) -> LandmarkArrays:
    return load_landmarks(write_landmarks(tmp_path_factory.mktemp("set") / "landmarks"))


def clips_of(landmarks: LandmarkArrays, **changes: float) -> LandmarkDataset:
    return LandmarkDataset(landmarks, landmarks.vocabulary, frames=16, device=CPU, **changes)


def test_a_seed_draws_the_same_epoch_and_another_seed_another(landmarks: LandmarkArrays) -> None:
    clips = clips_of(landmarks)

    def epoch(seed: int) -> torch.Tensor:
        batches = clips.training_batches(8, seed=seed, no_sign_share=0.1)
        return torch.cat([batch.places for batch in batches])

    assert torch.equal(epoch(1), epoch(1))
    assert not torch.equal(epoch(1), epoch(2))


def test_a_rare_class_is_seen_as_often_and_never_as_a_copy(landmarks: LandmarkArrays) -> None:
    rare = landmarks.glosses == "wave"
    rare[np.flatnonzero(rare)[1:]] = False
    few = landmarks.subset(rare | (landmarks.glosses == "lift"))
    clips = LandmarkDataset(few, ("lift", "wave"), frames=16, device=CPU)
    drawn = [
        batch
        for seed in range(20)
        for batch in clips.training_batches(4, seed=seed, no_sign_share=0.0)
    ]
    labels = torch.cat([batch.labels for batch in drawn])
    assert 0.35 < (labels == 1).float().mean() < 0.65
    waves = torch.cat([batch.places for batch in drawn])[labels == 1].flatten(1)
    assert len(torch.unique(waves, dim=0)) == len(waves)


def test_nothing_is_augmented_in_what_is_measured(landmarks: LandmarkArrays) -> None:
    clips = clips_of(landmarks, mirrored=0.5)
    places = torch.cat([batch.places for batch in clips.evaluation_batches(5)])
    live = graph_clip(recording("wave", seed=0), landmarks.skeleton, 16)
    i = int(np.flatnonzero(landmarks.keys == "ana_0_0")[0])
    # By way of the common time grid, so not to the last digit.
    assert np.abs(places[i].numpy() - live[0]).mean() < 0.02


def test_rest_and_spliced_signs_are_no_sign(landmarks: LandmarkArrays) -> None:
    clips = clips_of(landmarks)
    labels = torch.cat(
        [
            batch.labels
            for seed in range(10)
            for batch in clips.training_batches(12, seed=seed, no_sign_share=0.5)
        ]
    )
    assert 0.3 < (labels == clips.no_sign).float().mean() < 0.6
    resting = torch.cat([batch.places for batch in clips.rest_batches()])
    moving = torch.cat([batch.places for batch in clips.evaluation_batches()])
    assert resting[:, :2].std(dim=2).mean() < 0.5 * moving[:, :2].std(dim=2).mean()


def test_what_was_never_seen_stays_nothing_when_augmented(landmarks: LandmarkArrays) -> None:
    joints = landmarks.joints.copy()
    hand = [i for i, name in enumerate(landmarks.skeleton.joints) if name.startswith("left_thumb")]
    joints[:, :, hand, :2], joints[:, :, hand, 2] = np.nan, 0.0
    from dataclasses import replace

    clips = clips_of(replace(landmarks, joints=joints))
    for batch in clips.training_batches(8, seed=0, no_sign_share=0.2):
        assert not batch.places[:, :, :, hand].any()
        assert batch.places.isfinite().all()


def test_a_mirrored_right_hander_is_a_left_hander(landmarks: LandmarkArrays) -> None:
    clips = clips_of(landmarks, mirrored=1.0)
    right, left = (landmarks.skeleton.index(f"{s}_wrist") for s in ("right", "left"))
    of_wave = landmarks.vocabulary.index("wave")
    batches = list(clips.training_batches(16, seed=0, no_sign_share=0.0))
    places = torch.cat([b.places for b in batches])[
        torch.cat([b.labels for b in batches]) == of_wave
    ]
    # A wave is high (y is down), and it was everybody's right hand's.
    assert (places[:, 1, :, left].amin(dim=1) < places[:, 1, :, right].amin(dim=1)).all()


def test_left_handers_of_a_set_are_turned_when_it_is_read(tmp_path: Path) -> None:
    folder = write_landmarks(tmp_path / "l", signers=("ana",), takes=1)
    index = read_index(folder)
    turned = index.model_copy(
        update={"clips": tuple(c.model_copy(update={"left_handed": True}) for c in index.clips)}
    )
    for clip, movement in zip(index.clips, ("wave", "lift", "circle", "open"), strict=True):
        recording(movement, left_handed=True).save(folder / FOLDER / clip.file)
    changed = tuple(
        clip.model_copy(update={"sha256": _sha(folder / FOLDER / clip.file)})
        for clip in turned.clips
    )
    (folder / "landmarks.json").write_text(
        turned.model_copy(update={"clips": changed}).model_dump_json(), "utf-8"
    )
    read = load_landmarks(folder)
    wave = read.joints[list(read.glosses).index("wave")]
    right, left = (read.skeleton.index(f"{s}_wrist") for s in ("right", "left"))
    assert wave[:, right, 1].min() < wave[:, left, 1].min()


def _sha(file: Path) -> str:
    from engine.bundle import sha256

    return sha256(file)


def test_an_altered_recording_is_named(tmp_path: Path) -> None:
    folder = write_landmarks(tmp_path / "l", signers=("ana",), takes=1)
    file = folder / FOLDER / "ana_1_0.npz"
    file.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(DataError, match=r"ana_1_0\.npz"):
        load_landmarks(folder)


def test_a_folder_without_landmarks_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="training landmarks"):
        load_landmarks(tmp_path)


def test_takes_without_films_are_a_set_to_train_on(tmp_path: Path) -> None:
    for sign, kind in (("mưa rào", "wave"), ("nắng", "lift")):
        (tmp_path / sign).mkdir()
        for number in (1, 2):
            recording(kind, seed=number).save(tmp_path / sign / f"Lan_{number}.npz")
            (tmp_path / sign / f"Lan_{number}.csv").write_text("us,lax\n", "utf-8")
    read = load_landmarks(tmp_path)
    assert (read.dataset, read.vocabulary, set(read.signers)) == (
        "folder",
        ("mưa rào", "nắng"),
        {"Lan"},
    )
    assert len(read) == 4

    (tmp_path / "nắng" / "Lan_2.npz").write_bytes(b"PK")
    with pytest.raises(DataError, match=r"Lan_2\.npz"):
        load_landmarks(tmp_path)


def test_signs_taught_in_the_window_are_a_set_to_train_on(tmp_path: Path) -> None:
    from engine.teaching.taught_store import TaughtStore

    taught = TaughtStore(tmp_path / "taught")
    for seed in (1, 2, 3):
        taught.add_take("mưa rào", recording("wave", seed=seed), signer="Lan")
        taught.add_take("nắng", recording("lift", seed=seed, left_handed=True), left_handed=True)
    read = load_landmarks(tmp_path / "taught")
    assert read.vocabulary == ("mưa rào", "nắng")
    assert set(read.signers[read.glosses == "mưa rào"]) == {"Lan"}
    right, left = (read.skeleton.index(f"{s}_wrist") for s in ("right", "left"))
    assert len(read) == 6
    assert (read.joints[:, :, [left, right], 2] > 0).any()
