"""A sign that nobody showed in training is said; one sign alone is no comparison."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from engine.bundle import load_bundle
from tests.landmark_recordings import write_landmarks
from tests.training.prepared_folder import write_prepared
from training.commands.app import app
from training.preparation.landmark_cache import INDEX
from training.preparation.manifest import MANIFEST
from training.reports.result import read_result

pytestmark = pytest.mark.slow

SMALL = ["--recipe", "smoke", "--device", "cpu", "--set", "batch_size=8"]
SMALL_VIDEO = [*SMALL, "--set", "frame_size=24", "--set", "video_rate=1e-4"]
LAST = "user04"


def without(folder: Path, index: str, gone: tuple[str, ...], kept_by: str = "") -> Path:
    """The set, but clips of those glosses; `kept_by`: a signer whose clips stay all the same."""
    file = folder / index
    content = json.loads(file.read_text("utf-8"))
    content["clips"] = [
        clip for clip in content["clips"] if clip["gloss"] not in gone or clip["signer"] == kept_by
    ]
    file.write_text(json.dumps(content), "utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sign 'UAE' is shown by the last signer alone."""
    folder = write_prepared(tmp_path_factory.mktemp("set") / "prepared", imu_from="simulated")
    return without(folder, MANIFEST, ("UAE",), kept_by=LAST)


def test_a_comparison_says_what_nobody_was_trained_on(video: Path, tmp_path: Path) -> None:
    told = ["compare", "--data", str(video), "--rows", "i3d", "--seeds", "1", *SMALL_VIDEO]
    done = run(*told, "--out", str(tmp_path / "last"), "--fold", "3")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["untrained_signs"] == ["UAE"]
    assert "trained on by nobody: UAE" in done.stderr
    assert "trained on by nobody: UAE" in (tmp_path / "last/report.html").read_text("utf-8")
    assert read_result(tmp_path / "last/report.json").untrained == ["UAE"]
    other = run(*told, "--out", str(tmp_path / "first"), "--fold", "0")
    assert json.loads(other.stdout)["untrained_signs"] == []
    assert "nobody:" not in (tmp_path / "first/report.html").read_text("utf-8")
    joined = run(
        "report", str(tmp_path / "first"), str(tmp_path / "last"), "--out", str(tmp_path / "both")
    )
    assert joined.exit_code == 0, joined.output
    assert "UAE" in json.loads(joined.stdout)["untrained_signs"][0]


def test_a_bundle_remembers_what_it_was_not_shown(video: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle"
    more = ["--set", "generator_rate=1e-4", "--fold", "3"]
    done = run("fit", "arsl10", "--data", str(video), "--out", str(out), *SMALL_VIDEO, *more)
    assert done.exit_code == 0, done.output
    assert "trained on by nobody: UAE" in done.stderr
    assert json.loads(done.stdout)["untrained_signs"] == ["UAE"]
    assert load_bundle(out).card.training.metrics["untrained_signs"] == ["UAE"]
    said = run("evaluate", str(out), "--data", str(video), "--json")
    assert json.loads(said.stdout)["untrained_signs"] == ["UAE"]
    assert "trained on by nobody: UAE" in said.stderr
    # Of signers who do not show it there is nothing to say.
    others = run("evaluate", str(out), "--data", str(video), "--json", "--signers", "user01")
    assert json.loads(others.stdout)["untrained_signs"] == []


def test_folds_say_it_too(tmp_path: Path) -> None:
    data = write_landmarks(tmp_path / "landmarks", takes=2)
    without(data, INDEX, ("circle",), kept_by="dao")
    told = ["folds", "folder", "--data", str(data), "--out", str(tmp_path / "out"), *SMALL]
    done = run(*told, "--seeds", "1")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["untrained_signs"] == ["circle"]
    assert "trained on by nobody: circle" in done.stderr
    stored = json.loads((tmp_path / "out/folds.json").read_text("utf-8"))
    by_fold = {one["held_out"][0]: one["untrained"] for one in stored["single"]}
    assert by_fold == {"ana": [], "ben": [], "cam": [], "dao": ["circle"]}


def test_a_landmark_stream_that_could_not_learn_a_sign_is_not_begun(tmp_path: Path) -> None:
    data = write_landmarks(tmp_path / "landmarks", takes=2)
    without(data, INDEX, ("circle",), kept_by="dao")
    told = ["graph", "folder", "--data", str(data), "--out", str(tmp_path / "out"), *SMALL]
    done = run(*told, "--test", "dao", "--validation", "ana")
    assert done.exit_code == 2
    assert "circle: shown by nobody" in done.stderr
    assert not list(tmp_path.rglob("*.safetensors"))


def test_one_sign_alone_is_no_comparison(tmp_path: Path) -> None:
    video = write_prepared(tmp_path / "prepared", takes=1)
    without(video, MANIFEST, ("UAE", "eat"))
    landmarks = write_landmarks(tmp_path / "landmarks", glosses=("wave",), takes=2)
    for number, told in enumerate(
        (
            ["compare", "--data", str(video), "--rows", "i3d", "--seeds", "1", *SMALL_VIDEO],
            ["fit", "arsl10", "--data", str(video), *SMALL_VIDEO],
            ["folds", "folder", "--data", str(landmarks), "--seeds", "1", *SMALL],
            ["graph", "folder", "--data", str(landmarks), *SMALL],
        )
    ):
        done = run(*told, "--out", str(tmp_path / str(number)))
        assert done.exit_code == 2, told
        said = done.stderr.strip().splitlines()[-1]
        assert said.startswith("training: ")
        assert "one sign alone" in said and "no comparison" in said
        assert done.stdout == ""
