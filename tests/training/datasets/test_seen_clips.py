"""A clip in which nobody is seen: left out, named and counted, and the others measured."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.progress import Progress
from typer.testing import CliRunner

from tests.landmark_recordings import MOVEMENTS, recording
from tests.training.prepared_folder import GLOSSES, write_prepared
from tests.videos import greys, write_pictures
from training.commands.app import app
from training.datasets.evaluation_set import EvaluationSet
from training.datasets.landmark_arrays import load_landmarks
from training.errors import DataError
from training.preparation.clip_files import NOBODY
from training.preparation.cropping import foreground_box
from training.preparation.landmark_cache import FOLDER, INDEX, CachedClip, LandmarkIndex
from training.preparation.prepare import Settings, prepare
from training.preparation.prepared_set import PreparedSet, load_prepared
from training.readers.folder import PlainFolder

pytestmark = pytest.mark.slow


def write_landmarks_of(prepared: PreparedSet, folder: Path, *, without: set[str]) -> Path:
    """Of every clip of the set but those `without`, which show nobody."""
    (folder / FOLDER).mkdir(parents=True)
    clips = []
    rows = zip(prepared.keys, prepared.glosses, prepared.signers, strict=True)
    for number, (key, gloss, signer) in enumerate(rows):
        if key in without:
            continue
        file = folder / FOLDER / f"{number}.npz"
        recording(MOVEMENTS[GLOSSES.index(gloss)], seed=number).save(file)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        clips.append(
            CachedClip(
                key=key, gloss=gloss, signer=signer, file=file.name, sha256=digest, source=key
            )
        )
    index = LandmarkIndex(dataset="arsl10", clips=tuple(sorted(clips, key=lambda c: c.key)))
    (folder / INDEX).write_text(index.model_dump_json(), encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_prepared(tmp_path / "prepared", signers=2, takes=2, units=())


def test_it_is_left_out_named_and_counted(data: Path, tmp_path: Path) -> None:
    prepared = load_prepared(data)
    folder = write_landmarks_of(prepared, tmp_path / "seen", without={"user01_eat_1"})
    found = EvaluationSet.of_video(
        prepared, GLOSSES, device=torch.device("cpu"), landmarks=load_landmarks(folder)
    )
    assert found.unseen == ("user01_eat_1",)
    assert found.left_out == 1
    assert len(found.words) == len(prepared) - 1 == len(found.signers)
    whole = EvaluationSet.of_video(prepared, GLOSSES, device=torch.device("cpu"))
    assert (whole.unseen, whole.left_out, len(whole.words)) == ((), 0, len(prepared))
    # What stays keeps its own label.
    kept = [key for key in prepared.keys if key != "user01_eat_1"]
    labels = [GLOSSES.index(key.split("_")[1]) for key in kept]
    assert found.words.labels.tolist() == labels


def test_landmarks_of_another_set_are_refused(data: Path, tmp_path: Path) -> None:
    prepared = load_prepared(data)
    folder = write_landmarks_of(prepared, tmp_path / "seen", without=set(prepared.keys[1:]))
    rest = prepared.subset(np.arange(1, len(prepared)))
    with pytest.raises(DataError, match="no landmarks of"):
        EvaluationSet.of_video(
            rest, GLOSSES, device=torch.device("cpu"), landmarks=load_landmarks(folder)
        )


def test_evaluate_measures_the_others(data: Path, tmp_path: Path) -> None:
    prepared = load_prepared(data)
    folder = write_landmarks_of(prepared, tmp_path / "seen", without={"user02_hi_0"})
    told = ["evaluate", "arsl10", "--data", str(data), "--landmarks", str(folder), "--json"]
    result = CliRunner().invoke(app, [*told, "--signers", "all", "--device", "cpu"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures["n"] == len(prepared) - 1
    assert figures["n_left_out"] == 1
    assert "user02_hi_0" in result.stderr


def empty_room(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_pictures(path, greys(30, size=(320, 240)))


def test_prepare_leaves_it_out_and_names_it(tmp_path: Path, shared_data: Path) -> None:
    clip = next((shared_data / "vsl-sample").glob("*.mp4"), None)
    if clip is None:
        pytest.skip("the sample clip is not here")
    root = tmp_path / "set"
    empty_room(root / "mưa" / "an_1.mp4")
    (root / "mưa" / "lan_1.mp4").write_bytes(clip.read_bytes())
    told = ["prepare", "folder", "--data", str(root), "--out", str(tmp_path / "p")]
    result = CliRunner().invoke(app, [*told, "--workers", "1"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert (said["clips"], said["left_out"]) == (1, 1)
    assert "an_1.mp4" in result.stderr and NOBODY in result.stderr
    assert list(load_prepared(tmp_path / "p").keys) == ["mưa/lan_1.mp4"]


def test_a_set_in_which_nobody_is_cannot_be_prepared(tmp_path: Path) -> None:
    empty_room(tmp_path / "set" / "mưa" / "an_1.mp4")
    reader = PlainFolder()
    listing = reader.list(tmp_path / "set")
    with Progress(disable=True) as progress, pytest.raises(DataError, match=r"an_1.*nobody"):
        prepare(reader, listing, tmp_path / "p", Settings(size=32), progress=progress, workers=1)


def test_a_depth_clip_of_background_alone_shows_nobody() -> None:
    frames = np.zeros((4, 48, 64, 3), np.uint8)
    assert foreground_box(frames).nobody
    frames[:, 10:40, 20:40] = 90
    assert not foreground_box(frames).nobody
